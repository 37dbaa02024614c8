// What mls-vectors says of files that are no vectors, or wrong ones: a failure each, never an abort.
#include <catch2/catch.hpp>

#include "protocol/crypto/system_random.h"
#include "tests/vectors/runner.h"

using namespace encuentro;
using namespace encuentro::vectors;

namespace {

Report run(const char* type, const std::string& text) {
  const Family* family = family_named(type);
  REQUIRE(family != nullptr);
  crypto::SystemRandom random;
  return run_vectors(*family, text, std::nullopt, random);
}

void check_one_failure(const char* type, const std::string& text, const std::string& why) {
  INFO(type << ": " << text.substr(0, 60));
  const Report report = run(type, text);
  CHECK(report.passed == 0);
  REQUIRE(report.failed == 1);
  CHECK(report.failures.at(0).find(why) != std::string::npos);
}

// Longer than any digest, secret or key.
std::string too_long() { return std::string(600, 'a'); }

}  // namespace

TEST_CASE("the type is told by the name of a file") {
  CHECK(family_of_file("passive-client-random.json") == family_named("passive-client"));
  CHECK(family_of_file("treekem.json") == family_named("treekem"));
  CHECK(family_of_file("tree-math_2.json") == family_named("tree-math"));
  CHECK(family_of_file("treekems.json") == nullptr);
  CHECK(family_of_file("mine.json") == nullptr);
}

TEST_CASE("of every type, what is no array of cases is one failure") {
  for (const Family& family : families()) {
    const std::string type(family.type);
    for (const char* text : {"", "{", "7", "null", "\"text\"", "[1", "\xff\xfe"}) {
      check_one_failure(type.c_str(), text, "not a JSON array of cases");
    }
    check_one_failure(type.c_str(), "[]", "no case in it");
    check_one_failure(type.c_str(), std::string(100'000, '['), "not a JSON array of cases");
    for (const char* text : {"{}", "[{}]", "[7]", "[null]", "[[]]"}) check_one_failure(type.c_str(), text, "no field");
  }
}

TEST_CASE("a suite that isn't there is a failure") {
  check_one_failure("welcome", R"([{"cipher_suite": 0}])", "unsupported suite");
  check_one_failure("welcome", R"([{"cipher_suite": 65537}])", "unsupported suite");
  check_one_failure("welcome", R"([{"cipher_suite": -1}])", "not a number");
}

TEST_CASE("a value longer than its kind may be is a failure") {
  check_one_failure("transcript-hashes", R"([{"cipher_suite": 3, "confirmation_key": ")" + too_long() + R"(",
    "authenticated_content": ""}])",
                    "too long: confirmation_key");
  check_one_failure(
      "key-schedule",
      R"([{"cipher_suite": 3, "group_id": "", "initial_init_secret": ")" + too_long() + R"(", "epochs": []}])",
      "too long: initial_init_secret");
  check_one_failure("secret-tree",
                    R"([{"cipher_suite": 3, "sender_data": {"sender_data_secret": ")" + too_long() +
                        R"(", "ciphertext": "", "key": "", "nonce": ""}}])",
                    "too long: sender_data_secret");
}
