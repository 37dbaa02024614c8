// Bad Commits by a malicious member, ordered by an honest server (design 4; issue: identity that survives people): the
// right people stop, the offender is named, the channel goes on without it, nothing else is lost.
// ENCUENTRO_RUNS: how many seeded runs (default 24), from ENCUENTRO_FIRST (default 0) on; ENCUENTRO_MEMBERS: at most so
// many members (default 7).
// Tests: client/core/restart.cpp client/core/history.cpp server/service/channel_group.cpp
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/hostile/bad_commit.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

std::size_t wish(const char* name, std::size_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

std::string code_of_country(std::size_t i) {
  return {static_cast<char>('A' + i / 26), static_cast<char>('A' + i % 26)};
}

struct Run {
  tests::SeededRandom random;
  sim::Network net;
  Fault fault;
  bool sealed;
  std::vector<Client*> members;
  Client* newcomer = nullptr;
  ChannelId id;
  std::vector<std::string> said;
  Client* offender = nullptr;

  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random.next() % count); }

  explicit Run(std::uint64_t seed) : random(seed * 31 + 7), net(seed) {
    constexpr Fault faults[] = {Fault::confirmation_tag, Fault::path_secret, Fault::external_key, Fault::welcome,
                                Fault::link};
    fault = faults[seed % 5];
    sealed = fault != Fault::link && fault != Fault::external_key && (seed / 5) % 2 == 1;
    std::size_t count = 2 + pick(wish("ENCUENTRO_MEMBERS", 7) - 1);
    core::CreateChannel create;
    create.title = "Comité";
    create.kind = policy::ChannelKind::committee;
    create.history = sealed ? policy::History::sealed : policy::History::shared;
    for (std::size_t i = 0; i <= count; ++i) {
      create.countries.push_back(code_of_country(i));
      net.country(create.countries.back());
      Client& person = net.quick_focal_point(create.countries.back());
      (i == count ? newcomer : members.emplace_back()) = &person;
      net.world.now = net.world.now + seconds(5);  // forty at once are more than the server takes from one device
    }
    id = members[0]->get<core::ChannelCreated>(create).channel;
    for (std::size_t i = 1; i < count; ++i) members[pick(i)]->must(core::AddToChannel{id, members[i]->member()});
    for (std::size_t i = pick(3); i > 0; --i) say(*members[pick(count)], "antes " + std::to_string(i));
    offender = members[pick(count)];
    std::erase(members, offender);
  }

  void say(Client& who, const std::string& words) {
    core::Send send;
    send.channel = id;
    send.body = words;
    who.must(send);
    said.push_back(words);
  }

  void strike() {
    StolenDevice thief(*offender), other(*newcomer);
    BadCommit bad{fault, {}, {}, pick(1000)};
    if (fault == Fault::welcome) {
      bad.proposals.push_back({mls::Add{other.key_package()}});
      bad.added.push_back(other.id());
    }
    Bytes entry = bad_commit(thief, *members[0], id, bad, random);
    offender->stop();  // its program would notice an entry that it didn't make
    auto before = members[0]->look().channel(id)->head.seq;
    net.world.say_as(*offender, api::request_frame(9999, api::Append{entry}));
    net.world.settle();
    // The server took it: whatever is wrong with it can't be seen from outside.
    REQUIRE(members[0]->look().log_entries(id).size() > before.value);
    REQUIRE(members[0]->look().log_entries(id)[before.value] == entry);
    offender->cut();
  }

  bool named_by(const Client& who, Code code) const {
    auto alarms = who.look().alarms();
    return std::any_of(alarms.begin(), alarms.end(), [&](const core::Alarm& alarm) {
      return alarm.code == code && alarm.device == offender->look().self().device;
    });
  }
  core::ChannelState state(const Client& who) const {
    auto look = who.look().channel(id);
    return look ? look->state : core::ChannelState::out;  // a committee isn't shown to whoever was never in
  }
  std::vector<Client*> stopped() const {
    std::vector<Client*> out;
    for (Client* member : members) {
      if (state(*member) == core::ChannelState::stopped) out.push_back(member);
    }
    return out;
  }

  // All are in and the same, old and new words are read by everybody who could.
  void goes_on(bool with_newcomer) {
    say(*members[pick(members.size())], "después");
    net.world.settle(minutes(2));
    for (Client* member : members) {
      CHECK(state(*member) == core::ChannelState::in);
      CHECK(member->look().channel(id)->head == members[0]->look().channel(id)->head);
      if (!sealed) CHECK(member->bodies(id) == said);
      if (!sealed) CHECK(member->look().channel(id)->history_complete);
      CHECK(member->bodies(id).back() == "después");
      CHECK(member->look().outbox(id).empty());
    }
    if (!with_newcomer) return;
    if (state(*newcomer) != core::ChannelState::in) {
      members[0]->must(core::AddToChannel{id, newcomer->member()});
      net.world.settle(minutes(2));
    }
    say(*newcomer, "la que llega");
    CHECK(state(*newcomer) == core::ChannelState::in);
    if (!sealed) CHECK(newcomer->bodies(id) == said);
    CHECK(members[0]->bodies(id).back() == "la que llega");
  }

  void restart() {
    auto devices = members[0]->look().channel(id)->devices.size();
    members[pick(members.size())]->must(core::RestartChannel{id});
    net.world.settle(minutes(2));
    auto inside = members[0]->look().channel(id)->devices;
    CHECK(inside.size() == devices - 1);
    CHECK(std::find(inside.begin(), inside.end(), offender->look().self().device) == inside.end());
  }
};

