#include "protocol/roster/bodies.h"

#include <algorithm>

#include "protocol/base/limits.h"
#include "protocol/crypto/labelled_hash.h"

namespace encuentro::roster {

namespace {

using codec::Reader;
using codec::Writer;

constexpr std::size_t text_bytes_max = limits::title_bytes_max;

template <std::size_t N>
std::array<std::uint8_t, N> first_bytes(const Hash32& hash) {
  std::array<std::uint8_t, N> out{};
  std::copy_n(hash.view().begin(), N, out.begin());
  return out;
}

Result<std::string> decode_text(Reader& r) {
  TRY(BytesView bytes, r.opaque(text_bytes_max));
  return std::string(as_text(bytes));
}
Result<Ed25519PublicKey> decode_key(Reader& r) { return r.id<Ed25519PublicKey>(); }

// An enum's number, refused where `is_known` doesn't hold.
template <class E>
Result<E> decode_known(Reader& r, E first, E last) {
  TRY(E value, r.number<E>());
  if (value < first || value > last) return fail(Code::malformed, "", 0, static_cast<std::uint64_t>(value));
  return value;
}

void encode(Writer& w, const GenesisBody& b) {
  w.id(b.id);
  b.network_name.encode(w);
  b.roots.encode(w);
  w.id(b.directory_commitment);
  w.id(b.founder);
  b.founder_name.encode(w);
  b.device.encode(w);
}
Result<GenesisBody> decode_genesis(Reader& r) {
  GenesisBody b;
  TRY(b.id, r.id<NetworkId>());
  TRY(b.network_name, SealedName::decode(r));
  TRY(b.roots, RootSet::decode(r));
  TRY(b.directory_commitment, r.id<Hash32>());
  TRY(b.founder, r.id<MemberId>());
  TRY(b.founder_name, SealedName::decode(r));
  TRY(b.device, DeviceRecord::decode(r));
  return b;
}

void encode(Writer& w, const RootsBody& b) { b.new_roots.encode(w); }
Result<RootsBody> decode_roots(Reader& r) {
  TRY(RootSet roots, RootSet::decode(r));
  return RootsBody{std::move(roots)};
}

void encode(Writer& w, const CountryBody& b) {
  b.code.encode(w);
  w.number(b.status);
  w.number(b.voice);
  w.text(b.name);
  w.vector(b.institutions, [](Writer& inner, const std::string& text) { inner.text(text); });
  w.text(b.decision);
}
Result<CountryBody> decode_country(Reader& r) {
  CountryBody b;
  TRY(b.code, Country::decode(r));
  if (b.code.none()) return fail(Code::malformed);
  TRY(b.status, decode_known(r, CountryStatus::member, CountryStatus::suspended));
  TRY(b.voice, decode_known(r, Voice::any, Voice::joint));
  TRY(b.name, decode_text(r));
  TRY(b.institutions, r.vector<std::string>(limits::roster_entry_bytes_max, limits::institutions_max, decode_text));
  TRY(b.decision, decode_text(r));
  return b;
}

void encode(Writer& w, const MemberBody& b) {
  w.id(b.member);
  b.name.encode(w);
}
Result<MemberBody> decode_member(Reader& r) {
  MemberBody b;
  TRY(b.member, r.id<MemberId>());
  TRY(b.name, SealedName::decode(r));
  return b;
}

void encode(Writer& w, const RoleBody& b) {
  w.id(b.member);
  w.number(b.action);
  b.grant.encode(w);
  w.optional(b.successor, [](Writer& inner, const MemberId& id) { inner.id(id); });
  w.optional(b.device, [](Writer& inner, const DeviceId& id) { inner.id(id); });
  encode_time(w, b.start);
  encode_time(w, b.end);
}
Result<RoleBody> decode_role(Reader& r) {
  RoleBody b;
  TRY(b.member, r.id<MemberId>());
  TRY(b.action, decode_known(r, RoleAction::confirm, RoleAction::end));
  TRY(b.grant, RoleGrant::decode(r));
  TRY(b.successor, r.optional<MemberId>([](Reader& inner) { return inner.id<MemberId>(); }));
  TRY(b.device, r.optional<DeviceId>([](Reader& inner) { return inner.id<DeviceId>(); }));
  TRY(b.start, decode_time(r));
  TRY(b.end, decode_time(r));
  if (b.successor.has_value() != (b.action == RoleAction::relieve)) return fail(Code::malformed);
  if (b.device && b.action != RoleAction::confirm) return fail(Code::malformed);
  return b;
}

void encode(Writer& w, const InviteBody& b) {
  w.id(b.id);
  w.number(b.purpose);
  w.id(b.member);
  b.grant.encode(w);
  b.name.encode(w);
  encode_time(w, b.expires);
  w.id(b.link_key);
  w.optional(b.code_key, [](Writer& inner, const Ed25519PublicKey& key) { inner.id(key); });
  w.u8(b.device_kind ? static_cast<std::uint8_t>(*b.device_kind) : 0);
  w.text(b.designation);
}
Result<InviteBody> decode_invite(Reader& r) {
  InviteBody b;
  TRY(b.id, r.id<InviteId>());
  TRY(b.purpose, decode_known(r, InvitePurpose::member, InvitePurpose::device));
  TRY(b.member, r.id<MemberId>());
  TRY(b.grant, RoleGrant::decode(r));
  TRY(b.name, SealedName::decode(r));
  TRY(b.expires, decode_time(r));
  TRY(b.link_key, decode_key(r));
  TRY(b.code_key, r.optional<Ed25519PublicKey>(decode_key));
  TRY(std::uint8_t kind, r.u8());
  if (kind > static_cast<std::uint8_t>(DeviceKind::paper)) return fail(Code::malformed, "", 3, kind);
  if (kind != 0) b.device_kind = static_cast<DeviceKind>(kind);
  TRY(b.designation, decode_text(r));
  return b;
}

void encode(Writer& w, const AcceptBody& b) {
  w.id(b.invite);
  w.id(b.member);
  b.device.encode(w);
}
Result<AcceptBody> decode_accept(Reader& r) {
  AcceptBody b;
  TRY(b.invite, r.id<InviteId>());
  TRY(b.member, r.id<MemberId>());
  TRY(b.device, DeviceRecord::decode(r));
  return b;
}

void encode(Writer& w, const DeviceBody& b) {
  w.id(b.member);
  w.number(b.action);
  b.device.encode(w);
  w.opaque(b.directory_key_sealed);
}
Result<DeviceBody> decode_device(Reader& r) {
  DeviceBody b;
  TRY(b.member, r.id<MemberId>());
  TRY(b.action, decode_known(r, DeviceAction::vouch, DeviceAction::re_enter));
  TRY(b.device, DeviceRecord::decode(r));
  TRY(BytesView sealed, r.opaque(limits::sealed_name_bytes_max));
  b.directory_key_sealed = to_bytes(sealed);
  return b;
}

void encode(Writer& w, const RevokeBody& b) {
  w.number(b.target);
  w.raw(b.id);
  w.u64(b.since.value);
  w.u8(b.reason);
}
Result<RevokeBody> decode_revoke(Reader& r) {
  RevokeBody b;
  TRY(b.target, decode_known(r, RevokeTarget::device, RevokeTarget::invite));
  TRY(BytesView id, r.raw(b.id.size()));
  std::copy(id.begin(), id.end(), b.id.begin());
  TRY(std::uint64_t since, r.u64());
  b.since = RosterSeq{since};
  TRY(b.reason, r.u8());
  return b;
}

void encode(Writer& w, const ServerBody& b) {
  w.id(b.spki);
  w.optional(b.next_spki, [](Writer& inner, const Hash32& hash) { inner.id(hash); });
  w.vector(b.addresses, [](Writer& inner, const std::string& text) { inner.text(text); });
}
Result<ServerBody> decode_server(Reader& r) {
  ServerBody b;
  TRY(b.spki, r.id<Hash32>());
  TRY(b.next_spki, r.optional<Hash32>([](Reader& inner) { return inner.id<Hash32>(); }));
  TRY(b.addresses, r.vector<std::string>(limits::roster_entry_bytes_max, 8, decode_text));
  return b;
}

void encode(Writer& w, const ReleaseBody& b) {
  w.text(b.version);
  w.vector(b.hashes, [](Writer& inner, const Hash32& hash) { inner.id(hash); });
}
Result<ReleaseBody> decode_release(Reader& r) {
  ReleaseBody b;
  TRY(b.version, decode_text(r));
  TRY(b.hashes, r.vector<Hash32>(limits::roster_entry_bytes_max, 256, [](Reader& in) { return in.id<Hash32>(); }));
  return b;
}

void encode(Writer&, const CheckpointBody&) {}

}  // namespace

DeviceId device_id(const Ed25519PublicKey& key) {
  return DeviceId(first_bytes<16>(crypto::labelled_hash("device id", key.view())));
}
RootKeyId root_key_id(const Ed25519PublicKey& key) {
  return RootKeyId(first_bytes<16>(crypto::labelled_hash("root key id", key.view())));
}

void SealedName::encode(Writer& writer) const {
  writer.id(salt);
  writer.id(commitment);
  writer.opaque(ciphertext);
}
Result<SealedName> SealedName::decode(Reader& reader) {
  SealedName name;
  TRY(name.salt, reader.id<Salt>());
  TRY(name.commitment, reader.id<Commitment>());
  // Padded plaintext of at most sealed_name_bytes_max, and the tag.
  TRY(BytesView bytes, reader.opaque(limits::sealed_name_bytes_max + 16));
  name.ciphertext = to_bytes(bytes);
  return name;
}

void DeviceRecord::encode(Writer& writer) const {
  writer.id(key);
  writer.number(kind);
  label.encode(writer);
}
Result<DeviceRecord> DeviceRecord::decode(Reader& reader) {
  DeviceRecord device;
  TRY(device.key, decode_key(reader));
  TRY(device.kind, decode_known(reader, DeviceKind::native, DeviceKind::paper));
  TRY(device.label, SealedName::decode(reader));
  return device;
}

const Ed25519PublicKey* RootSet::find(const RootKeyId& id) const {
  auto found = std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return root_key_id(key) == id; });
  return found == keys.end() ? nullptr : &*found;
}
void RootSet::encode(Writer& writer) const {
  writer.u8(threshold);
  writer.vector(keys, [](Writer& w, const Ed25519PublicKey& key) { w.id(key); });
}
Result<RootSet> RootSet::decode(Reader& reader) {
  RootSet set;
  TRY(set.threshold, reader.u8());
  TRY(set.keys, reader.vector<Ed25519PublicKey>(limits::roots_max * 32, limits::roots_max, decode_key));
  if (set.threshold == 0 || set.threshold > set.keys.size()) {
    return fail(Code::malformed, "", set.keys.size(), set.threshold);
  }
  for (std::size_t i = 1; i < set.keys.size(); ++i) {
    if (!(set.keys[i - 1] < set.keys[i])) return fail(Code::malformed);
  }
  return set;
}

Bytes encode_body(const Body& body) {
  Writer writer;
  std::visit([&](const auto& b) { encode(writer, b); }, body);
  return writer.take();
}

Result<Body> decode_body(EntryType type, BytesView bytes) {
  auto whole = [&](auto decode) -> Result<Body> {
    Reader reader(bytes);
    TRY(auto body, decode(reader));
    TRY_OK(reader.end());
    return Body(std::move(body));
  };
  switch (type) {
    case EntryType::genesis:
      return whole(decode_genesis);
    case EntryType::roots:
      return whole(decode_roots);
    case EntryType::country:
      return whole(decode_country);
    case EntryType::member:
      return whole(decode_member);
    case EntryType::role:
      return whole(decode_role);
    case EntryType::invite:
      return whole(decode_invite);
    case EntryType::accept:
      return whole(decode_accept);
    case EntryType::device:
      return whole(decode_device);
    case EntryType::revoke:
      return whole(decode_revoke);
    case EntryType::server:
      return whole(decode_server);
    case EntryType::release:
      return whole(decode_release);
    case EntryType::checkpoint:
      return whole([](Reader&) -> Result<CheckpointBody> { return CheckpointBody{}; });
  }
  return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(type));
}

}  // namespace encuentro::roster
