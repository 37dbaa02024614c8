#include "protocol/api/error_reply.h"

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

TEST_CASE("a long rule is cut when sent and refused when received") {
  std::string rule(limits::rule_bytes_max + 5, 'r');
  CHECK(api::ErrorReply::from({Code::gap, rule.c_str(), 0, 0}).rule.size() == limits::rule_bytes_max);
  CHECK(refused(api::ErrorReply{Code::gap, rule, 0, 0, 0}) == Code::too_large);
}
