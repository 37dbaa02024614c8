// A statement that several people sign, on its way (docs/FORMATS.md §2): the body, and the consents gathered so far. It
// has no place yet; whoever sees that enough have signed appends it.
#pragma once

#include "protocol/roster/entry.h"

namespace encuentro::roster {

struct PendingStatement {
  std::uint16_t type = 0;  // of an entry that takes consents: see decode
  Bytes body;
  Backing backing;  // at least one signature

  Bytes encode() const;
  // The body is well formed and of a type that several sign: roots, country, role, invite, device (re-entry), revoke,
  // server, release. Errors: malformed, truncated, trailing_bytes, too_large, unknown_kind.
  static Result<PendingStatement> decode(BytesView bytes);
  Result<Body> decoded_body() const { return decode_body(static_cast<EntryType>(type), body); }

  bool signed_by(BackingKind kind, BytesView key_id) const;
  // Nothing happens where that key has signed.
  void sign(const NetworkId& network, BackingKind kind, BytesView key_id, const Ed25519Key& key);
  // Takes over the signatures of the same statement that this one lacks. Errors: malformed (another statement).
  Status merge(const PendingStatement& other);
};

// 32 bytes of which both sides of a re-entry show six words: over network, member and the new device's key.
Hash32 re_entry_comparison(const Hash32& fingerprint, const DeviceBody& body);

}  // namespace encuentro::roster
