// A member's own program that doesn't keep to the rules: makes a Commit whose public side is right and whose secret
// side isn't, and sends it over a real connection as its device. For the end-to-end tests, which start it with
//   BAD_PROFILE  the member's profile, its passphrase bench::Party's
//   BAD_CHANNEL  a channel's id in hex
#include <catch2/catch.hpp>
#include <cstdlib>

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

}  // namespace

TEST_CASE("a member sends a Commit with another confirmation tag") {
  bench::Party member;
  member.leave();
  member.put_back(rows_of(asked("BAD_PROFILE")));
  member.come_back();
  member.must(core::Sync{});
  Bytes id;
  REQUIRE(from_hex(asked("BAD_CHANNEL"), id));
  REQUIRE(id.size() == ChannelId::bytes);
  const ChannelId channel{BytesView(id)};
  const StolenDevice thief(member.disk(), bench::Party::passphrase());
  tests::SeededRandom random(1);
  const Bytes entry = bad_commit(thief, member.core(), channel, {Fault::confirmation_tag, {}, {}, 3}, random);
  auto answer = member.say(api::request_frame(999'999, api::Append{entry}));
  REQUIRE(answer);
  REQUIRE(*answer);
  auto frame = api::decode_frame(**answer);
  REQUIRE(frame);
  CHECK(frame->id == 999'999);
  CHECK(frame->type == api::FrameType::reply);
}

}  // namespace encuentro::hostile
