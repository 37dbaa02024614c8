#include "client/views/search.h"

#include <algorithm>
#include <array>
#include <set>

#include "client/views/calendar.h"
#include "client/views/documents.h"
#include "client/views/meetings.h"
#include "client/views/search_words.h"
#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

// What a person wrote into an iCalendar object: its texts, without what programs keep beside them.
std::string words_of_calendar(std::string_view object) {
  std::string unfolded;
  for (std::size_t i = 0; i < object.size(); ++i) {
    bool folded = object.substr(i).starts_with("\r\n ") || object.substr(i).starts_with("\r\n\t");
    if (folded)
      i += 2;
    else
      unfolded += object[i];
  }
  std::string words;
  for (std::size_t at = 0; at < unfolded.size();) {
    std::size_t end = std::min(unfolded.find("\r\n", at), unfolded.size());
    std::string_view line = std::string_view(unfolded).substr(at, end - at);
    at = end + 2;
    std::size_t colon = line.find(':');
    std::string_view name = line.substr(0, line.find_first_of(":;"));
    if (colon == std::string_view::npos || (name != "DESCRIPTION" && name != "LOCATION")) continue;
    for (std::size_t i = colon + 1; i < line.size(); ++i) {
      bool escape = line[i] == '\\' && i + 1 < line.size();
      if (escape) ++i;
      words += escape && (line[i] == 'n' || line[i] == 'N') ? ' ' : line[i];
    }
    words += '\n';
  }
  return words;
}

class Gathering {
 public:
  Gathering(const Searched& from, const TextOf& text_of, std::vector<SearchEntry>& entries)
      : from_(from), text_of_(text_of), entries_(entries) {}

  void all() {
    conversation();
    events();
    documents();
    initiatives();
    meetings();
  }

 private:
  void put(const RecordId& id, FoundKind kind, const Author& author, Timestamp time, std::string title,
           std::string text) {
    entries_.push_back({from_.channel, id, kind, author, time, std::move(title), std::move(text)});
  }

  void conversation() {
    for (Item& item : fold(from_.records, from_.author_of)) {
      auto kind = static_cast<content::Kind>(item.kind);
      bool written = kind == content::Kind::message || kind == content::Kind::announcement;
      if (item.reading != core::Reading::opened || item.withdrawn || !written) continue;
      std::string text = std::move(item.body);
      for (const content::Attachment& attachment : item.attachments) text += "\n" + attachment.name;
      FoundKind found = kind == content::Kind::message ? FoundKind::message : FoundKind::announcement;
      put(item.id, found, item.author, item.time, std::move(item.title), std::move(text));
    }
  }

  void events() {
    for (const CalendarEvent& event : fold_events(from_.records, from_.author_of)) {
      const EventVersion& version = event.current();
      put(event.id, FoundKind::event, version.author, version.time, version.event.title,
          words_of_calendar(version.event.calendar));
    }
  }

  void documents() {
    Library library = fold_documents(from_.records, from_.author_of);
    for (const Document& document : library.documents) {
      if (library.hidden(document)) continue;
      const Version& current = document.current();
      std::string text = library.path(document.folder);
      for (const Version& version : document.versions) {
        text += "\n" + version.name + "\n" + version.symbol + "\n" + version.note;
        for (const VersionComment& comment : version.comments) {
          put(document.id, FoundKind::comment, comment.author, comment.time, document.name, comment.text);
        }
      }
      for (const Version& version : document.versions) {
        if (version.head) text += "\n" + text_of_(version.id);
      }
      put(document.id, FoundKind::document, current.author, current.time, document.name, std::move(text));
    }
  }

  void initiatives() {
    for (const InitiativeEntry& entry : fold_initiatives(from_.records, from_.author_of, from_.seat_of, from_.common)) {
      const content::Initiative& words = entry.words();
      put(entry.id, FoundKind::initiative, entry.current().author, entry.current().time, words.title,
          words.theme + "\n" + words.text);
    }
  }

  void meetings() {
    for (const MeetingEntry& entry : fold_meetings(from_.records, from_.author_of)) {
      std::string text = entry.words.place + "\n" + entry.words.text;
      for (const MeetingDecision& decision : entry.decisions) text += "\n" + decision.title + "\n" + decision.text;
      put(entry.id, FoundKind::meeting, entry.convened_by, entry.time, entry.words.title, std::move(text));
    }
  }

  const Searched& from_;
  const TextOf& text_of_;
  std::vector<SearchEntry>& entries_;
};

std::vector<Searched> all_of(const core::Core& core) {
  std::vector<Searched> channels;
  for (const ChannelId& channel : core.channels()) {
    channels.push_back({channel, core.records(channel),
                        [&core](const core::Record& record) { return author_of(core, record); },
                        [&core](const core::Record& record, roster::Country country) {
                          return seat_then(core.roster(), record, country);
                        }});
    auto look = core.channel(channel);
    channels.back().common = look && !drafts_of(look->policy);
    for (core::Waiting& item : core.outbox(channel)) {
      auto kind = static_cast<content::Kind>(item.kind);
      bool message = kind == content::Kind::message;
      if (!message && kind != content::Kind::announcement) continue;
      Author author{core.self().device, core.self().member, {}, {}};
      channels.back().waiting.push_back({channel, item.id, message ? FoundKind::message : FoundKind::announcement,
                                         author, item.content.time, item.content.title, item.content.body});
    }
  }
  return channels;
}

bool inside_character(char byte) { return (static_cast<std::uint8_t>(byte) & 0xc0) == 0x80; }

// Where the first word stands that has a stem of the query's or begins as its last word; 0 where none does.
std::size_t place_in(std::string_view text, std::string_view query) {
  auto asked = search_words(query);
  std::set<std::string> stems;
  for (const SearchWord& word : asked) stems.insert(search_stem(word.text));
  for (const SearchWord& word : search_words(text)) {
    bool begun = !asked.empty() && word.text.starts_with(asked.back().text);
    if (begun || stems.contains(search_stem(word.text))) return word.offset;
  }
  return 0;
}

}  // namespace

Search::Search(const core::Core& core)
    : Search(all_of(core), [&core](const RecordId& version) -> const std::string& { return core.text_of(version); }) {}

Search::Search(std::span<const Searched> channels, const TextOf& text_of) {
  for (const Searched& channel : channels) {
    Gathering(channel, text_of, entries_).all();
    entries_.insert(entries_.end(), channel.waiting.begin(), channel.waiting.end());
  }
  // Their places follow their time, so that what is found needs no sorting.
  put_in_order(entries_, [](const SearchEntry& a, const SearchEntry& b) { return a.time > b.time; });
  std::uint32_t place = 0;
  for (const SearchEntry& entry : entries_) {
    index_.add(place, entry.title);
    index_.add(place++, entry.text);
  }
}

std::vector<const SearchEntry*> Search::find(std::string_view query) {
  std::vector<const SearchEntry*> found;
  for (std::uint32_t place : index_.find(query)) found.push_back(&entries_[place]);
  return found;
}

std::string excerpt(std::string_view text, std::string_view query, std::size_t bytes_max) {
  std::size_t place = place_in(text, query);
  std::size_t begin = place > bytes_max / 3 ? place - bytes_max / 3 : 0;
  while (begin > 0 && inside_character(text[begin])) --begin;
  std::size_t end = std::min(text.size(), begin + bytes_max);
  while (end > begin && end < text.size() && inside_character(text[end])) --end;
  std::string line = begin > 0 ? "… " : "";
  for (char c : text.substr(begin, end - begin)) line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  return end < text.size() ? line + " …" : line;
}

}  // namespace encuentro::client::views
