// Search over everything this device holds: messages, announcements, events, initiatives, meetings with their
// decisions, the names, notes and comments of documents and, where this device had the file, the text inside, with
// edits and withdrawals taken into account.
#pragma once

#include "client/views/initiatives.h"
#include "client/views/search_index.h"

namespace encuentro::client::views {

enum class FoundKind : std::uint8_t {
  message = 1,
  announcement = 2,
  event = 3,
  document = 4,
  comment = 5,
  initiative = 6,
  meeting = 7,
};

struct SearchEntry {
  ChannelId channel;
  RecordId id;  // of the item, event or document; of a comment: the document's
  FoundKind kind{};
  Author author;
  Timestamp time;
  std::string title;
  std::string text;
};

// A channel's records and how to read them, and what waits to be sent there.
struct Searched {
  ChannelId channel;
  std::vector<const core::Record*> records;
  AuthorOf author_of;
  SeatOf seat_of;
  std::vector<SearchEntry> waiting = {};
  bool common = false;  // fold_initiatives
};
// The text inside a version's file; empty where none is held.
using TextOf = std::function<const std::string&(const RecordId&)>;

class Search {
 public:
  explicit Search(const core::Core& core);
  Search(std::span<const Searched> channels, const TextOf& text_of);

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
