#include "protocol/mls/member/group_secrets.h"

#include "protocol/crypto/aead.h"

namespace encuentro::mls::member {

namespace {

constexpr std::string_view welcome_label = "Welcome";

template <class Secret>
Result<Secret> decode_secret(codec::Reader& reader) {
  TRY(BytesView bytes, reader.opaque(Secret::capacity));
  return Secret(bytes);
}

}  // namespace

SecretBytes GroupSecrets::encode() const {
  codec::Writer ids;
  encode_vector(ids, psks);
  codec::Writer writer(2 * (JoinerSecret::capacity + 4) + ids.size());
  writer.opaque(joiner_secret.view());
  writer.optional(path_secret, [](codec::Writer& w, const PathSecret& secret) { w.opaque(secret.view()); });
  writer.raw(ids.view());
  Bytes bytes = writer.take();
  SecretBytes out(bytes);
  wipe(bytes.data(), bytes.size());
  return out;
}

Result<GroupSecrets> GroupSecrets::decode(BytesView input) {
  codec::Reader reader(input);
  GroupSecrets out;
  TRY(out.joiner_secret, decode_secret<JoinerSecret>(reader));
  TRY(out.path_secret, reader.optional<PathSecret>([](codec::Reader& r) { return decode_secret<PathSecret>(r); }));
  TRY(out.psks, decode_vector<PreSharedKeyId>(reader, limits::proposals_per_commit_max));
  TRY_OK(reader.end());
  return out;
}

Result<EncryptedGroupSecrets> seal_group_secrets(crypto::Suite suite, const KeyPackage& newcomer,
                                                 const GroupSecrets& secrets, BytesView encrypted_group_info,
                                                 Random& random) {
  EncryptedGroupSecrets out;
  out.new_member = newcomer.reference();
  TRY(out.encrypted_group_secrets, crypto::encrypt_with_label(suite, newcomer->init_key.view(), welcome_label,
                                                              encrypted_group_info, secrets.encode().view(), random));
  return out;
}

Result<GroupSecrets> open_group_secrets(const Welcome& welcome, const EncryptedGroupSecrets& entry,
                                        BytesView init_private, BytesView init_public) {
  TRY(SecretBytes opened,
      crypto::decrypt_with_label(welcome.cipher_suite, init_private, init_public, welcome_label,
                                 welcome.encrypted_group_info, entry.encrypted_group_secrets.kem_output,
                                 entry.encrypted_group_secrets.ciphertext));
  return GroupSecrets::decode(opened.view());
}

Bytes seal_group_info(crypto::Suite suite, const WelcomeSecret& welcome_secret, const GroupInfo& group_info) {
  WelcomeKey key = WelcomeKey::derive(suite, welcome_secret);
  std::size_t bytes = 1024;
  for (const Extension& extension : group_info.extensions.items) bytes += extension.data.size() + 8;
  codec::Writer writer(bytes);
  group_info.encode(writer);
  // In place: with the tree inside it is large.
  const std::size_t plain_bytes = writer.size();
  Bytes out = writer.take();
  out.resize(plain_bytes + crypto::aead_tag_bytes);
  crypto::seal(crypto::parameters(suite).aead, key.key.view(), key.nonce.view(), {}, BytesView(out).first(plain_bytes),
               out);
  return out;
}

Result<GroupInfo> open_group_info(const Welcome& welcome, const WelcomeSecret& welcome_secret) {
  WelcomeKey key = WelcomeKey::derive(welcome.cipher_suite, welcome_secret);
  TRY(SecretBytes opened,
      crypto::open(welcome.cipher_suite, key.key.view(), key.nonce.view(), {}, welcome.encrypted_group_info));
  return decoded<GroupInfo>(opened.view());
}

}  // namespace encuentro::mls::member