void check_stop(Run& run) {
  std::vector<Client*> stopped = run.stopped();
  if (run.fault != Fault::path_secret) CHECK(stopped.size() == run.members.size());
  CHECK(!stopped.empty());
  for (Client* member : run.members) {
    bool has_stopped = std::find(stopped.begin(), stopped.end(), member) != stopped.end();
    if (!has_stopped) CHECK(run.named_by(*member, Code::commit_reported));
  }
  for (Client* member : stopped) {
    bool named = run.named_by(*member, Code::invalid_commit) || run.named_by(*member, Code::bad_tag);
    CHECK(named);
  }
}

}  // namespace

TEST_CASE("restart: bad Commits stop the right people, name the offender, and the channel goes on") {
  const std::size_t first = wish("ENCUENTRO_FIRST", 0);
  for (std::size_t seed = first; seed < first + wish("ENCUENTRO_RUNS", 24); ++seed) {
    Run run(7000 + seed);
    INFO("seed " << 7000 + seed << ", fault " << static_cast<int>(run.fault) << ", " << run.members.size() + 1
                 << " members" << (run.sealed ? ", sealed" : ""));
    run.strike();
    if (run.fault == Fault::welcome) {
      CHECK(run.stopped().empty());
      run.net.world.settle(minutes(2));
      CHECK(run.state(*run.newcomer) == core::ChannelState::in);
    } else if (run.fault == Fault::link) {
      CHECK(run.stopped().empty());
      for (Client* member : run.members) CHECK(run.named_by(*member, Code::bad_link));
    } else {
      check_stop(run);
      run.restart();
    }
    run.goes_on(true);
  }
}

TEST_CASE("restart: only who may add members restarts, and only what was rejected or reported") {
  Run run(7000);
  CHECK(run.members[0]->refused(core::RestartChannel{run.id}) == Code::not_allowed);
  run.strike();
  CHECK(run.newcomer->refused(core::RestartChannel{run.id}) == Code::unknown_channel);
  run.restart();
  run.goes_on(false);
}

TEST_CASE("restart: what is written while a channel is stopped goes out when it goes on") {
  Run run(7000);
  run.strike();
  Client& writer = *run.members[0];
  REQUIRE(run.state(writer) == core::ChannelState::stopped);
  core::Send send;
  send.channel = run.id;
  send.body = "mientras tanto";
  SECTION("by a program that keeps running") {
    CHECK(writer.refused(send) == core::channel_alarmed);
    CHECK(writer.look().outbox(run.id).size() == 1);
  }
  SECTION("by one that ends and starts again") {
    CHECK(writer.refused(send) == core::channel_alarmed);
    writer.restart();
    run.net.world.settle();
    CHECK(writer.look().outbox(run.id).size() == 1);
  }
  run.restart();
  run.said.push_back("mientras tanto");
  run.net.world.settle(minutes(2));
  CHECK(writer.look().outbox(run.id).empty());
  CHECK(writer.bodies(run.id) == run.said);
  CHECK(run.members.back()->bodies(run.id) == run.said);
}
