// Words to ids: a channel, item, member or device is named by id, by an unambiguous beginning of it (4 digits at
// least), or a channel by its title.
#pragma once

#include <optional>
#include <string_view>

#include "client/core/core.h"

namespace encuentro::client::cli {

// Errors: unknown_channel; not_admitted for a whole id that isn't held, or a channel one was removed from; ambiguous.
Result<ChannelId> channel_named(const core::Core& core, std::string_view words);
// The same for channels this device is in.
Result<ChannelId> open_channel_named(const core::Core& core, std::string_view words);

struct Place {
  ChannelId channel;
  RecordId id;
};
// An item in any channel. Errors: not_found, ambiguous.
Result<Place> item_named(const core::Core& core, std::string_view words);

// Errors: unknown_member, unknown_device, ambiguous. A member is also found by its whole name.
Result<MemberId> member_named(const core::Core& core, std::string_view words);
// The roster entry of this number, or the first one of this time or later: from there on somebody isn't trusted. Empty:
// nothing. Errors: malformed, not_found (none that late).
Result<std::optional<RosterSeq>> place_since(const core::Core& core, const std::string& words);
Result<DeviceId> device_named(const core::Core& core, std::string_view words);

}  // namespace encuentro::client::cli
