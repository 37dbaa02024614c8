#include "protocol/content/archive_key.h"

#include "protocol/crypto/kdf.h"

namespace encuentro::content {

Bytes archive_exporter_context(const record::GroupEpoch& at) {
  codec::Writer w;
  at.encode(w);
  return w.take();
}

Commitment archive_commitment(const ArchiveKey& key, const record::GroupEpoch& at) {
  constexpr std::uint8_t zero[1] = {0};
  std::array<std::uint8_t, Commitment::bytes> commitment;
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, key.view(),
                      {as_bytes("Encuentro 1.0 archive commitment"), BytesView(zero), archive_exporter_context(at)},
                      commitment);
  return Commitment(commitment);
}

}  // namespace encuentro::content
