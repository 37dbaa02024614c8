// What the page's copy takes from a channel's archive.
#include "client/views/page_archive.h"

#include "client/views/initiatives.h"
#include "client/views/page.h"
#include "protocol/content/meeting.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
namespace views = encuentro::client::views;

namespace {

struct Committee {
  Network net;
  Client& ar;
  Client& br;
  ChannelId channel;

  explicit Committee(std::uint64_t seed) : net(seed), ar(enter("AR")), br(enter("BR")) {
    core::CreateChannel create;
    create.title = "Comité";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR", "BR"};
    channel = net.secretariat.get<core::ChannelCreated>(create).channel;
    for (Client* who : {&ar, &br}) net.secretariat.must(core::AddToChannel{channel, who->member()});
    net.world.settle();
  }
  Client& enter(const char* country) {
    net.country(country);
    return net.quick_focal_point(country);
  }
  RecordId post(Client& who, content::Kind kind, const content::Content& content) {
    core::Post post{channel, static_cast<std::uint16_t>(kind), content::encode(content), {}};
    RecordId id = who.get<core::Sent>(post).id;
    net.world.settle();
    return id;
  }
  views::PageArchive page(Client& who) {
    auto page = core::decode_fields<views::PageArchive>(views::answer(who.look(), views::AskArchive{channel}));
    REQUIRE(page);
    return *page;
  }
};

}  // namespace

TEST_CASE("page: a channel's initiatives and meetings as they stand, with what came with each wording") {
  Committee c(911);
  content::Initiative filed;
  filed.country = "AR";
  filed.date = "2026-05";
  filed.title = "Curso";
  filed.text = "Primera edición";
  filed.attachments = {{"programa.txt", "text/plain", 3, {1, 2, 3}, std::nullopt}};
  const RecordId initiative = c.post(c.ar, content::Kind::initiative, content_of(filed));
  content::Initiative corrected = filed;
  corrected.act = content::InitiativeAct::correct;
  corrected.initiative = initiative;
  corrected.text = "Segunda edición";
  corrected.attachments.clear();
  const RecordId version = c.post(c.ar, content::Kind::initiative, content_of(corrected));

  content::Meeting convened;
  convened.host = "BR";
  convened.start = convened.end = "2026-09-08";
  convened.title = "Reunión";
  convened.text = "Temario";
  const RecordId meeting = c.post(c.net.secretariat, content::Kind::meeting, content_of(convened));
  content::Meeting attended;
  attended.act = content::MeetingAct::attendance;
  attended.meeting = meeting;
  attended.countries = {"AR", "BR"};
  c.post(c.net.secretariat, content::Kind::meeting, content_of(attended));

  const views::PageArchive page = c.page(c.br);
  REQUIRE((page.initiatives.size() == 1 && page.meetings.size() == 1));
  const views::PageInitiative& one = page.initiatives[0];
  CHECK((one.id == initiative && one.country == "AR" && one.date == "2026-05" && one.text == "Segunda edición"));
  CHECK(one.state == static_cast<std::uint8_t>(views::InitiativeState::confirmed));
  CHECK((one.author.member == c.ar.member() && !one.author.own && one.confirmed_by.size() == 1));
  REQUIRE(one.versions.size() == 2);
  CHECK((one.versions[0].id == initiative && one.versions[1].id == version && one.versions[1].files.empty()));
  REQUIRE(one.versions[0].files.size() == 1);
  CHECK((one.versions[0].files[0].name == "programa.txt" && one.versions[0].files[0].content == Bytes{1, 2, 3}));
  const views::PageMeeting& held = page.meetings[0];
  CHECK((held.id == meeting && held.host == "BR" && held.agenda == "Temario" && held.decisions.empty()));
  CHECK(held.countries == std::vector<std::string>{"AR", "BR"});
}

TEST_CASE("page: who is not in the channel, or in no network, is told of no archive") {
  Committee c(912);
  Client& outside = c.enter("CL");
  const views::PageArchive page = c.page(outside);
  CHECK((page.initiatives.empty() && page.meetings.empty()));
}
