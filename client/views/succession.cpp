#include "client/views/succession.h"

#include <algorithm>

#include "client/views/board.h"

namespace encuentro::client::views {
namespace {

std::vector<PassingChannel> passing_channels(const core::Core& core, const MemberId& member,
                                             const MemberId& successor) {
  std::vector<PassingChannel> channels;
  for (const ChannelId& id : core.channels()) {
    auto look = core.channel(id);
    if (!look || look->policy.kind == policy::ChannelKind::direct) continue;
    auto in = [&](const MemberId& who) { return std::binary_search(look->members.begin(), look->members.end(), who); };
    if (in(member) || in(successor)) channels.push_back({id, in(successor)});
  }
  return channels;
}

std::vector<PassingAcknowledgement> passing_acknowledgements(const core::Core& core, roster::Country seat) {
  std::vector<PassingAcknowledgement> open;
  if (seat.none()) return open;
  for (const Announcement& announcement : announcements(core)) {
    auto missing = not_acknowledged(core, announcement);
    bool owed = std::find(missing.begin(), missing.end(), seat) != missing.end();
    if (owed) open.push_back({announcement.channel, announcement.item.id, announcement.item.title});
  }
  return open;
}

}  // namespace

std::vector<PassingOffice> reliefs(const core::Core& core) {
  std::vector<PassingOffice> all;
  roster::View view = core.roster().newest();
  for (const MemberId& id : view.members()) {
    auto member = view.member(id);
    if (!member || !member->relief) continue;
    all.push_back({id, *member->relief, passing_channels(core, id, member->relief->successor),
                   passing_acknowledgements(core, member->grant.country)});
  }
  return all;
}

}  // namespace encuentro::client::views
