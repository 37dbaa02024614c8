#include "protocol/api/error_reply.h"

#include <string>

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("an error travels with its code, rule and numbers") {
  Error error{Code::epoch_changed, "S2", 4, 3};
  api::ErrorReply reply = api::ErrorReply::from(error, 250);
  check_message(reply);
  CHECK(reply.rule == "S2");
  CHECK(reply.error().code == Code::epoch_changed);
  CHECK(reply.error().expected == 4);
  CHECK(reply.error().got == 3);
  auto frame = api::decode_frame(api::error_frame(9, 11, reply));
  REQUIRE(frame);
  CHECK(frame->type == api::FrameType::error);
}

TEST_CASE("whose room is full, and what there are too many of, is told apart by its rule, as no other code is") {
  for (Code code : {Code::quota_exceeded, Code::too_many}) {
    for (const char* rule : {"R-SRV-44", "R76", "R77"}) {
      Error back = api::ErrorReply::from({code, rule, 10, 12}).error();
      CHECK(back.code == code);
      CHECK(std::string(back.rule) == rule);
    }
  }
  CHECK(std::string(api::ErrorReply::from({Code::quota_exceeded, "S2", 0, 0}).error().rule).empty());
  CHECK(std::string(api::ErrorReply::from({Code::not_allowed, "R77", 0, 0}).error().rule).empty());
}

TEST_CASE("a long rule is cut when sent and refused when received") {
  std::string rule(limits::rule_bytes_max + 5, 'r');
  CHECK(api::ErrorReply::from({Code::gap, rule.c_str(), 0, 0}).rule.size() == limits::rule_bytes_max);
  CHECK(refused(api::ErrorReply{Code::gap, rule, 0, 0, 0}) == Code::too_large);
}
