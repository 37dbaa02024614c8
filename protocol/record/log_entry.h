// The envelope of everything in a channel's log (FORMATS §5): what the server sees, and what the device signs.
#pragma once

#include "protocol/crypto/signature.h"
#include "protocol/record/bodies.h"

namespace encuentro::record {

inline constexpr std::uint16_t entry_version = 1;

struct EntryHeader {
  NetworkId network;
  ChannelId channel;
  GroupEpoch at;  // the group and epoch the author wrote in; for a Commit the one it closes
  DeviceId device;
  RecordId id;        // store-once is by (device, id)
  RosterHead roster;  // the roster head the author stands on
  LogHead seen;       // what the author last saw of this log
  friend bool operator==(const EntryHeader&, const EntryHeader&) = default;
};

struct LogEntry {
  EntryHeader header;
  std::uint8_t kind = 0;  // EntryKind, or a kind of a later version
  Bytes body;
  crypto::Ed25519Signature signature;
  friend bool operator==(const LogEntry&, const LogEntry&) = default;

  // The parsed body. Errors: unknown_kind and those of the decoder.
  Result<Body> parsed() const { return decode_body(kind, body); }

  // Only a signature by the device whose id is `header.device` counts; that its key belongs to a member is the
  // roster's question. Errors: bad_signature.
  Status verify(const crypto::Ed25519PublicKey& key) const;
};

// LogEntryTBS: signed, and with an empty sealed part the associated data of sealing.
Bytes encode_to_be_signed(const EntryHeader& header, std::uint8_t kind, BytesView body);
// The associated data under which a record's sealed part is made: the whole clear envelope, with the
// ciphertext (shared) or the MLS message (sealed) empty.
Bytes record_associated_data(const EntryHeader& header, const RecordBody& body);

Bytes encode(const LogEntry& entry);
// Errors: too_large (over limits::entry_bytes_max), unknown_version, and those of the decoder.
Result<LogEntry> decode_log_entry(BytesView bytes);

// Label "log entry". Programmer error if `header.device` is not the id of `key`, or the entry would be too large.
LogEntry sign_entry(const EntryHeader& header, const Body& body, const crypto::Ed25519Key& key);
// First 16 bytes of H("device id", key).
DeviceId device_id(const crypto::Ed25519PublicKey& key);

}  // namespace encuentro::record
