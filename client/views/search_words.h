// Text as the search compares it: words in lower case without accents, and the stem that a word shares with its other
// forms. One stemmer serves Spanish and Portuguese, since a network's texts mix both and say not which: it takes off
// plurals, genders, the commonest verb endings, and brings -ción and -ção together. It may bring too much together;
// what it brings is always shown with its text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace encuentro::client::views {

struct SearchWord {
  std::string text;        // folded
  std::size_t offset = 0;  // of its first byte in the original
};

// Letters and digits of any script make words; Latin letters lose accents and case, combining marks fall away.
std::vector<SearchWord> search_words(std::string_view text);

// Of a folded word.
std::string search_stem(std::string_view word);

}  // namespace encuentro::client::views
