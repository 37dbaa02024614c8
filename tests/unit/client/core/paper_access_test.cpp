// The access sheet (PROTOCOL E7): one word for one device of its member, and no more.
#include "client/core/paper_access.h"

#include "protocol/codec/base64url.h"
#include "tests/sim/world.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

std::string sheet_of(Client& who) { return who.get<core::LinkMade>(core::AddSheet{"caja fuerte"}).link; }

}  // namespace

TEST_CASE("E7: who has only the sheet enters as the same person, with all that was said") {
  Network net(901);
  net.country("AR");
  Client& ar = net.quick_focal_point("AR");
  auto made = ar.get<core::LinkMade>(core::AddSheet{"caja fuerte"});
  auto sheet = ar.look().roster().newest().device(*made.sheet);
  REQUIRE(sheet);
  CHECK(sheet->kind == roster::DeviceKind::paper);
  CHECK(ar.look().device_label(*made.sheet) == "caja fuerte");
  core::Announce announce;
  announce.channel = net.founded.general_board;
  announce.title = "Circular";
  net.secretariat.must(announce);
  ar.stop();
  ar.cut();

  Client& again = net.world.client("otra vez");
  auto joined = again.get<core::Joined>(core::Join{made.link, "", "nueva"});
  CHECK(joined.member == ar.member());
  CHECK_FALSE(joined.provisional);
  CHECK_FALSE(again.look().records(net.founded.general_board).empty());
  CHECK(again.look().roster().newest().device(*made.sheet)->spent);
  CHECK(again.alarms().empty());
}

TEST_CASE("E7: a used sheet opens nothing at the server") {
  Network net(902);
  net.country("AR");
  Client& ar = net.quick_focal_point("AR");
  std::string link = sheet_of(ar);
  net.world.client("primera").must(core::Join{link, "", "x"});
  CHECK(net.world.client("segunda").refused(core::Join{link, "", "x"}) == Code::invite_used);
  auto view = ar.look().roster().newest();
  CHECK(view.devices_of(ar.member()).size() == 3);
}

TEST_CASE("E7: the sheet of somebody whose access was removed opens nothing") {
  Network net(903);
  net.country("AR");
  Client& ar = net.quick_focal_point("AR");
  std::string of_person = sheet_of(ar);
  std::string alone = sheet_of(ar);
  auto id = ar.get<core::LinkMade>(core::AddSheet{"otra"}).sheet;
  ar.must(core::RevokeDevice{*id, std::nullopt});
  net.secretariat.must(core::RevokeMember{ar.member(), std::nullopt});
  CHECK(net.world.client("una").refused(core::Join{of_person, "", "x"}) == Code::revoked);
  CHECK(net.world.client("dos").refused(core::Join{alone, "", "x"}) == Code::revoked);
}

TEST_CASE("E7: a link whose key isn't the sheet's is refused before anything is sent") {
  Network net(904);
  net.country("AR");
  Client& ar = net.quick_focal_point("AR");
  std::string link = sheet_of(ar);
  auto bytes = codec::from_base64url(std::string_view(link).substr(link.find('#') + 1));
  REQUIRE(bytes);
  bytes->back() ^= 1;
  CHECK(net.world.client("otra").refused(core::Join{codec::to_base64url(*bytes), "", "x"}) == Code::malformed);
}

// What the server refuses at the door, the client refuses by the roster it has read, if the door was open.
TEST_CASE("E7: a client finds by itself that a sheet is used, revoked, unknown or no sheet") {
  tests::TestNetwork net;
  net.add_country("XA");
  auto xa = net.enter(net.founder, net.grant(roster::Role::focal_point, "XA"));
  auto sheet = net.add_device(xa, roster::DeviceKind::paper);
  auto other = net.add_device(xa, roster::DeviceKind::paper);
  auto told = [&](const DeviceId& id) {
    core::CoreState state;
    for (const auto& one : net.entries) REQUIRE(state.book.roster.append(one));
    core::Entrance entrance;
    entrance.link.emplace();
    entrance.link->invite = InviteId(id.view());
    auto member = core::member_of_sheet(state, entrance);
    return member ? Code::none : member.error().code;
  };
  CHECK(told(sheet.id()) == Code::none);
  CHECK(told(xa.id()) == Code::not_found);
  CHECK(told(DeviceId{}) == Code::not_found);
  net.must(net.vouch_entry(sheet, net.new_device(xa.member)));
  CHECK(told(sheet.id()) == Code::invite_used);
  CHECK(tests::rule_of(net.try_append(net.vouch_entry(sheet, net.new_device(xa.member)))) == "R-ROS-15");
  net.must(xa, net.revocation(roster::RevokeTarget::device, other.id().view()));
  CHECK(told(other.id()) == Code::revoked);
}
