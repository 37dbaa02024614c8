#include "bench/space.h"

#include <string>

namespace encuentro::bench {

namespace core = client::core;

Space::Space(const ServerProcess& server) {
  core::FoundNetwork found;
  found.address = server.endpoint().host + ":" + std::to_string(server.endpoint().port);
  found.spki = *server.endpoint().spki;
  found.name = "Red de medida";
  found.member = {"Secretaría", "", ""};
  secretariat_.must(found);
  secretariat_.must(core::AddCountry{"XA", "País", roster::CountryStatus::member, roster::Voice::any, {}, "acta 1"});
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = "XA";
  focal_point_ = &enter(secretariat_, invite);
  secretariat_.leave();
}

Party& Space::enter(Party& inviter, core::Invite invite) {
  invite.person.name = "persona " + std::to_string(parties_.size());
  invite.with_code = false;
  const auto invited = inviter.get<core::Invited>(invite);
  Party& party = *parties_.emplace_back(std::make_unique<Party>());
  members_.push_back(party.get<core::Joined>(core::Join{invited.link, "", "portátil"}).member);
  while (!inviter.core().roster().newest().member(members_.back())) inviter.serve(seconds(1));
  const RosterSeq place = inviter.get<core::RosterPlace>(core::Confirm{members_.back(), std::nullopt}).seq;
  while (party.core().roster().head().seq < place) party.serve(seconds(1));
  party.must(core::Sync{});
  return party;
}

void Space::grow_to(std::size_t count) {
  core::Invite invite;
  invite.role = roster::Role::delegate;
  invite.country = "XA";
  while (parties_.size() < count) enter(*focal_point_, invite).leave();
}

ChannelId Space::channel(std::size_t count) {
  return channel_of(*focal_point_, {members_.begin() + 1, members_.begin() + static_cast<std::ptrdiff_t>(count)});
}

ChannelId Space::channel_with(std::size_t place) {
  // Nobody may make more than 200 (R76).
  const bool by_secretariat = place >= limits::channels_per_member_max / 2;
  if (by_secretariat && !secretariat_.is_here()) secretariat_.come_back();
  Party& maker = by_secretariat ? secretariat_ : *focal_point_;
  return channel_of(maker, place == 0 ? std::vector<MemberId>{} : std::vector<MemberId>{members_[place]});
}

ChannelId Space::channel_of(Party& maker, std::vector<MemberId> others) {
  core::CreateChannel create;
  create.title = "canal de medida";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"XA"};
  create.members = std::move(others);
  return maker.get<core::ChannelCreated>(create).channel;
}

}  // namespace encuentro::bench
