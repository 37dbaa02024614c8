#include "protocol/roster/entry.h"

#include "protocol/base/limits.h"
#include "protocol/crypto/labelled_hash.h"

namespace encuentro::roster {

namespace {

using codec::Reader;
using codec::Writer;

constexpr std::string_view entry_label = "roster entry";
constexpr std::string_view statement_label = "roster statement";
constexpr std::size_t backing_signatures_max = 64;

Bytes encode_statement(const Statement& s) {
  Writer w;
  w.id(s.id);
  encode_time(w, s.expires);
  w.u16(s.type);
  w.opaque(s.body);
  return w.take();
}

Result<BackingSignature> decode_backing_signature(Reader& r) {
  BackingSignature s;
  TRY(s.kind, r.number<BackingKind>());
  if (s.kind < BackingKind::root || s.kind > BackingKind::new_device) return fail(Code::malformed);
  TRY(BytesView key, r.raw(s.key.size()));
  std::copy(key.begin(), key.end(), s.key.begin());
  TRY(s.signature, r.id<Ed25519Signature>());
  return s;
}

void encode_to_be_signed(Writer& w, const RosterEntry& e) {
  w.u16(e.version);
  w.id(e.network);
  w.u64(e.seq.value);
  w.id(e.prev);
  encode_time(w, e.time);
  w.u16(e.type);
  w.opaque(e.body);
  w.optional(e.backing, [](Writer& inner, const Backing& backing) { backing.encode(inner); });
  w.id(e.appender);
}
Bytes to_be_signed(const RosterEntry& e) {
  Writer w(e.body.size() + 512);
  encode_to_be_signed(w, e);
  return w.take();
}

}  // namespace

void Backing::encode(Writer& w) const {
  w.id(id);
  encode_time(w, expires);
  w.vector(signatures, [](Writer& inner, const BackingSignature& s) {
    inner.number(s.kind);
    inner.raw(s.key);
    inner.id(s.signature);
  });
}
Result<Backing> Backing::decode(Reader& r) {
  Backing backing;
  TRY(backing.id, r.id<RecordId>());
  TRY(backing.expires, decode_time(r));
  TRY(backing.signatures,
      r.vector<BackingSignature>(limits::roster_entry_bytes_max, backing_signatures_max, decode_backing_signature));
  if (backing.signatures.empty()) return fail(Code::malformed);
  return backing;
}

Ed25519Signature sign_statement(const Ed25519Key& key, const NetworkId& network, const Statement& statement) {
  return crypto::sign_as_encuentro(key, statement_label, network, encode_statement(statement));
}
Status verify_statement(const Ed25519PublicKey& key, const NetworkId& network, const Statement& statement,
                        const Ed25519Signature& signature) {
  return crypto::verify_as_encuentro(key, statement_label, network, encode_statement(statement), signature);
}

Bytes RosterEntry::encode() const {
  Writer w(body.size() + 512);
  encode_to_be_signed(w, *this);
  w.id(signature);
  return w.take();
}

Result<RosterEntry> RosterEntry::decode(BytesView bytes) {
  if (bytes.size() > limits::roster_entry_bytes_max) {
    return fail(Code::too_large, "", limits::roster_entry_bytes_max, bytes.size());
  }
  Reader r(bytes);
  RosterEntry e;
  TRY(e.version, r.u16());
  TRY(e.network, r.id<NetworkId>());
  TRY(std::uint64_t seq, r.u64());
  e.seq = RosterSeq{seq};
  TRY(e.prev, r.id<Hash32>());
  TRY(e.time, decode_time(r));
  TRY(e.type, r.u16());
  TRY(BytesView body, r.opaque(limits::roster_entry_bytes_max));
  e.body = to_bytes(body);
  TRY(e.backing, r.optional<Backing>(Backing::decode));
  TRY(e.appender, r.id<DeviceId>());
  TRY(e.signature, r.id<Ed25519Signature>());
  TRY_OK(r.end());
  return e;
}

Hash32 RosterEntry::hash() const { return crypto::labelled_hash("roster entry hash", encode()); }

void RosterEntry::sign(const Ed25519Key& device) {
  appender = device_id(device.public_key);
  signature = crypto::sign_as_encuentro(device, entry_label, network, to_be_signed(*this));
}

Status RosterEntry::verify(const Ed25519PublicKey& device) const {
  return crypto::verify_as_encuentro(device, entry_label, network, to_be_signed(*this), signature);
}

Statement RosterEntry::statement() const {
  ENC_CHECK(backing.has_value());
  return {backing->id, backing->expires, type, body};
}

void back(RosterEntry& entry, BackingKind kind, BytesView key_id, const Ed25519Key& key) {
  ENC_CHECK(entry.backing.has_value());
  BackingSignature s;
  ENC_CHECK(key_id.size() == s.key.size());
  s.kind = kind;
  std::copy(key_id.begin(), key_id.end(), s.key.begin());
  s.signature = sign_statement(key, entry.network, entry.statement());
  entry.backing->signatures.push_back(s);
}

}  // namespace encuentro::roster
