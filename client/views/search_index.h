// Which texts hold which words, in memory alone: it is made of what the profile holds and goes with the process, so
// nothing of it lies anywhere unsealed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace encuentro::client::views {

class SearchIndex {
 public:
  // Entries in ascending order; a text may come in several pieces.
  void add(std::uint32_t entry, std::string_view text);

  // Entries that hold every word of the query, ascending: a word counts in any form of its stem, the last one (which a
  // person may still be typing) also as the beginning of a word. Nothing for a query without words.
  std::vector<std::uint32_t> find(std::string_view query);

  std::size_t word_count() const { return words_.size(); }

 private:
  using Words = std::vector<std::uint32_t>;  // places in words_
  struct Word {
    std::string text;
    std::vector<std::uint32_t> entries;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::uint32_t word_of(std::string_view text);
  Words matching(std::string_view word, bool unfinished);
  void sort();

  std::vector<Word> words_;
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> by_text_;
  std::unordered_map<std::string, Words, Hash, std::equal_to<>> by_stem_;
  Words sorted_;  // by text; behind where words came since
  std::uint32_t entries_ = 0;
};

}  // namespace encuentro::client::views
