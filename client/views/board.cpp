#include "client/views/board.h"

#include <algorithm>

#include "client/views/conversation.h"
#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

std::optional<ChannelId> board_where(const core::Core& core, bool general) {
  for (const ChannelId& id : core.channels()) {
    auto look = core.channel(id);
    if (look && look->policy.kind == policy::ChannelKind::board && look->policy.is_general_board() == general)
      return id;
  }
  return std::nullopt;
}

bool admits(const policy::Admission& admission, const roster::CountryBody& country) {
  auto holds = [](const auto& list, const auto& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  return holds(admission.statuses, country.status) &&
         (admission.countries.empty() || holds(admission.countries, country.code));
}

}  // namespace

std::vector<Announcement> announcements(const core::Core& core, const std::optional<ChannelId>& board) {
  std::vector<Announcement> all;
  for (const ChannelId& id : core.channels()) {
    auto look = board && *board != id ? std::nullopt : core.channel(id);
    if (!look || look->policy.kind != policy::ChannelKind::board) continue;
    for (Item& item : conversation(core, id)) {
      bool unopened = item.reading != core::Reading::opened;
      if (unopened || item.sending == Sending::refused ||
          item.kind == static_cast<std::uint16_t>(content::Kind::announcement)) {
        all.push_back({id, look->policy.is_general_board(), std::move(item)});
      }
    }
  }
  put_in_order(all, [](const Announcement& a, const Announcement& b) {
    return std::tuple(a.item.time, a.item.id) < std::tuple(b.item.time, b.item.id);
  });
  return all;
}

std::optional<ChannelId> general_board(const core::Core& core) { return board_where(core, true); }
std::optional<ChannelId> focal_points_board(const core::Core& core) { return board_where(core, false); }

std::vector<roster::Country> not_acknowledged(const core::Core& core, const Announcement& announcement) {
  std::vector<roster::Country> missing;
  auto look = core.channel(announcement.channel);
  if (!look || !announcement.item.acknowledge_by) return missing;
  roster::View view = core.roster().newest();
  const auto& have = announcement.item.acknowledged_countries;
  for (roster::Country code : view.countries()) {
    const roster::CountryBody* country = view.country(code);
    if (country == nullptr || !admits(look->policy.admission, *country)) continue;
    if (!std::binary_search(have.begin(), have.end(), code)) missing.push_back(code);
  }
  return missing;
}

}  // namespace encuentro::client::views
