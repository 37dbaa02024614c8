// What an alarm leads to: it stands until a person has put it aside, nothing is sent into a log that doesn't fit, and
// what was written isn't lost. And what can't be read is set aside and counted while the rest goes on.
// Tests: client/core/alarms.cpp client/core/core_state.cpp client/core/outbox.cpp client/core/records.cpp
// Tests: client/views/page_proof.cpp
#include <algorithm>
#include <catch2/catch.hpp>

#include "client/core/fields.h"
#include "client/verify/evidence_check.h"
#include "client/views/page.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;
namespace verify = encuentro::client::verify;
namespace views = encuentro::client::views;

namespace {

// The server names an end of the committee's log before the one the victim holds.
void shrink(Scene& s) {
  ChannelId id = s.id;
  s.on_reply<api::Channels, api::ChannelsReply>([id](api::ChannelsReply& reply) {
    for (auto& head : reply.channels) {
      if (head.channel == id) head.head.seq.value -= 1;
    }
  });
}

core::Send words(const ChannelId& channel, const char* body) {
  core::Send send;
  send.channel = channel;
  send.body = body;
  return send;
}

Code against(const Scene& s) { return s.victim.look().channel(s.id)->alarm; }

// As the victim's page is told.
views::AskAlarms::Answer standing_on_page(const Scene& s) {
  const Bytes answer = views::answer(s.victim.look(), views::Question(views::AskAlarms{}));
  auto alarms = core::decode_fields<views::AskAlarms::Answer>(answer);
  REQUIRE(alarms);
  return *alarms;
}

std::size_t times_shown(const Scene& s, Code code) {
  auto shown = s.victim.alarms();
  return static_cast<std::size_t>(std::count(shown.begin(), shown.end(), code));
}

}  // namespace

TEST_CASE("standing: an alarm stands over every run, once, and holds back what is written") {
  Scene s(9001);
  shrink(s);
  for (int run = 0; run < 3; ++run) {
    s.back(s.victim);
    CHECK(against(s) == Code::server_rolled_back);
    REQUIRE(s.victim.look().alarms().size() == 1);
    CHECK(s.victim.look().alarms().front().channel == s.id);
    CHECK(times_shown(s, Code::server_rolled_back) == 1);
    CHECK(s.victim.look().network_alarm() == Code::none);
  }
  CHECK(s.victim.refused(words(s.id, "en espera")) == core::channel_alarmed);
  CHECK(s.victim.refused(core::AddToChannel{s.id, s.ar.member()}) == core::channel_alarmed);
  REQUIRE(s.victim.look().outbox(s.id).size() == 1);
  CHECK(s.victim.look().outbox(s.id).front().content.body == "en espera");
  // Elsewhere everything goes on.
  CHECK(s.victim.look().channel(s.net.founded.general_board)->alarm == Code::none);
  s.victim.must(core::Sync{});
}

TEST_CASE("standing: a person puts aside what has passed, not what still holds") {
  Scene s(9002);
  shrink(s);
  s.back(s.victim);
  s.victim.refused(words(s.id, "en espera"));
  CHECK(s.victim.refused(core::PutAlarmAside{7}) == Code::not_found);
  CHECK(s.victim.refused(core::PutAlarmAside{0}) == Code::not_allowed);
  s.net.world.tamper = nullptr;
  s.back(s.victim);
  // It fits again and what waited has gone out; that it once didn't still stands.
  CHECK(s.victim.look().outbox(s.id).empty());
  CHECK(s.ar.bodies(s.id).back() == "en espera");
  CHECK(against(s) == Code::server_rolled_back);
  const auto on_page = standing_on_page(s);
  REQUIRE(on_page.size() == 1);
  CHECK(on_page.front().alarm.code == Code::server_rolled_back);
  s.victim.must(core::PutAlarmAside{on_page.front().number});
  CHECK(standing_on_page(s).empty());
  s.back(s.victim);
  CHECK(against(s) == Code::none);
  CHECK(s.victim.look().alarms().empty());
  REQUIRE(s.victim.look().kept_alarms().size() == 1);
  CHECK(s.victim.look().kept_alarms().front().put_aside);
  // Found again, it stands again and is shown again.
  shrink(s);
  s.back(s.victim);
  CHECK(against(s) == Code::server_rolled_back);
  CHECK(times_shown(s, Code::server_rolled_back) == 2);
}

