#include "client/cli/event_dates.h"

#include <algorithm>

#include "client/cli/clock.h"

namespace encuentro::client::cli {
namespace {

// How far ahead a verb that stays looks at once.
constexpr std::int64_t look_ahead_s = 600;

}  // namespace

std::vector<Dated> dates_within(const std::vector<OpenedEvent>& events, const calendar::Zone& reader,
                                calendar::UtcSeconds from, calendar::UtcSeconds to, Output& output) {
  std::vector<Dated> all;
  for (const OpenedEvent& event : events) {
    if (!event.object) continue;
    calendar::ZoneBook zones(event.object->calendar(), reader);
    auto found = calendar::occurrences(*event.object, zones, from, to);
    if (!found || found->cut) output.say("calendar.cut", {{"title", event.event.current().event.title}});
    if (!found) continue;
    for (calendar::Occurrence& occurrence : found->list) all.push_back({&event, std::move(occurrence)});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Dated& a, const Dated& b) { return a.at.start_utc < b.at.start_utc; });
  return all;
}

std::vector<Reminder> reminders_within(const std::vector<OpenedEvent>& events, const Reader& reader,
                                       calendar::UtcSeconds from, calendar::UtcSeconds to, Output& output) {
  std::vector<Reminder> found;
  for (const Dated& one : dates_within(events, reader.zone, from, to + open_window_s, output)) {
    if (one.event->event.cancelled() || !one.event->object) continue;
    calendar::ZoneBook zones(one.event->object->calendar(), reader.zone);
    for (calendar::UtcSeconds at : calendar::reminders(one.at, zones)) {
      if (at >= from && at < to) found.push_back({at, one});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Reminder& a, const Reminder& b) { return a.due < b.due; });
  return found;
}

void show_reminder(const core::Core& core, const Reminder& reminder, const Reader& reader, Output& output) {
  auto object = json_of(core, *reminder.of.event, reminder.of.date(), reader);
  object["kind"] = "reminder";
  object["due"] = rfc3339(Timestamp{reminder.due * 1000});
  output.line(object, clock_text(reader.zone.local(reminder.due), output.words()) + "\n" +
                          text_of(core, *reminder.of.event, reminder.of.date(), reader, output.words()));
}

Reminding::Reminding(Session& session, Output& output)
    : session_(session), output_(output), told_until_(now().ms / 1000) {}

void Reminding::look() {
  calendar::UtcSeconds current = now().ms / 1000;
  auto reader = reader_of(session_.core(), "");
  if (!reader || current < told_until_) return;
  if (current >= look_again_at_) {
    events_ = opened_events(session_.core(), std::nullopt);
    look_again_at_ = current + look_ahead_s;
    ahead_ = reminders_within(events_, *reader, told_until_, look_again_at_, output_);
  }
  auto due = std::find_if(ahead_.begin(), ahead_.end(), [&](const Reminder& one) { return one.due > current; });
  for (auto one = ahead_.begin(); one != due; ++one) show_reminder(session_.core(), *one, *reader, output_);
  ahead_.erase(ahead_.begin(), due);
  told_until_ = current + 1;
}

}  // namespace encuentro::client::cli
