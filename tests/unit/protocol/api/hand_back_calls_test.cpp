#include "protocol/api/hand_back_calls.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("what is handed back reads back whole only") {
  SeededRandom random(97);
  check_message(api::HandBackRoster{{RosterSeq{3}, random.id<Hash32>()}, {Bytes(5, 1), Bytes(70, 2)}});
  check_message(api::HandBack{random.id<ChannelId>(), {Seq{3}, random.id<Hash32>()}, {Bytes(5, 1), Bytes(70, 2)}});
}

TEST_CASE("nothing handed back, too much, and entries over their limits") {
  CHECK(refused(api::HandBackRoster{}) == Code::malformed);
  CHECK(refused(api::HandBack{}) == Code::malformed);
  CHECK(refused(api::HandBackRoster{{}, {Bytes(limits::roster_entry_bytes_max + 1)}}) == Code::too_large);
  CHECK(refused(api::HandBack{{}, {}, {Bytes(limits::entry_bytes_max + 1)}}) == Code::too_large);
  CHECK(refused(api::HandBack{{}, {}, std::vector<Bytes>(limits::items_per_reply_max + 1)}) == Code::too_large);
}

TEST_CASE("the word for a server that recovers") {
  CHECK(name(api::server_recovering) == "recovering");
  CHECK(code_named("recovering") == api::server_recovering);
}
