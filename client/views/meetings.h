// Folds a channel's records into its meetings. Rules of the fold, the same on every client:
//   - the Secretariat and the host country's focal points convene, change, put documents before it and record
//   decisions;
//   - the Secretariat says which countries were there; a country's focal point adds its own;
//   - the words that stand are the last in the log; a document counts once; decisions are numbered as they came;
//   - what can't be read, or speaks of a meeting that isn't there, changes nothing.
#pragma once

#include <set>

#include "client/views/conversation.h"
#include "protocol/content/meeting.h"

namespace encuentro::client::views {

struct MeetingDecision {
  RecordId id;
  Author author;
  Timestamp time;
  std::string title;
  std::string text;
};

struct MeetingEntry {
  RecordId id;
  Author convened_by;
  Timestamp time;
  bool changed = false;
  content::Meeting words;           // as they stand: host, days, place, title, agenda
  std::set<std::string> countries;  // that were there
  std::vector<RecordId> documents;
  std::vector<MeetingDecision> decisions;
};

// The records may come in any order. By start, then id.
std::vector<MeetingEntry> fold_meetings(std::span<const core::Record* const> records, const AuthorOf& author_of);
std::vector<MeetingEntry> meetings(const core::Core& core, const ChannelId& channel);

// Whether this person may convene or change a meeting of that host.
bool may_convene(const Author& author, std::string_view host);

}  // namespace encuentro::client::views
