// A member's own program that doesn't keep to the rules: makes Commits whose public side is right and whose secret
// side isn't, and sends them over a real connection as its device. For the end-to-end tests, which start it with
//   BAD_PROFILE   the member's profile, its passphrase bench::Party's
//   BAD_COMMITS   which fault in which channel, by its id in hex: "path_secret=1f...,link=90..."
//   BAD_NEWCOMER  for `welcome`: the profile of whom that Commit adds, its passphrase the same
#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

#include "bench/party.h"
#include "client/cli/profile/store.h"
#include "protocol/api/channel_calls.h"
#include "tests/hostile/bad_commit.h"

namespace encuentro::hostile {
namespace {

std::string asked(const char* name) {
  const char* value = std::getenv(name);
  REQUIRE(value != nullptr);
  return value;
}

std::map<Bytes, Bytes> rows_of(const std::string& profile) {
  auto store = client::cli::profile::Store::open(profile + "/store");
  REQUIRE(store);
  std::map<Bytes, Bytes> rows;
  REQUIRE(store->scan({}, [&](BytesView name, BytesView value) {
    rows[to_bytes(name)] = to_bytes(value);
    return true;
  }));
  return rows;
}

struct Planned {
  Fault fault = Fault::none;
  ChannelId channel;
};

Planned planned(const std::string& item) {
  static const std::map<std::string, Fault> faults = {{"confirmation_tag", Fault::confirmation_tag},
                                                      {"path_secret", Fault::path_secret},
                                                      {"external_key", Fault::external_key},
                                                      {"welcome", Fault::welcome},
                                                      {"link", Fault::link}};
  const std::size_t sign = item.find('=');
  REQUIRE(sign != std::string::npos);
  Bytes id;
  REQUIRE(from_hex(item.substr(sign + 1), id));
  REQUIRE(id.size() == ChannelId::bytes);
  return {faults.at(item.substr(0, sign)), ChannelId(BytesView(id))};
}

std::vector<Planned> all_planned() {
  std::vector<Planned> all;
  std::istringstream items(asked("BAD_COMMITS"));
  for (std::string item; std::getline(items, item, ',');) all.push_back(planned(item));
  REQUIRE(!all.empty());
  return all;
}

Bytes made(bench::Party& member, const StolenDevice& thief, const Planned& plan, Random& random) {
  BadCommit bad{plan.fault, {}, {}, 0};  // the first path secret: that of who sits beside it
  if (plan.fault == Fault::welcome) {
    const StolenDevice newcomer(rows_of(asked("BAD_NEWCOMER")), bench::Party::passphrase());
    bad.proposals.push_back({mls::Add{newcomer.key_package()}});
    bad.added.push_back(newcomer.id());
  }
  return bad_commit(thief, member.core(), plan.channel, std::move(bad), random);
}

// What the server pushes may come before its answer; asked again, it stores nothing twice and answers the same.
void append(bench::Party& member, const Bytes& entry, std::uint32_t id) {
  for (int frames = 0; frames < 20; ++frames) {
    auto answer = member.say(api::request_frame(id, api::Append{entry}));
    REQUIRE(answer);
    REQUIRE(*answer);
    auto frame = api::decode_frame(**answer);
    REQUIRE(frame);
    if (frame->id != id) continue;
    CHECK(frame->type == api::FrameType::reply);
    return;
  }
  FAIL("no answer to the Commit");
}

}  // namespace

TEST_CASE("a member sends Commits that only members can see through") {
  bench::Party member;
  member.leave();
  member.put_back(rows_of(asked("BAD_PROFILE")));
  member.come_back();
  member.must(core::Sync{});
  const StolenDevice thief(member.disk(), bench::Party::passphrase());
  tests::SeededRandom random(1);
  std::uint32_t id = 999'000;
  for (const Planned& plan : all_planned()) append(member, made(member, thief, plan, random), ++id);
}

}  // namespace encuentro::hostile
