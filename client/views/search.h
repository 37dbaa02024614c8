// Search over everything this device holds: messages, announcements, events, the names, notes and comments of
// documents, with edits and withdrawals taken into account. What is inside a document's file isn't held and isn't
// searched.
#pragma once

#include "client/views/conversation.h"
#include "client/views/search_index.h"

namespace encuentro::client::views {

enum class FoundKind : std::uint8_t { message = 1, announcement = 2, event = 3, document = 4, comment = 5 };

struct SearchEntry {
  ChannelId channel;
  RecordId id;  // of the item, event or document; of a comment: the document's
  FoundKind kind{};
  Author author;
  Timestamp time;
  std::string title;
  std::string text;
};

class Search {
 public:
  explicit Search(const core::Core& core);

  // Those that hold every word (search_index.h), newest first. Valid as long as the search is.
  std::vector<const SearchEntry*> find(std::string_view query);
  std::size_t size() const { return entries_.size(); }

 private:
  std::vector<SearchEntry> entries_;
  SearchIndex index_;
};

// A line of the entry's text around the first word of the query, at most `bytes_max` long, at whole characters.
std::string excerpt(std::string_view text, std::string_view query, std::size_t bytes_max);

}  // namespace encuentro::client::views
