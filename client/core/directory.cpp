#include "client/core/directory.h"

#include "protocol/base/limits.h"
#include "protocol/content/content.h"
#include "protocol/crypto/aead.h"
#include "protocol/crypto/kdf.h"
#include "protocol/crypto/labelled_hash.h"

namespace encuentro::client::core {
namespace {

constexpr std::uint8_t zero_nonce[12] = {};
constexpr std::uint8_t zero_byte[1] = {0};
constexpr auto aead = crypto::AeadAlgorithm::chacha20poly1305;
constexpr std::size_t padded_sizes[] = {256, 512, limits::sealed_name_bytes_max};

using NameKey = Secret<32, struct NameKeyTag>;

NameKey name_key(const roster::DirectoryKey& key, BytesView subject, const Salt& salt) {
  NameKey derived;
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, key.view(),
                      {as_bytes("Encuentro 1.0 name"), BytesView(zero_byte), subject, salt.view()}, derived.span());
  return derived;
}

Bytes name_texts(const PlainName& name) {
  codec::Writer w;
  w.text(name.name);
  w.text(name.institution);
  w.text(name.email);
  return w.take();
}

Commitment commitment_of(const Salt& salt, const PlainName& name) {
  return Commitment(crypto::labelled_hash("name commitment", salt.view(), name_texts(name)).view());
}

Salt fresh_salt(Random& random) {
  std::array<std::uint8_t, Salt::bytes> bytes;
  random.fill(bytes);
  return Salt(bytes);
}

Result<std::string> read_text(codec::Reader& r) {
  TRY(BytesView bytes, r.opaque(limits::display_name_bytes_max));
  if (!content::is_utf8(bytes)) return fail(Code::malformed, "utf-8");
  return std::string(as_text(bytes));
}

// The zeros that bring the plaintext to one of the three sizes, behind their own header.
Status pad(codec::Writer& w) {
  for (std::size_t size : padded_sizes) {
    if (w.size() >= size) continue;
    std::size_t room = size - w.size();
    if (room == 65) continue;  // no header of one or two bytes meets it
    w.opaque(Bytes(room <= 64 ? room - 1 : room - 2, 0));
    return {};
  }
  return fail(Code::too_large, "name", limits::sealed_name_bytes_max, w.size());
}

}  // namespace

Result<roster::SealedName> seal_name(const roster::DirectoryKey& key, BytesView subject, const PlainName& name,
                                     Random& random) {
  Bytes texts = name_texts(name);
  for (const std::string* text : {&name.name, &name.institution, &name.email}) {
    if (text->size() > limits::display_name_bytes_max) {
      return fail(Code::too_large, "name", limits::display_name_bytes_max, text->size());
    }
    if (!content::is_utf8(as_bytes(*text))) return fail(Code::malformed, "utf-8");
  }
  Salt commitment_salt = fresh_salt(random);
  codec::Writer plain;
  plain.raw(texts);
  plain.id(commitment_salt);
  TRY_OK(pad(plain));
  Salt salt = fresh_salt(random);
  return roster::SealedName{salt, commitment_of(commitment_salt, name),
                            crypto::seal(aead, name_key(key, subject, salt).view(), zero_nonce, {}, plain.view())};
}

Result<PlainName> open_name(const roster::DirectoryKey& key, BytesView subject, const roster::SealedName& sealed) {
  TRY(RevealedName revealed, reveal_name(key, subject, sealed));
  return std::move(revealed.name);
}

bool commits_to(const roster::SealedName& sealed, const RevealedName& revealed) {
  return commitment_of(revealed.salt, revealed.name) == sealed.commitment;
}

Result<RevealedName> reveal_name(const roster::DirectoryKey& key, BytesView subject, const roster::SealedName& sealed) {
  TRY(SecretBytes plain,
      crypto::open(aead, name_key(key, subject, sealed.salt).view(), zero_nonce, {}, sealed.ciphertext));
  codec::Reader r(plain.view());
  PlainName name;
  TRY(name.name, read_text(r));
  TRY(name.institution, read_text(r));
  TRY(name.email, read_text(r));
  TRY(Salt commitment_salt, r.id<Salt>());
  TRY_OK(r.opaque(limits::sealed_name_bytes_max));
  TRY_OK(r.end());
  RevealedName revealed{std::move(name), commitment_salt};
  if (!commits_to(sealed, revealed)) return fail(Code::bad_tag, "name commitment");
  return revealed;
}

Result<PlainName> network_name(const roster::DirectoryKey& key, const roster::GenesisBody& genesis) {
  return open_name(key, genesis.id.view(), genesis.network_name);
}

Hash32 directory_commitment(const roster::DirectoryKey& key) {
  return crypto::labelled_hash("directory key", key.view());
}

}  // namespace encuentro::client::core