TEST_CASE("standing: more than ten alarms keep their numbers") {
  Scene s(9003);
  StolenDevice thief(s.cl);
  for (int i = 0; i < 12; ++i) {
    auto header = thief.header(s.victim, s.id, s.random);
    header.at.epoch.value -= 1;
    s.push_entry(s.victim, thief.entry(header, record::LeaveBody{}));
  }
  REQUIRE(s.victim.look().kept_alarms().size() == 12);
  auto evidence = s.victim.look().kept_alarms()[11].alarm.evidence;
  CHECK(s.victim.look().unreadable(s.id) == 12);
  CHECK(against(s) == Code::none);  // refused entries don't stop the log
  s.victim.must(core::PutAlarmAside{11});
  s.victim.restart();
  auto kept = s.victim.look().kept_alarms();
  REQUIRE(kept.size() >= 12);
  CHECK(kept[11].number == 11);
  CHECK(kept[11].alarm.evidence == evidence);
  CHECK(kept[11].put_aside);
  CHECK_FALSE(kept[10].put_aside);
}

TEST_CASE("standing: the page's evidence is the command's file: the alarm, and the roster to judge it by") {
  Scene s(9005);
  StolenDevice thief(s.cl);
  auto header = thief.header(s.victim, s.id, s.random);
  header.at.epoch.value -= 1;
  s.push_entry(s.victim, thief.entry(header, record::LeaveBody{}));
  const auto standing = standing_on_page(s);
  REQUIRE(standing.size() == 1);
  views::AskEvidence question{standing.front().number};
  auto answer = core::decode_fields<views::AskEvidence::Answer>(views::answer(s.victim.look(), question));
  REQUIRE(answer);
  REQUIRE(*answer);
  auto file = verify::decode_evidence_file(**answer);
  REQUIRE(file);
  CHECK(file->alarm == core::encode_fields(standing.front().alarm));
  CHECK(file->network == s.net.founded.network);
  CHECK(file->fingerprint == s.victim.look().self().fingerprint);
  CHECK(file->roster == s.victim.look().roster_entries());
  // Without a profile: the entry is that device's, and of this network.
  auto judged = verify::check_evidence(standing.front().alarm.evidence, file->roster, file->fingerprint);
  REQUIRE(judged);
  REQUIRE(judged->entries.size() == 1);
  CHECK(judged->entries.front().signature == Code::none);
  CHECK(judged->verdict == verify::Verdict::genuine);
  question.number += 1;
  answer = core::decode_fields<views::AskEvidence::Answer>(views::answer(s.victim.look(), question));
  REQUIRE(answer);
  CHECK_FALSE(*answer);
}

TEST_CASE("standing: what comes from a later version is set aside and counted, and the rest goes on") {
  Scene s(9004);
  StolenDevice thief(s.cl);
  auto before = s.victim.bodies(s.id);

  // A content kind of later, well signed and sealed.
  auto header = thief.header(s.victim, s.id, s.random);
  content::Content item;
  item.body = "de otro tipo";
  auto later_kind = content::sign_content(header, static_cast<content::Kind>(999), item, thief.key());
  auto seal = [&](const content::SignedContent& signed_content) {
    auto plaintext = content::encode_padded(signed_content);
    REQUIRE(plaintext);
    auto key = thief.archive_key(s.id, header.at);
    return thief.entry(header, content::seal_record(key, header, {}, *plaintext, s.random));
  };
  s.push_entry(s.victim, seal(later_kind));

  // A log entry of a later version.
  Bytes later_version = thief.message(thief.header(s.victim, s.id, s.random), "de otra versión", s.random);
  later_version[1] = 9;
  s.push_entry(s.victim, later_version);

  // An entry kind of later, rightly signed.
  auto later_entry = record::sign_entry(thief.header(s.victim, s.id, s.random), record::LeaveBody{}, thief.key());
  later_entry.kind = 77;
  later_entry.signature =
      crypto::sign_as_encuentro(thief.key(), "log entry", s.net.founded.network,
                                record::encode_to_be_signed(later_entry.header, later_entry.kind, later_entry.body));
  s.push_entry(s.victim, record::encode(later_entry));

  s.push_entry(s.victim, thief.message(thief.header(s.victim, s.id, s.random), "sigue", s.random));
  before.push_back("sigue");
  CHECK(s.victim.bodies(s.id) == before);
  std::vector<std::pair<core::Reading, Code>> set_aside;
  for (const core::Record* record : s.victim.look().records(s.id)) {
    if (record->reading != core::Reading::opened) set_aside.emplace_back(record->reading, record->problem);
  }
  CHECK(set_aside == std::vector<std::pair<core::Reading, Code>>{{core::Reading::unknown, Code::unknown_kind},
                                                                 {core::Reading::unknown, Code::unknown_version},
                                                                 {core::Reading::unknown, Code::unknown_kind}});
  CHECK(s.victim.look().unreadable(s.id) == 3);
  CHECK(s.victim.look().alarms().empty());
}
