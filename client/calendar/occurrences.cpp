#include "client/calendar/occurrences.h"

#include <algorithm>
#include <map>
#include <optional>

#include "client/calendar/recurrence.h"

namespace encuentro::client::calendar {
namespace {

constexpr std::int64_t day_s = 86400;

LocalSeconds day_start(LocalSeconds local) { return local - ((local % day_s) + day_s) % day_s; }

// How long a VEVENT lasts: DTEND counts as exact, a DURATION's days follow the clock on the wall.
struct Span {
  std::int64_t exact_s = 0;
  std::int64_t days = 0;
};

Result<Span> span_of(const Component& event, const Moment& start, ZoneBook& zones) {
  if (const ContentLine* line = event.find("DTEND")) {
    TRY(Moment end, moment_of(*line));
    if (start.date) return Span{0, (end.local - start.local) / day_s};
    TRY(UtcSeconds start_utc, zones.utc(start));
    TRY(UtcSeconds end_utc, zones.utc(end));
    return Span{end_utc - start_utc, 0};
  }
  if (const ContentLine* line = event.find("DURATION")) {
    TRY(Length length, parse_length(line->value));
    return start.date ? Span{0, std::max<std::int64_t>(1, length.days)} : Span{length.seconds, length.days};
  }
  return Span{0, start.date ? 1 : 0};
}

// An exception, or the change of all from a date on.
struct Override {
  const Component* event;
  Moment id, start;
  UtcSeconds key;
  bool onwards;
};

class Series {
 public:
  Series(const EventObject& object, ZoneBook& zones) : object_(object), zones_(zones) {}

  Result<Occurrences> within(UtcSeconds from, UtcSeconds to);

 private:
  // One number for each date of the series, however a line names it: the instant, or the day of an all-day series. A
  // day that stands for a time (EXDATE;VALUE=DATE, as some programs write) takes the time of the series.
  Result<UtcSeconds> key_of(const Moment& moment) {
    if (start_.date) {
      if (moment.date) return moment.local;
      TRY(const Zone* zone, zones_.zone_of(moment));
      TRY(UtcSeconds utc, zones_.utc(moment));
      return day_start(zone->local(utc));
    }
    if (!moment.date) return zones_.utc(moment);
    return zone_->utc(moment.local + (start_.local - day_start(start_.local)));
  }

  Status read_overrides();
  Status collect_dates(LocalSeconds last);
  Status leave_out(LocalSeconds last);
  Result<Occurrence> made(const Moment& id, UtcSeconds key);
  Result<Occurrence> placed(const Component& event, const Moment& id, Moment start, const Span& span);

