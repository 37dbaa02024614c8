#include "storage/judgement.h"

#include <catch2/catch.hpp>
#include <map>

using namespace encuentro;
using namespace encuentro::storage;

namespace {

struct State final : PartitionState {
  Head now{4, 2};
  std::map<std::string, Bytes> records{{"k", {7}}};
  std::map<Bytes, std::uint64_t> requests{{{1}, 3}};
  bool broken = false;

  Result<Head> head() override { return now; }
  Result<std::optional<Bytes>> record(const std::string& key) override {
    if (broken) return fail(Code::storage_failed);
    return records.contains(key) ? std::optional(records[key]) : std::nullopt;
  }
  Result<std::optional<std::uint64_t>> seq_of(BytesView request_id) override {
    const auto found = requests.find(to_bytes(request_id));
    return found == requests.end() ? std::nullopt : std::optional(found->second);
  }
};

}  // namespace

TEST_CASE("the head after a change set counts its appends and takes its last epoch") {
  State state;
  const auto verdict =
      judge({{"ch", "a"}, {}, {Append{{8}, {1}}, SetEpoch{5}, Append{{9}, {1}}, SetEpoch{6}, Put{"x", {1}}}}, state);
  REQUIRE(verdict);
  CHECK(verdict->outcome == Outcome::stored);
  CHECK(verdict->head == Head{6, 6});
}

TEST_CASE("every guard must hold") {
  State state;
  const std::vector<Guard> holding{HeadIs{{4, 2}}, EpochIs{2}, KeyGone{"gone"}, KeyHolds{"k", {7}}};
  const auto judged = [&](std::vector<Guard> guards) {
    return judge({{"ch", "a"}, std::move(guards), {SetEpoch{3}}}, state)->outcome;
  };
  CHECK(judged(holding) == Outcome::stored);
  for (const Guard& failing : {Guard(HeadIs{{3, 2}}), Guard(HeadIs{{4, 3}}), Guard(EpochIs{1}), Guard(KeyGone{"k"}),
                               Guard(KeyHolds{"k", {8}}), Guard(KeyHolds{"gone", {7}})}) {
    auto guards = holding;
    guards.push_back(failing);
    CHECK(judged(guards) == Outcome::refused);
  }
}

TEST_CASE("a known request refuses with its place and the head as it is") {
  State state;
  const auto verdict = judge({{"ch", "a"}, {}, {Append{{9}, {1}}, Append{{1}, {1}}}}, state);
  REQUIRE(verdict);
  CHECK(verdict->outcome == Outcome::refused);
  CHECK(verdict->already_at == 3);
  CHECK(verdict->head == Head{4, 2});
}

TEST_CASE("what can't be read is an error, no verdict") {
  State state;
  state.broken = true;
  const auto verdict = judge({{"ch", "a"}, {KeyGone{"x"}}, {SetEpoch{1}}}, state);
  REQUIRE_FALSE(verdict);
  CHECK(verdict.error().code == Code::storage_failed);
}
