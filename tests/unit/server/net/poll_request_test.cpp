#include "server/net/poll_request.h"

#include <catch2/catch.hpp>

using namespace encuentro::server::net;
using Verb = PollRequest::Verb;

namespace {

RequestHead head(std::string method, std::vector<RequestHead::Field> fields = {}, std::uint64_t body_bytes = 0) {
  RequestHead made;
  made.method = std::move(method);
  made.target = poll_path;
  made.fields = std::move(fields);
  made.body_bytes = body_bytes;
  return made;
}

int refusal(const RequestHead& of) {
  const auto judged = judge_poll(of, {"https://meet.example.org"});
  return judged ? 0 : judged.error().status;
}

const RequestHead::Field token{"authorization", "Bearer abc"};
const RequestHead::Field length{"content-length", "5"};

}  // namespace

TEST_CASE("what each method asks for") {
  CHECK(judge_poll(head("POST"), {})->verb == Verb::open);
  const auto sent = judge_poll(head("POST", {token, length}, 5), {});
  REQUIRE(sent);
  CHECK(sent->verb == Verb::send);
  CHECK(sent->token == "abc");
  CHECK_FALSE(sent->browser);
  CHECK(judge_poll(head("GET", {token}), {})->verb == Verb::receive);
  CHECK(judge_poll(head("DELETE", {token}), {})->verb == Verb::end);
}

TEST_CASE("what is refused") {
  CHECK(refusal(head("PUT", {token})) == 405);
  CHECK(refusal(head("GET")) == 401);
  CHECK(refusal(head("DELETE")) == 401);
  CHECK(refusal(head("GET", {{"authorization", "Basic abc"}})) == 401);
  CHECK(refusal(head("POST", {{"authorization", "Bearer "}})) == 401);
  CHECK(refusal(head("POST", {token, token, length}, 5)) == 401);
  CHECK(refusal(head("POST", {}, 5)) == 400);
  CHECK(refusal(head("GET", {token}, 5)) == 400);
  CHECK(refusal(head("POST", {token})) == 411);
}

TEST_CASE("R64 an origin must be of the list") {
  CHECK(refusal(head("POST", {{"origin", "https://else.example.org"}})) == 403);
  const auto judged = judge_poll(head("POST", {{"origin", "https://meet.example.org"}}), {"https://meet.example.org"});
  REQUIRE(judged);
  CHECK(judged->browser);
}
