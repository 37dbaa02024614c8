#include "protocol/record/chain.h"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using record::LogHead;

TEST_CASE("the chain depends on network, channel, place and every byte") {
  SeededRandom random(10);
  auto network = random.id<NetworkId>();
  auto channel = random.id<ChannelId>();
  LogHead start = record::log_start(network, channel);
  CHECK(start.seq == Seq{0});
  CHECK(start.hash != record::log_start(network, random.id<ChannelId>()).hash);
  Bytes entry(10, 1), other(10, 2);
  CHECK(record::log_next(start, entry).seq == Seq{1});
  CHECK(record::log_next(start, entry).hash != record::log_next(start, other).hash);
  LogHead later{Seq{1}, start.hash};
  CHECK(record::log_next(start, entry).hash != record::log_next(later, entry).hash);
}
