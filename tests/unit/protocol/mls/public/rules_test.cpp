#include "protocol/mls/public/rules.h"

#include <catch2/catch.hpp>
#include <cctype>
#include <set>
#include <string>

namespace encuentro::mls {

TEST_CASE("each rule has a number of its own, a section and a text") {
  std::set<Rule> numbers;
  for (const RuleText& entry : rules) {
    CHECK(numbers.insert(entry.rule).second);
    CHECK(entry.name == "R-MLS-" + std::to_string(static_cast<int>(entry.rule)));
    CHECK(std::isdigit(static_cast<unsigned char>(entry.section[0])) != 0);
    CHECK_FALSE(std::string(entry.text).empty());
    CHECK(entry.code != Code::none);
    CHECK(&text_of(entry.rule) == &entry);
  }
}

TEST_CASE("a broken rule tells its name, code and numbers") {
  auto refusal = demand(Rule::epoch_matches, false, 3, 4);
  if (!enforced(Rule::epoch_matches)) return;
  REQUIRE_FALSE(refusal);
  CHECK(std::string(refusal.error().rule) == "R-MLS-73");
  CHECK(refusal.error().code == Code::wrong_epoch);
  CHECK(refusal.error().expected == 3);
  CHECK(refusal.error().got == 4);
  CHECK(demand(Rule::epoch_matches, true).has_value());
}

}  // namespace encuentro::mls
