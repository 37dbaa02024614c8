#include "client/cli/net/poll_answer.h"

#include <catch2/catch.hpp>

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"

using namespace encuentro;
using namespace encuentro::client::cli::net;

TEST_CASE("a long poll's answer is split into its messages") {
  CHECK(split_messages({})->empty());
  const Bytes body = {0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 1, 9};
  auto messages = split_messages(body);
  REQUIRE(messages.has_value());
  CHECK(*messages == std::vector<Bytes>{{7, 8}, {}, {9}});
}

TEST_CASE("a long poll's answer that is cut or declares too much is refused whole") {
  const Bytes body = {0, 0, 0, 2, 7, 8, 0, 0, 0, 1, 9};
  for (std::size_t n : {1, 3, 4, 5, 7, 10})
    CHECK(tests::code_of(split_messages(BytesView(body).first(n))) == Code::truncated);
  CHECK(split_messages(BytesView(body).first(6)).has_value());
  const std::size_t over = limits::frame_bytes_max + 1;
  Bytes large = {static_cast<std::uint8_t>(over >> 24), static_cast<std::uint8_t>(over >> 16),
                 static_cast<std::uint8_t>(over >> 8), static_cast<std::uint8_t>(over)};
  CHECK(tests::code_of(split_messages(large)) == Code::too_large);
  large.resize(large.size() + over);
  CHECK(tests::code_of(split_messages(large)) == Code::too_large);
}
