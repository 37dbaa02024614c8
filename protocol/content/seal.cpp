#include "protocol/content/seal.h"

#include "protocol/crypto/aead.h"
#include "protocol/crypto/compare.h"
#include "protocol/crypto/kdf.h"

namespace encuentro::content {
namespace {

constexpr crypto::AeadAlgorithm aead = crypto::AeadAlgorithm::chacha20poly1305;
constexpr std::uint8_t zero_nonce[12] = {};

// A key for one sealing only, hence the zero nonce, and the commitment to it that is compared first.
struct OneKey {
  Secret<32, struct OneKeyTag> key;
  Commitment commitment;
};

OneKey derive(const ArchiveKey& archive_key, std::string_view label, BytesView place, const Salt& salt) {
  constexpr std::uint8_t zero[1] = {0};
  Secret<64, OneKeyTag> both;
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, archive_key.view(),
                      {as_bytes("Encuentro 1.0 "), as_bytes(label), BytesView(zero), place, salt.view()}, both.span());
  return {Secret<32, OneKeyTag>(both.view().first(32)), Commitment(both.view().subspan(32))};
}

Bytes record_place(const record::EntryHeader& header) {
  codec::Writer w;
  w.id(header.channel);
  header.at.encode(w);
  w.id(header.device);
  w.id(header.id);
  return w.take();
}

Bytes link_place(const record::GroupEpoch& older, const record::GroupEpoch& newer) {
  codec::Writer w;
  older.encode(w);
  newer.encode(w);
  return w.take();
}

Salt fresh_salt(Random& random) {
  std::array<std::uint8_t, Salt::bytes> bytes;
  random.fill(bytes);
  return Salt(bytes);
}

}  // namespace

record::RecordBody seal_record(const ArchiveKey& key, const record::EntryHeader& header,
                               const std::vector<UploadId>& pins, const SecretBytes& plaintext, Random& random) {
  Salt salt = fresh_salt(random);
  OneKey one = derive(key, "record", record_place(header), salt);
  record::RecordBody body{record::SharedSealed{salt, one.commitment, {}}, pins};
  Bytes associated_data = record::record_associated_data(header, body);
  std::get<record::SharedSealed>(body.sealed).ciphertext =
      crypto::seal(aead, one.key.view(), zero_nonce, associated_data, plaintext.view());
  return body;
}

Result<SecretBytes> open_record(const ArchiveKey& key, const record::EntryHeader& header,
                                const record::RecordBody& body) {
  const auto* sealed = std::get_if<record::SharedSealed>(&body.sealed);
  if (sealed == nullptr) return fail(Code::malformed, "record form");
  OneKey one = derive(key, "record", record_place(header), sealed->salt);
  if (!crypto::equal_constant_time(one.commitment.view(), sealed->commitment.view())) {
    return fail(Code::bad_tag, "commitment");
  }
  return crypto::open(aead, one.key.view(), zero_nonce, record::record_associated_data(header, body),
                      sealed->ciphertext);
}

record::Link seal_link(const ArchiveKey& newer_key, const record::GroupEpoch& newer, const ArchiveKey& older_key,
                       const record::GroupEpoch& older, Random& random) {
  Salt salt = fresh_salt(random);
  OneKey one = derive(newer_key, "link", link_place(older, newer), salt);
  return {older, newer, salt, one.commitment, crypto::seal(aead, one.key.view(), zero_nonce, {}, older_key.view())};
}

Result<ArchiveKey> open_link(const ArchiveKey& newer_key, const record::Link& link,
                             const Commitment& older_commitment) {
  OneKey one = derive(newer_key, "link", link_place(link.older, link.newer), link.salt);
  if (!crypto::equal_constant_time(one.commitment.view(), link.commitment.view())) {
    return fail(Code::bad_link, "commitment");
  }
  auto opened = crypto::open(aead, one.key.view(), zero_nonce, {}, link.ciphertext);
  if (!opened) return fail(Code::bad_link, "tag");
  if (opened->size() != ArchiveKey::bytes) return fail(Code::bad_link, "wrong key");
  ArchiveKey older_key(opened->view());
  Commitment found = archive_commitment(older_key, link.older);
  if (!crypto::equal_constant_time(found.view(), older_commitment.view())) return fail(Code::bad_link, "wrong key");
  return older_key;
}

}  // namespace encuentro::content
