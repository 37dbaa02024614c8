#include "protocol/roster/history.h"

#include <catch2/catch.hpp>

using namespace encuentro;

TEST_CASE("a history answers for each place what held there") {
  roster::History<int> history;
  CHECK(history.at(RosterSeq{9}) == nullptr);
  history.set(RosterSeq{3}, 30);
  history.set(RosterSeq{5}, 50);
  history.set(RosterSeq{5}, 51);
  CHECK(history.at(RosterSeq{2}) == nullptr);
  CHECK(*history.at(RosterSeq{3}) == 30);
  CHECK(*history.at(RosterSeq{4}) == 30);
  CHECK(*history.at(RosterSeq{5}) == 51);
  CHECK(*history.at(RosterSeq{900}) == 51);
}
