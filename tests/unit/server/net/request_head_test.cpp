#include "server/net/request_head.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

int refusal(const std::string& head) {
  const auto parsed = parse_head(as_bytes(head));
  return parsed ? 0 : parsed.error().status;
}

}  // namespace

TEST_CASE("a head and its fields") {
  const auto head = parse_head(
      as_bytes("PUT /v1/blob/aa?x HTTP/1.1\r\nHost: a\r\nX-One:  two \r\nx-one: three\r\nContent-Length: 5\r\n\r\n"));
  REQUIRE(head);
  CHECK(head->method == "PUT");
  CHECK(head->target == "/v1/blob/aa?x");
  CHECK(head->body_bytes == 5);
  CHECK(head->keep_alive);
  CHECK(head->count("x-one") == 2);
  CHECK_FALSE(head->only("x-one"));
  CHECK(head->only("host") == "a");
  CHECK_FALSE(head->only("nothing"));
  CHECK_FALSE(parse_head(as_bytes("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))->keep_alive);
}

TEST_CASE("what isn't taken for a head") {
  CHECK(refusal("GET / HTTP/1.1\r\nHost: a\r\n\r\n") == 0);
  CHECK(refusal("GET / HTTP/1.0\r\nHost: a\r\n\r\n") == 505);
  CHECK(refusal("GET / HTTP/2.0\r\nHost: a\r\n\r\n") == 505);
  CHECK(refusal("GET / HTTP/1.1\r\n\r\n") == 400);                        // no Host
  CHECK(refusal("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n") == 400);  // two
  CHECK(refusal("GET / HTTP/1.1\r\nHost: a\r\n") == 400);                 // no end
  CHECK(refusal("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET") == 400);          // more than a head
  CHECK(refusal("GET / HTTP/1.1\r\nHost a\r\n\r\n") == 400);
  CHECK(refusal("GET / HTTP/1.1\r\nHost: a\r\nB ad: c\r\n\r\n") == 400);
  CHECK(refusal("GET /a\x01 HTTP/1.1\r\nHost: a\r\n\r\n") == 400);
  CHECK(refusal("") == 400);
}

TEST_CASE("one length, or none: nothing to smuggle in") {
  const std::string start = "PUT / HTTP/1.1\r\nHost: a\r\n";
  CHECK(refusal(start + "Transfer-Encoding: chunked\r\n\r\n") == 501);
  CHECK(refusal(start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n") != 0);
  CHECK(refusal(start + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n") == 400);
  CHECK(refusal(start + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n") == 400);
  CHECK(refusal(start + "Content-Length: -5\r\n\r\n") == 400);
  CHECK(refusal(start + "Content-Length: 5, 5\r\n\r\n") == 400);
  CHECK(refusal(start + "Content-Length: 99999999999999999999999\r\n\r\n") == 400);
}

TEST_CASE("R71 64 fields, 8 KiB") {
  std::string fields = "Host: a\r\n";
  for (int i = 1; i < 64; ++i) fields += "X: y\r\n";
  CHECK(refusal("GET / HTTP/1.1\r\n" + fields + "\r\n") == 0);
  CHECK(refusal("GET / HTTP/1.1\r\n" + fields + "X: y\r\n\r\n") == 431);
  CHECK(refusal("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9000, 'a') + "\r\n\r\n") == 431);
}

TEST_CASE("the end of a head, wherever the pieces are cut") {
  const Bytes bytes = to_bytes(as_bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\nrest"));
  std::size_t searched = 0;
  for (std::size_t have = 0; have <= bytes.size(); ++have) {
    const auto end = find_head_end(BytesView(bytes).first(have), searched);
    searched = have;
    CHECK(end.has_value() == (have >= bytes.size() - 4));
    if (end) CHECK(*end == bytes.size() - 4);
    if (end) break;
  }
}

TEST_CASE("lists of tokens") {
  CHECK(lists("keep-alive, Upgrade", "upgrade", Case::ignored));
  CHECK_FALSE(lists("keep-alive, Upgrade", "upgrade", Case::exact));
  CHECK(lists(" a ,b\t", "b", Case::exact));
  CHECK_FALSE(lists("ab", "a", Case::exact));
  CHECK_FALSE(lists("", "a", Case::exact));
}
