#include "protocol/record/log_entry.h"

#include "protocol/base/limits.h"
#include "protocol/crypto/labelled_hash.h"

namespace encuentro::record {
namespace {

constexpr std::string_view signature_label = "log entry";

}  // namespace

Bytes encode_to_be_signed(const EntryHeader& header, std::uint8_t kind, BytesView body) {
  codec::Writer w(body.size() + 320);
  w.u16(entry_version);
  w.u8(kind);
  w.id(header.network);
  w.id(header.channel);
  header.at.encode(w);
  w.id(header.device);
  w.id(header.id);
  header.roster.encode(w);
  header.seen.encode(w);
  w.opaque(body);
  return w.take();
}

Bytes record_associated_data(const EntryHeader& header, const RecordBody& body) {
  RecordBody clear;
  clear.pins = body.pins;
  if (const auto* shared = std::get_if<SharedSealed>(&body.sealed)) {
    clear.sealed = SharedSealed{shared->salt, shared->commitment, {}};
  } else {
    clear.sealed = MlsSealed{};
  }
  return encode_to_be_signed(header, static_cast<std::uint8_t>(EntryKind::record), encode_body(clear));
}

Bytes encode(const LogEntry& entry) {
  Bytes bytes = encode_to_be_signed(entry.header, entry.kind, entry.body);
  bytes.insert(bytes.end(), entry.signature.view().begin(), entry.signature.view().end());
  return bytes;
}

Result<LogEntry> decode_log_entry(BytesView bytes) {
  if (bytes.size() > limits::entry_bytes_max) return fail(Code::too_large, "", limits::entry_bytes_max, bytes.size());
  return codec::decode_all<LogEntry>(bytes, [](codec::Reader& r) -> Result<LogEntry> {
    LogEntry entry;
    TRY(std::uint16_t version, r.u16());
    if (version != entry_version) return fail(Code::unknown_version, "log entry", entry_version, version);
    TRY(entry.kind, r.u8());
    TRY(entry.header.network, r.id<NetworkId>());
    TRY(entry.header.channel, r.id<ChannelId>());
    TRY(entry.header.at, GroupEpoch::decode(r));
    TRY(entry.header.device, r.id<DeviceId>());
    TRY(entry.header.id, r.id<RecordId>());
    TRY(entry.header.roster, RosterHead::decode(r));
    TRY(entry.header.seen, LogHead::decode(r));
    TRY(BytesView body, r.opaque(limits::entry_bytes_max));
    entry.body = to_bytes(body);
    TRY(entry.signature, r.id<crypto::Ed25519Signature>());
    return entry;
  });
}

Status LogEntry::verify(const crypto::Ed25519PublicKey& key) const {
  if (device_id(key) != header.device) return fail(Code::bad_signature, "device id");
  return crypto::verify_as_encuentro(key, signature_label, header.network, encode_to_be_signed(header, kind, body),
                                     signature);
}

LogEntry sign_entry(const EntryHeader& header, const Body& body, const crypto::Ed25519Key& key) {
  ENC_CHECK(device_id(key.public_key) == header.device);
  LogEntry entry{header, static_cast<std::uint8_t>(kind_of(body)), encode_body(body), {}};
  Bytes to_be_signed = encode_to_be_signed(header, entry.kind, entry.body);
  ENC_CHECK(to_be_signed.size() + crypto::Ed25519Signature::bytes <= limits::entry_bytes_max);
  entry.signature = crypto::sign_as_encuentro(key, signature_label, header.network, to_be_signed);
  return entry;
}

DeviceId device_id(const crypto::Ed25519PublicKey& key) {
  return DeviceId(crypto::labelled_hash("device id", key.view()).view().first(DeviceId::bytes));
}

}  // namespace encuentro::record
