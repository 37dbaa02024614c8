#include "client/core/wordlist.h"

#include <catch2/catch.hpp>
#include <set>

using namespace encuentro;
using namespace encuentro::client::core;

TEST_CASE("the words are sorted and told apart by four letters") {
  std::set<std::string> heads;
  for (std::size_t i = 0; i < wordlist_size; ++i) {
    std::string word(word_at(i));
    CHECK(word.size() >= 4);
    CHECK(heads.insert(word.substr(0, 4)).second);
    if (i > 0) CHECK(word_at(i - 1) < word_at(i));
    for (char c : word) CHECK((c >= 'a' && c <= 'z'));
  }
}

TEST_CASE("a word is known by four letters, in any case, with accents") {
  CHECK(word_typed("gira") == word_typed("GIRASOL"));
  CHECK(word_typed("Girasol") == "girasol");
  CHECK(word_typed("jabón") == word_typed("jabo"));
  CHECK_FALSE(word_typed("gir"));
  CHECK_FALSE(word_typed("girasoles"));
  CHECK_FALSE(word_typed("zzzz"));
}

TEST_CASE("bits become words from the top") {
  Bytes bits{0x00, 0x00, 0x1f, 0xfc, 0x00};
  CHECK(words_for(bits, 2) == std::string(word_at(0)) + " " + std::string(word_at(1)));
  CHECK(words_for(bits, 3) == words_for(bits, 2) + " " + std::string(word_at(1023)));
}

TEST_CASE("a passphrase of our words has one form; others stay as they are") {
  std::string full = std::string(word_at(3)) + " " + std::string(word_at(700));
  std::string shortened = "  " + full.substr(0, 4) + "-" + std::string(word_at(700)).substr(0, 4) + "\n";
  CHECK(normalized_passphrase(shortened) == full);
  CHECK(normalized_passphrase("Mi propia frase, muy larga") == "Mi propia frase, muy larga");
}
