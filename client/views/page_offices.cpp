#include "client/views/page_offices.h"

namespace encuentro::client::views {
namespace {

using roster::Standing;

struct May {
  bool close = false;
  bool object = false;
};
// R-ROS-61, of one that nobody has used.
May may(const roster::View& view, const roster::MemberView& me, const roster::InviteView& invitation) {
  const roster::RoleGrant& grant = invitation.body->grant;
  bool own = view.device(invitation.maker)->member == me.id;
  bool full = me.standing == Standing::full;
  // The link to a further device of somebody else is that one's to close.
  bool about_others = invitation.body->purpose == roster::InvitePurpose::member;
  bool of_the_seat = about_others && full && roster::has_seat(me.grant.role) && me.grant.country == grant.country;
  return {own || of_the_seat || (about_others && view.may_invite(me, grant)),
          of_the_seat && !own && invitation.seat_from.has_value()};
}

std::vector<PageInvitation> open_invitations(const core::Core& core, Names& names) {
  std::vector<PageInvitation> open;
  roster::View view = core.roster().newest();
  auto me = view.member(core.self().member);
  if (!me) return open;
  for (const InviteId& id : view.invites()) {
    auto invitation = view.invite(id);
    May allowed = invitation->open ? may(view, *me, *invitation) : May{};
    if (!allowed.close) continue;
    const roster::InviteBody& body = *invitation->body;
    PageInvitation page;
    page.id = id;
    page.invited = names.invited(body);
    if (auto name = core.name_on(body)) page.institution = name->institution;
    page.principal = body.grant.principal;
    page.device = body.purpose == roster::InvitePurpose::device;
    page.maker = names.author(view.device(invitation->maker)->member);
    page.with_code = body.code_key.has_value();
    page.designation = body.designation;
    page.expires = body.expires;
    page.seat_from = invitation->seat_from;
    page.may_object = allowed.object;
    open.push_back(std::move(page));
  }
  return open;
}

std::vector<PageRelief> page_reliefs(const core::Core& core, Names& names) {
  std::vector<PageRelief> pages;
  for (PassingOffice& office : reliefs(core)) {
    pages.push_back({names.author(office.member), names.author(office.dates.successor), office.dates.start,
                     office.dates.end, std::move(office.channels), std::move(office.acknowledgements)});
  }
  return pages;
}

// The roster says how somebody stands at a time, not until when: the first moment without access is sought.
std::optional<Timestamp> last_day(const core::Core& core, const MemberId& member) {
  auto gone = [&](Timestamp time) { return core.roster().newest(time).member(member)->standing == Standing::gone; };
  constexpr Duration horizon = days(40 * 365);
  Timestamp from = core.roster().head().time, to = from + horizon;
  if (gone(from) || !gone(to)) return std::nullopt;
  while (to.ms - from.ms > 1) {
    Timestamp middle{from.ms + (to.ms - from.ms) / 2};
    (gone(middle) ? to : from) = middle;
  }
  return to;
}

}  // namespace

PageOffices offices(const core::Core& core) {
  PageOffices page;
  if (!core.has_identity()) return page;
  Names names(core);
  page.invitations = open_invitations(core, names);
  page.reliefs = page_reliefs(core, names);
  for (const MemberId& member : core.roster().newest().members()) {
    if (auto end = last_day(core, member)) page.last_days.push_back({member, *end});
  }
  return page;
}

}  // namespace encuentro::client::views
