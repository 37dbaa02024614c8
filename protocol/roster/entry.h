// One entry of the roster and the statements behind it (docs/FORMATS.md §2): encoding, hash, signatures. Nothing here
// says whether the entry may stand where it stands: roster.h.
#pragma once

#include "protocol/roster/bodies.h"

namespace encuentro::roster {

using crypto::Ed25519Key;
using crypto::Ed25519Signature;

enum class BackingKind : std::uint8_t {
  root = 1,         // key: RootKeyId
  device = 2,       // key: DeviceId
  invite_link = 3,  // key: InviteId
  invite_code = 4,  // key: InviteId
  new_device = 5,   // key: DeviceId
};

struct BackingSignature {
  BackingKind kind{};
  std::array<std::uint8_t, 16> key{};
  Ed25519Signature signature;

  friend bool operator==(const BackingSignature&, const BackingSignature&) = default;
};

// The consent of those who must sign a body, gathered without regard to its place in the log.
struct Backing {
  RecordId id;  // counts once in a roster
  Timestamp expires;
  std::vector<BackingSignature> signatures;  // 1 .. 64

  void encode(codec::Writer& writer) const;
  static Result<Backing> decode(codec::Reader& reader);

  friend bool operator==(const Backing&, const Backing&) = default;
};

// What a backing signature is over.
struct Statement {
  RecordId id;
  Timestamp expires;
  std::uint16_t type = 0;
  BytesView body;
};
Ed25519Signature sign_statement(const Ed25519Key& key, const NetworkId& network, const Statement& statement);
Status verify_statement(const Ed25519PublicKey& key, const NetworkId& network, const Statement& statement,
                        const Ed25519Signature& signature);

struct RosterEntry {
  std::uint16_t version = 1;
  NetworkId network;
  RosterSeq seq;
  Hash32 prev;  // zero in genesis
  Timestamp time;
  std::uint16_t type = 0;
  Bytes body;
  std::optional<Backing> backing;
  DeviceId appender;
  Ed25519Signature signature;

  // Version and type are both known: anything else is chained but set aside.
  bool known() const { return version == 1 && is_known(static_cast<EntryType>(type)); }
  Result<Body> decoded_body() const { return decode_body(static_cast<EntryType>(type), body); }

  Bytes encode() const;
  static Result<RosterEntry> decode(BytesView bytes);
  // H("roster entry hash", entry), over the signatures too.
  Hash32 hash() const;

  // Sets appender and signature; everything else is in place before.
  void sign(const Ed25519Key& device);
  Status verify(const Ed25519PublicKey& device) const;
  Statement statement() const;  // of `backing`, which must be there; the view is into this entry
};

// Adds `key`'s signature of kind and key id to `entry.backing` (whose id and expiry are set).
void back(RosterEntry& entry, BackingKind kind, BytesView key_id, const Ed25519Key& key);

}  // namespace encuentro::roster
