#include "client/core/identity.h"

#include "protocol/base/limits.h"
#include "protocol/record/log_entry.h"

namespace encuentro::client::core {

SecretBytes Identity::encode() const {
  codec::Writer w(1024);
  w.u16(1);
  w.id(self.network);
  w.id(self.fingerprint);
  w.id(self.member);
  w.text(self.address);
  w.id(self.spki);
  w.u8(entered ? 1 : 0);
  w.raw(key.seed.view());
  w.raw(directory_key.view());
  w.u8(static_cast<std::uint8_t>(root_keys.size()));
  for (const auto& root : root_keys) w.raw(root.seed.view());
  Bytes bytes = w.take();
  SecretBytes secret(bytes);
  wipe(bytes.data(), bytes.size());
  return secret;
}

Result<Identity> Identity::decode(BytesView bytes) {
  return codec::decode_all<Identity>(bytes, [](codec::Reader& r) -> Result<Identity> {
    Identity identity;
    TRY(std::uint16_t version, r.u16());
    if (version != 1) return fail(Code::unknown_version, "identity", 1, version);
    TRY(identity.self.network, r.id<NetworkId>());
    TRY(identity.self.fingerprint, r.id<Hash32>());
    TRY(identity.self.member, r.id<MemberId>());
    TRY(BytesView address, r.opaque(limits::address_bytes_max));
    identity.self.address = as_text(address);
    TRY(identity.self.spki, r.id<Hash32>());
    TRY(std::uint8_t entered, r.u8());
    identity.entered = entered == 1;
    TRY(BytesView seed, r.raw(32));
    identity.key = crypto::ed25519_from_seed(crypto::Ed25519Seed(seed));
    identity.self.device = record::device_id(identity.key.public_key);
    TRY(BytesView directory_key, r.raw(32));
    identity.directory_key = roster::DirectoryKey(directory_key);
    TRY(std::uint8_t roots, r.u8());
    for (int i = 0; i < roots; ++i) {
      TRY(BytesView root, r.raw(32));
      identity.root_keys.push_back(crypto::ed25519_from_seed(crypto::Ed25519Seed(root)));
    }
    identity.self.holds_root = roots > 0;
    return identity;
  });
}

}  // namespace encuentro::client::core
