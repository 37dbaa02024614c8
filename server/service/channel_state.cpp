#include "server/service/channel_state.h"

#include "protocol/base/limits.h"
#include "server/service/channel.h"
#include "server/service/partitions.h"
#include "server/service/stored_entry.h"

namespace encuentro::server::service {

namespace {

constexpr std::uint16_t state_version = 1;
constexpr std::size_t piece_bytes = 48 * limits::KiB;
constexpr std::size_t held_max = 64 * 1024;

std::string piece_key(std::size_t number) {
  std::string digits = std::to_string(number);
  return state_prefix + std::string(4 - std::min<std::size_t>(4, digits.size()), '0') + digits;
}

}  // namespace

Bytes encode_channel_state(const mls::PublicGroup& group, const std::vector<MemberId>& leaving,
                           const std::vector<DeviceId>& held_before_restart) {
  codec::Writer w;
  w.u16(state_version);
  w.vector(leaving, [](codec::Writer& inner, const MemberId& id) { inner.id(id); });
  w.vector(held_before_restart, [](codec::Writer& inner, const DeviceId& id) { inner.id(id); });
  group.encode(w);
  return w.take();
}

Result<ChannelState> ChannelState::decode(BytesView bytes) {
  codec::Reader r(bytes);
  TRY(std::uint16_t version, r.u16());
  if (version != state_version) return fail(Code::unknown_version, "", state_version, version);
  TRY(auto leaving,
      r.vector<MemberId>(limits::tree_bytes_max, held_max, [](codec::Reader& inner) { return inner.id<MemberId>(); }));
  TRY(auto held,
      r.vector<DeviceId>(limits::tree_bytes_max, held_max, [](codec::Reader& inner) { return inner.id<DeviceId>(); }));
  TRY(auto group, mls::PublicGroup::decode(r));
  TRY_OK(r.end());
  return ChannelState{std::move(group), std::move(leaving), std::move(held)};
}

std::vector<storage::Put> state_pieces(BytesView state) {
  codec::Writer whole(state.size() + 4);
  whole.u32(static_cast<std::uint32_t>(state.size()));
  whole.raw(state);
  std::vector<storage::Put> pieces;
  for (std::size_t at = 0; at < whole.size(); at += piece_bytes) {
    auto part = whole.view().subspan(at, std::min(piece_bytes, whole.size() - at));
    pieces.push_back({piece_key(pieces.size()), to_bytes(part)});
  }
  return pieces;
}

Result<Bytes> join_state_pieces(const std::vector<storage::Record>& pieces) {
  Bytes whole;
  for (const auto& piece : pieces) whole.insert(whole.end(), piece.value.begin(), piece.value.end());
  codec::Reader r(whole);
  auto size = r.u32();
  // Pieces beyond the length are left from a larger state.
  if (!size || r.rest().size() < *size) return fail(Code::storage_failed, "state");
  return to_bytes(r.rest().first(*size));
}

void Channel::write_state(Accepted& accepted) const {
  for (auto& piece : state_pieces(encode_channel_state(*group_, leaving_, held_before_restart_))) {
    accepted.change.writes.push_back(std::move(piece));
  }
}

Status Channel::load_entry(std::uint64_t seq, BytesView bytes) {
  auto stored = StoredEntry::decode(bytes);
  if (!stored || seq != head().seq.next().value) return fail(Code::storage_failed, "entry", seq);
  log_.append({Seq{seq}, stored->entry});
  if (head().hash != stored->hash) return fail(Code::storage_failed, "chain", seq);
  if (auto entry = record::decode_log_entry(stored->entry)) named_ = std::max(named_, entry->header.roster.seq);
  return {};
}

Status Channel::load_state(BytesView bytes) {
  auto state = ChannelState::decode(bytes);
  if (!state) return fail(Code::storage_failed, "state");
  auto policy = policy::ChannelPolicy::of(state->group.context().extensions);
  if (!policy) return fail(Code::storage_failed, "policy");
  policy_ = std::move(*policy);
  group_ = std::make_unique<mls::PublicGroup>(std::move(state->group));
  leaving_ = std::move(state->leaving);
  held_before_restart_ = std::move(state->held_before_restart);
  group_moved();
  return {};
}

}  // namespace encuentro::server::service