  const EventObject& object_;
  ZoneBook& zones_;
  Moment start_;
  const Zone* zone_ = nullptr;
  std::vector<Override> overrides_;       // by their keys
  std::map<UtcSeconds, Moment> dates_;    // the series' dates by key
  std::map<UtcSeconds, Span> own_spans_;  // of RDATE's periods
  bool cut_ = false;
};

Status Series::read_overrides() {
  for (const Component* event : object_.overrides()) {
    TRY(Moment id, moment_of(*event->find("RECURRENCE-ID")));
    TRY(Moment start, moment_of(*event->find("DTSTART")));
    TRY(UtcSeconds key, key_of(id));
    bool onwards = same_name(event->find("RECURRENCE-ID")->parameter("RANGE"), "THISANDFUTURE");
    overrides_.push_back({event, id, start, key, onwards});
  }
  std::stable_sort(overrides_.begin(), overrides_.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return {};
}

// RRULE and RDATE; the start itself where there is no rule (with one, the rule says whether it counts).
Status Series::collect_dates(LocalSeconds last) {
  const Component& master = object_.master();
  auto put = [&](LocalSeconds local) -> Status {
    Moment id = start_;
    id.local = local;
    TRY(UtcSeconds key, key_of(id));
    dates_.emplace(key, id);
    return {};
  };
  auto rules = master.all("RRULE");
  if (rules.empty()) TRY_OK(put(start_.local));
  for (const ContentLine* rule : rules) {
    TRY(RuleDates dates, rule_dates(rule->value, start_, *zone_, last));
    cut_ = cut_ || dates.cut;
    for (LocalSeconds local : dates.dates) TRY_OK(put(local));
  }
  for (const ContentLine* line : master.all("RDATE")) {
    TRY(auto periods, periods_of(*line));
    for (const Period& period : periods) {
      TRY(UtcSeconds key, key_of(period.start));
      Moment id = start_;
      id.local = start_.date ? key : zone_->local(key);
      dates_.emplace(key, id);
      if (period.length_s) own_spans_[key] = {*period.length_s, 0};
      if (period.end) {
        TRY(UtcSeconds end, zones_.utc(*period.end));
        own_spans_[key] = {end - key, 0};
      }
    }
  }
  return {};
}

// EXDATE, and EXRULE of older files.
Status Series::leave_out(LocalSeconds last) {
  const Component& master = object_.master();
  for (const ContentLine* line : master.all("EXDATE")) {
    TRY(auto periods, periods_of(*line));
    for (const Period& period : periods) {
      TRY(UtcSeconds key, key_of(period.start));
      dates_.erase(key);
    }
  }
  for (const ContentLine* rule : master.all("EXRULE")) {
    TRY(RuleDates dates, rule_dates(rule->value, start_, *zone_, last));
    for (LocalSeconds local : dates.dates) {
      Moment id = start_;
      id.local = local;
      TRY(UtcSeconds key, key_of(id));
      dates_.erase(key);
    }
  }
  return {};
}

Result<Occurrence> Series::placed(const Component& event, const Moment& id, Moment start, const Span& span) {
  Occurrence occurrence{&event, id, start, start, 0, 0};
  TRY(const Zone* zone, zones_.zone_of(start));
  occurrence.start_utc = zone->utc(start.local);
  // Whole days on the wall clock first, then the exact rest.
  occurrence.end_utc = zone->utc(start.local + span.days * day_s) + span.exact_s;
  occurrence.end.local = start.date ? start.local + span.days * day_s : zone->local(occurrence.end_utc);
  return occurrence;
}

// A date of the series as the change in force there has it.
Result<Occurrence> Series::made(const Moment& id, UtcSeconds key) {
  const Override* change = nullptr;
  for (const Override& one : overrides_) {
    if (one.onwards && one.key <= key) change = &one;
  }
  if (change == nullptr) {
    auto own = own_spans_.find(key);
    TRY(Span span, own == own_spans_.end() ? span_of(object_.master(), start_, zones_) : Result<Span>(own->second));
    return placed(object_.master(), id, id, span);
  }
  TRY(Span span, span_of(*change->event, change->start, zones_));
  // As far from its date as the first one was moved, on the clock the change is written in.
  Moment start = change->start;
  TRY(const Zone* zone, zones_.zone_of(start));
  LocalSeconds first = start_.date || start.date ? change->id.local : zone->local(change->key);
  LocalSeconds here = start_.date || start.date ? id.local : zone->local(key);
  start.local += here - first;
  return placed(*change->event, id, start, span);
}

bool touches(const Occurrence& o, UtcSeconds from, UtcSeconds to) {
  return o.start_utc < to && (o.end_utc > from || (o.end_utc == o.start_utc && o.start_utc >= from));
}

Result<Occurrences> Series::within(UtcSeconds from, UtcSeconds to) {
  TRY(start_, moment_of(*object_.master().find("DTSTART")));
  TRY(zone_, zones_.zone_of(start_));
  TRY_OK(read_overrides());
  // Dates that a change moves back into the window lie after it.
  std::int64_t moved_back_s = 0;
  for (const Override& one : overrides_) {
    if (one.onwards) moved_back_s = std::max(moved_back_s, one.id.local - one.start.local);
  }
  if (object_.has_series()) {
    LocalSeconds last = std::max(zone_->local(to), start_.local) + day_s + moved_back_s;
    TRY_OK(collect_dates(last));
    TRY_OK(leave_out(last));
  }
  Occurrences found;
  found.cut = cut_;
  auto keep = [&](Occurrence occurrence) {
    if (touches(occurrence, from, to) && !is_cancelled(*occurrence.event)) found.list.push_back(std::move(occurrence));
  };
  for (const Override& one : overrides_) {
    dates_.erase(one.key);
    TRY(Span span, span_of(*one.event, one.start, zones_));
    TRY(Occurrence occurrence, placed(*one.event, one.id, one.start, span));
    keep(std::move(occurrence));
  }
  for (const auto& [key, id] : dates_) {
    TRY(Occurrence occurrence, made(id, key));
    keep(std::move(occurrence));
  }
  std::stable_sort(found.list.begin(), found.list.end(),
                   [](const auto& a, const auto& b) { return a.start_utc < b.start_utc; });
  return found;
}

}  // namespace

Result<Occurrences> occurrences(const EventObject& object, ZoneBook& zones, UtcSeconds from, UtcSeconds to) {
  return Series(object, zones).within(from, to);
}

Result<Occurrence> first_occurrence(const EventObject& object, ZoneBook& zones) {
  const Component& event = object.master();
  TRY(Moment start, moment_of(*event.find("DTSTART")));
  TRY(Span span, span_of(event, start, zones));
  TRY(const Zone* zone, zones.zone_of(start));
  Occurrence first{&event, start, start, start, zone->utc(start.local), 0};
  first.end_utc = zone->utc(start.local + span.days * day_s) + span.exact_s;
  first.end.local = start.date ? start.local + span.days * day_s : zone->local(first.end_utc);
  return first;
}

std::vector<UtcSeconds> reminders(const Occurrence& occurrence, ZoneBook& zones) {
  std::vector<UtcSeconds> due;
  for (const Component& child : occurrence.event->children) {
    const ContentLine* trigger = same_name(child.name, "VALARM") ? child.find("TRIGGER") : nullptr;
    if (trigger == nullptr) continue;
    if (auto length = parse_length(trigger->value)) {
      bool from_end = same_name(trigger->parameter("RELATED"), "END");
      UtcSeconds from = from_end ? occurrence.end_utc : occurrence.start_utc;
      due.push_back(from + length->days * day_s + length->seconds);
    } else if (auto moment = moment_of(*trigger)) {
      if (auto at = zones.utc(*moment)) due.push_back(*at);
    }
  }
  std::sort(due.begin(), due.end());
  return due;
}

}  // namespace encuentro::client::calendar
