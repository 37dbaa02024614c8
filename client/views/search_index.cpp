#include "client/views/search_index.h"

#include <algorithm>

#include "client/views/search_words.h"
#include "protocol/base/sorting.h"

namespace encuentro::client::views {

std::uint32_t SearchIndex::word_of(std::string_view text) {
  if (auto known = by_text_.find(text); known != by_text_.end()) return known->second;
  auto place = static_cast<std::uint32_t>(words_.size());
  words_.push_back({std::string(text), {}});
  by_text_.emplace(text, place);
  by_stem_[search_stem(text)].push_back(place);
  return place;
}

void SearchIndex::add(std::uint32_t entry, std::string_view text) {
  entries_ = std::max(entries_, entry + 1);
  for (const SearchWord& word : search_words(text)) {
    auto& entries = words_[word_of(word.text)].entries;
    if (entries.empty() || entries.back() != entry) entries.push_back(entry);
  }
}

void SearchIndex::sort() {
  if (sorted_.size() == words_.size()) return;
  sorted_.resize(words_.size());
  for (std::uint32_t i = 0; i < sorted_.size(); ++i) sorted_[i] = i;
  put_in_order(sorted_, [this](std::uint32_t a, std::uint32_t b) { return words_[a].text < words_[b].text; });
}

SearchIndex::Words SearchIndex::matching(std::string_view word, bool unfinished) {
  Words found;
  if (auto forms = by_stem_.find(search_stem(word)); forms != by_stem_.end()) found = forms->second;
  if (!unfinished) return found;
  sort();
  auto first = std::lower_bound(sorted_.begin(), sorted_.end(), word,
                                [this](std::uint32_t a, std::string_view text) { return words_[a].text < text; });
  for (auto at = first; at != sorted_.end() && words_[*at].text.starts_with(word); ++at) found.push_back(*at);
  return found;
}

std::vector<std::uint32_t> SearchIndex::find(std::string_view query) {
  auto asked = search_words(query);
  if (asked.empty()) return {};
  // How many of the query's words each entry held so far, one after the other.
  std::vector<std::uint32_t> held(entries_, 0);
  for (std::uint32_t i = 0; i < asked.size(); ++i) {
    for (std::uint32_t word : matching(asked[i].text, i + 1 == asked.size())) {
      for (std::uint32_t entry : words_[word].entries) {
        if (held[entry] == i) held[entry] = i + 1;
      }
    }
  }
  std::vector<std::uint32_t> entries;
  for (std::uint32_t entry = 0; entry < entries_; ++entry) {
    if (held[entry] == asked.size()) entries.push_back(entry);
  }
  return entries;
}

}  // namespace encuentro::client::views
