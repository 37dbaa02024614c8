#include "client/views/calendar.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

using content::Attendance;
using content::EventAct;
using content::Kind;
using core::Reading;
using core::Record;

// Events in the making, found by the record of any addition and by UID.
class Fold {
 public:
  void event(const Record& record, const Author& author) {
    auto read = content::event_of(record.content);
    if (!read) return;
    EventVersion version{record.id, record.seq, author, record.content.time, std::move(*read), false, false};
    if (version.event.act == EventAct::add) {
      add(std::move(version));
    } else if (version.event.event) {
      CalendarEvent* found = find(*version.event.event);
      if (found != nullptr) found->versions.push_back(std::move(version));
    }
  }

  void answer(const Record& record, const Author& author) {
    auto read = content::event_answer_of(record.content);
    CalendarEvent* found = read ? find(read->event) : nullptr;
    if (found == nullptr) return;
    PersonAnswer answer{author, record.content.time, read->version, read->attendance};
    auto same = [&](const PersonAnswer& a) { return a.author.member == author.member; };
    auto earlier = std::find_if(found->answers.begin(), found->answers.end(), same);
    if (earlier == found->answers.end()) {
      found->answers.push_back(answer);
    } else {
      *earlier = answer;
    }
  }

  std::vector<CalendarEvent> take();

 private:
  CalendarEvent* find(const RecordId& id) {
    auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &events_[found->second];
  }

  void add(EventVersion version) {
    auto [known, fresh] = by_uid_.try_emplace(version.event.uid, events_.size());
    by_id_.try_emplace(version.id, known->second);
    if (fresh) {
      events_.push_back({});
      events_.back().id = version.id;
    }
    events_[known->second].versions.push_back(std::move(version));
  }

  std::vector<CalendarEvent> events_;
  std::unordered_map<RecordId, std::size_t> by_id_;
  std::map<std::string, std::size_t, std::less<>> by_uid_;
};

// A version is taken up when a later one names it. A second addition that says the same displaces nothing.
void mark_displaced(CalendarEvent& event) {
  for (std::size_t i = 0; i + 1 < event.versions.size(); ++i) {
    EventVersion& version = event.versions[i];
    auto names_it = [&](const EventVersion& later) {
      return std::binary_search(later.event.parents.begin(), later.event.parents.end(), version.id);
    };
    bool taken_up =
        std::any_of(event.versions.begin() + static_cast<std::ptrdiff_t>(i) + 1, event.versions.end(), names_it);
    const content::Event& stands = event.current().event;
    bool same = version.event.calendar == stands.calendar && version.event.attachments == stands.attachments;
    version.displaced = !taken_up && !same;
  }
}

// Attending counts before tentative before declined, whatever came last: somebody of the country will be there.
int weight(Attendance attendance) {
  return attendance == Attendance::attending ? 2 : attendance == Attendance::tentative ? 1 : 0;
}

void count_countries(CalendarEvent& event) {
  for (const PersonAnswer& answer : event.answers) {
    roster::Country country = answer.author.country;
    if (country.none()) continue;
    auto before = [](const CountryAnswer& a, roster::Country code) { return a.country < code; };
    auto place = std::lower_bound(event.countries.begin(), event.countries.end(), country, before);
    if (place == event.countries.end() || place->country != country) {
      event.countries.insert(place, {country, answer.attendance});
    } else if (weight(answer.attendance) > weight(place->attendance)) {
      place->attendance = answer.attendance;
    }
  }
}

std::vector<CalendarEvent> Fold::take() {
  for (CalendarEvent& event : events_) {
    mark_displaced(event);
    count_countries(event);
  }
  return std::move(events_);
}

bool of_calendar(Kind kind) { return kind == Kind::event || kind == Kind::event_answer; }

// What waits stands after everything in the log, in the outbox's order.
std::vector<Record> waiting_records(const core::Core& core, const ChannelId& channel) {
  std::vector<Record> records;
  for (const core::Waiting& waiting : core.outbox(channel)) {
    if (waiting.refused != Code::none) continue;
    Record record;
    record.seq = Seq{UINT64_MAX};
    record.id = waiting.id;
    record.device = core.self().device;
    record.member = core.self().member;
    record.roster_seq = core.roster().head().seq;
    record.reading = Reading::opened;
    record.kind = waiting.kind;
    record.content = waiting.content;
    records.push_back(std::move(record));
  }
  return records;
}

}  // namespace

bool CalendarEvent::in_conflict() const {
  return std::any_of(versions.begin(), versions.end(), [](const EventVersion& v) { return v.displaced; });
}

std::vector<RecordId> CalendarEvent::tips() const {
  std::vector<RecordId> ids = {current().id};
  for (const EventVersion& version : versions) {
    if (version.displaced && ids.size() < content::event_parents_max) ids.push_back(version.id);
  }
  put_in_order(ids);
  return ids;
}

const EventVersion* CalendarEvent::version(const RecordId& version_id) const {
  auto found = std::find_if(versions.begin(), versions.end(), [&](const auto& v) { return v.id == version_id; });
  return found == versions.end() ? nullptr : &*found;
}

std::vector<CalendarEvent> fold_events(std::span<const Record* const> records, const AuthorOf& author_of) {
  Fold fold;
  for (const Record* record : opened(records, of_calendar)) {
    Author author = author_of(*record);
    static_cast<Kind>(record->kind) == Kind::event ? fold.event(*record, author) : fold.answer(*record, author);
  }
  return fold.take();
}

std::vector<CalendarEvent> calendar(const core::Core& core, const ChannelId& channel) {
  auto records = core.records(channel);
  auto waiting = waiting_records(core, channel);
  for (const Record& record : waiting) records.push_back(&record);
  auto events = fold_events(records, [&](const Record& record) { return author_of(core, record); });
  for (CalendarEvent& event : events) {
    for (EventVersion& version : event.versions) {
      if (version.seq.value != UINT64_MAX) continue;
      version.waiting = true;
      version.seq = Seq{};
    }
  }
  return events;
}

}  // namespace encuentro::client::views
