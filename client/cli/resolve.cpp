#include "client/cli/resolve.h"

#include <algorithm>

#include "client/cli/clock.h"

namespace encuentro::client::cli {
namespace {

constexpr std::size_t prefix_digits_min = 4;

bool is_hex(std::string_view words) {
  return !words.empty() && std::all_of(words.begin(), words.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  });
}

std::string lower(std::string_view words) {
  std::string text(words);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

bool begins(BytesView id, std::string_view words) {
  return is_hex(words) && words.size() >= prefix_digits_min && to_hex(id).starts_with(lower(words));
}

// The one of `candidates` whose id begins with the words.
template <class T>
Result<T> one_of(const std::vector<T>& candidates, std::string_view words, Code none) {
  std::optional<T> found;
  for (const T& id : candidates) {
    if (!begins(id.view(), words)) continue;
    if (found && *found != id) return fail(Code::ambiguous);
    found = id;
  }
  if (!found) return fail(none);
  return *found;
}

}  // namespace

Result<ChannelId> channel_named(const core::Core& core, std::string_view words) {
  auto all = core.channels();
  std::vector<ChannelId> titled;
  for (const ChannelId& id : all) {
    if (!words.empty() && core.title(id) == words) titled.push_back(id);
  }
  if (titled.size() > 1) return fail(Code::ambiguous);
  if (titled.size() == 1) return titled.front();
  auto found = one_of(all, words, Code::unknown_channel);
  bool whole = is_hex(words) && words.size() == 2 * ChannelId::bytes;
  if (!found && found.error().code == Code::unknown_channel && whole) return fail(Code::not_admitted);
  return found;
}

Result<ChannelId> open_channel_named(const core::Core& core, std::string_view words) {
  TRY(ChannelId id, channel_named(core, words));
  auto look = core.channel(id);
  if (!look || look->state == core::ChannelState::out) return fail(Code::not_admitted);
  return id;
}

Result<Place> item_named(const core::Core& core, std::string_view words) {
  std::optional<Place> found;
  for (const ChannelId& channel : core.channels()) {
    for (const core::Record* record : core.records(channel)) {
      if (!begins(record->id.view(), words)) continue;
      if (found && found->id != record->id) return fail(Code::ambiguous);
      found = Place{channel, record->id};
    }
  }
  if (!found) return fail(Code::not_found, "item");
  return *found;
}

Result<MemberId> member_named(const core::Core& core, std::string_view words) {
  auto members = core.roster().newest().members();
  std::vector<MemberId> named;
  for (const MemberId& id : members) {
    auto name = core.name_of(id);
    if (name && name->name == words) named.push_back(id);
  }
  if (named.size() > 1) return fail(Code::ambiguous);
  if (named.size() == 1) return named.front();
  return one_of(members, words, Code::unknown_member);
}

Result<std::optional<RosterSeq>> place_since(const core::Core& core, const std::string& words) {
  if (words.empty()) return std::optional<RosterSeq>();
  auto head = core.roster().head().seq;
  if (auto time = parse_time(words)) {
    for (const Bytes& bytes : core.roster_entries()) {
      auto entry = roster::RosterEntry::decode(bytes);
      if (entry && entry->time >= *time) return std::optional(entry->seq);
    }
    return fail(Code::not_found, "since", 0, head.value);
  }
  std::uint64_t number = 0;
  for (char c : words) {
    if (c < '0' || c > '9') return fail(Code::malformed, "since");
    if (number <= head.value) number = number * 10 + static_cast<std::uint64_t>(c - '0');  // further is beyond anyhow
  }
  if (number == 0 || number > head.value) return fail(Code::not_found, "since", number, head.value);
  return std::optional(RosterSeq{number});
}

Result<DeviceId> device_named(const core::Core& core, std::string_view words) {
  roster::View view = core.roster().newest();
  std::vector<DeviceId> devices;
  for (const MemberId& member : view.members()) {
    for (const DeviceId& device : view.devices_of(member)) devices.push_back(device);
  }
  return one_of(devices, words, Code::unknown_device);
}

}  // namespace encuentro::client::cli
