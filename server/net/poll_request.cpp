#include "server/net/poll_request.h"

namespace encuentro::server::net {

std::expected<PollRequest, Response> judge_poll(const RequestHead& head, const std::vector<std::string>& origins) {
  using Verb = PollRequest::Verb;
  const auto refuse = [](int status, std::string_view text) { return std::unexpected(plain_text(status, text)); };
  if (!origin_allowed(head, origins)) return refuse(403, "this origin may not connect\n");
  PollRequest request;
  request.browser = head.count("origin") != 0;
  const bool named = head.count("authorization") != 0;
  if (named) {
    auto token = bearer_token(head);
    if (!token) return refuse(401, "a bearer token is needed\n");
    request.token = std::move(*token);
  }
  if (head.method == "POST") {
    request.verb = named ? Verb::send : Verb::open;
  } else if (head.method == "GET" || head.method == "DELETE") {
    if (!named) return refuse(401, "a bearer token is needed\n");
    request.verb = head.method == "GET" ? Verb::receive : Verb::end;
  } else {
    return refuse(405, "POST, GET and DELETE only\n");
  }
  if (request.verb != Verb::send && head.body_bytes != 0) return refuse(400, "no body goes here\n");
  if (request.verb == Verb::send && head.count("content-length") == 0) {
    return refuse(411, "Content-Length is needed\n");
  }
  return request;
}

}  // namespace encuentro::server::net
