#include "protocol/api/roster_calls.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("roster calls read back whole only") {
  SeededRandom random(62);
  record::RosterHead head{RosterSeq{8}, random.id<Hash32>()};
  check_message(api::Found{Bytes(70, 1), "ABCD-1234"});
  check_message(api::RosterAppend{Bytes(70, 2)});
  check_message(api::RosterPlaceReply{head});
  check_message(api::RosterRead{RosterSeq{4}, 1000});
  check_message(api::RosterReadReply{{Bytes(5, 1), Bytes(70, 2)}, head});
  check_message(api::RosterPush{Bytes(70, 3)});
  check_message(api::StatementPut{Bytes(70, 4)});
  check_message(api::StatementPutReply{3});
  check_message(api::Statements{random.id<RecordId>()});
  check_message(api::StatementsReply{{Bytes(5, 1), Bytes(70, 2)}});
}

TEST_CASE("entries, codes and lists over their limits are refused") {
  CHECK(refused(api::RosterAppend{Bytes(limits::roster_entry_bytes_max + 1)}) == Code::too_large);
  CHECK(refused(api::StatementPut{Bytes(limits::roster_entry_bytes_max + 1)}) == Code::too_large);
  CHECK(refused(api::StatementsReply{std::vector<Bytes>(limits::items_per_reply_max + 1)}) == Code::too_large);
  CHECK(refused(api::Found{{}, std::string(limits::one_time_code_bytes_max + 1, '1')}) == Code::too_large);
  CHECK(refused(api::RosterReadReply{std::vector<Bytes>(limits::items_per_reply_max + 1), {}}) == Code::too_large);
}
