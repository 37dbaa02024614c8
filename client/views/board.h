// The boards together: announcements of every board this member is on, newest last, numbered by their board.
#pragma once

#include "client/views/item.h"

namespace encuentro::client::views {

struct Announcement {
  ChannelId channel;
  bool general = false;  // the board everybody is on; else the focal points'
  Item item;
};

// In the order of the author's time, then id, so that it doesn't depend on the order boards are asked in.
std::vector<Announcement> announcements(const core::Core& core, const std::optional<ChannelId>& board = {});

// The boards by their policy; nullopt if this member isn't on it.
std::optional<ChannelId> general_board(const core::Core& core);
std::optional<ChannelId> focal_points_board(const core::Core& core);

// Countries that were asked and haven't acknowledged: for the Secretariat alone. Those a board admits.
std::vector<roster::Country> not_acknowledged(const core::Core& core, const Announcement& announcement);

}  // namespace encuentro::client::views
