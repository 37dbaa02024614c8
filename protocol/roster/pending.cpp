#include "protocol/roster/pending.h"

#include <algorithm>

#include "protocol/base/limits.h"
#include "protocol/crypto/labelled_hash.h"

namespace encuentro::roster {

namespace {

constexpr std::uint8_t pending_version = 1;

bool several_sign(EntryType type) {
  switch (type) {
    case EntryType::roots:
    case EntryType::country:
    case EntryType::role:
    case EntryType::invite:
    case EntryType::device:
    case EntryType::revoke:
    case EntryType::server:
    case EntryType::release:
      return true;
    default:
      return false;
  }
}

Result<PendingStatement> decode_pending(codec::Reader& r) {
  TRY(std::uint8_t version, r.u8());
  if (version != pending_version) return fail(Code::unknown_version, "", pending_version, version);
  PendingStatement pending;
  TRY(pending.type, r.u16());
  if (!several_sign(static_cast<EntryType>(pending.type))) return fail(Code::unknown_kind, "", 0, pending.type);
  TRY(BytesView body, r.opaque(limits::roster_entry_bytes_max));
  pending.body = to_bytes(body);
  TRY(pending.backing, Backing::decode(r));
  TRY(Body decoded, pending.decoded_body());
  const auto* device = std::get_if<DeviceBody>(&decoded);
  if (device != nullptr && device->action != DeviceAction::re_enter) return fail(Code::malformed);
  return pending;
}

}  // namespace

Bytes PendingStatement::encode() const {
  codec::Writer w(body.size() + 512);
  w.u8(pending_version);
  w.u16(type);
  w.opaque(body);
  backing.encode(w);
  return w.take();
}

Result<PendingStatement> PendingStatement::decode(BytesView bytes) {
  if (bytes.size() > limits::roster_entry_bytes_max) {
    return fail(Code::too_large, "", limits::roster_entry_bytes_max, bytes.size());
  }
  return codec::decode_all<PendingStatement>(bytes, decode_pending);
}

bool PendingStatement::signed_by(BackingKind kind, BytesView key_id) const {
  return std::any_of(backing.signatures.begin(), backing.signatures.end(),
                     [&](const auto& one) { return one.kind == kind && equal(one.key, key_id); });
}

void PendingStatement::sign(const NetworkId& network, BackingKind kind, BytesView key_id, const Ed25519Key& key) {
  if (signed_by(kind, key_id)) return;
  BackingSignature one;
  one.kind = kind;
  std::copy(key_id.begin(), key_id.end(), one.key.begin());
  one.signature = sign_statement(key, network, {backing.id, backing.expires, type, body});
  backing.signatures.push_back(one);
}

Status PendingStatement::merge(const PendingStatement& other) {
  bool same = other.type == type && other.body == body && other.backing.id == backing.id &&
              other.backing.expires == backing.expires;
  if (!same) return fail(Code::malformed);
  for (const auto& one : other.backing.signatures) {
    if (!signed_by(one.kind, one.key)) backing.signatures.push_back(one);
  }
  return {};
}

Hash32 re_entry_comparison(const Hash32& fingerprint, const DeviceBody& body) {
  return crypto::labelled_hash("re-entry", fingerprint.view(), body.member.view(), body.device.key.view());
}

}  // namespace encuentro::roster
