// Folds a channel's records into its calendar: who added, changed and cancelled which event, and who will be there.
// Rules of the fold, the same on every client:
//   - the version that stands is the last in the log, whoever wrote it;
//   - a version that another author had not seen when it was replaced is displaced: it is kept and shown beside the one
//     that stands, until somebody's change names both as what it was built on;
//   - additions of one UID are one event: it is named by the first, and found by the id of any;
//   - an answer is one a person, the last counts; a country attends if one of its people does, else is tentative if one
//     of them is, else declined;
//   - what can't be read as an event, or speaks of one that isn't there, changes nothing.
// The iCalendar object itself is opened elsewhere (client/calendar, the page).
#pragma once

#include "client/views/conversation.h"
#include "protocol/content/event.h"

namespace encuentro::client::views {

struct EventVersion {
  RecordId id;
  Seq seq;  // 0 while it waits
  Author author;
  Timestamp time;  // the author's clock
  content::Event event;
  bool waiting = false;    // in the outbox
  bool displaced = false;  // made at the same time as another, not taken up since
};

struct PersonAnswer {
  Author author;
  Timestamp time;
  RecordId version;  // the one that was answered
  content::Attendance attendance{};
};

struct CountryAnswer {
  roster::Country country;
  content::Attendance attendance{};
};

struct CalendarEvent {
  RecordId id;                         // the record that added it
  std::vector<EventVersion> versions;  // in the log's order; the last one stands
  std::vector<PersonAnswer> answers;   // in the order of each person's first
  std::vector<CountryAnswer> countries;

  const EventVersion& current() const { return versions.back(); }
  bool cancelled() const { return current().event.act == content::EventAct::cancel; }
  bool in_conflict() const;
  // The versions a further change is built on: the one that stands and those displaced; ascending.
  std::vector<RecordId> tips() const;
  const EventVersion* version(const RecordId& version_id) const;
};

// The records may come in any order: their places decide. Those of other kinds are passed over.
std::vector<CalendarEvent> fold_events(std::span<const core::Record* const> records, const AuthorOf& author_of);

// A channel's calendar as the core holds it, what waits in the outbox at its end.
std::vector<CalendarEvent> calendar(const core::Core& core, const ChannelId& channel);

}  // namespace encuentro::client::views
