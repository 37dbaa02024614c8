// When the events of a calendar take place, one after the other, and when their reminders are due.
#pragma once

#include "client/calendar/occurrences.h"
#include "client/cli/event_show.h"

namespace encuentro::client::cli {

// A window open at one end reaches this far; what recurs for ever has to end somewhere.
inline constexpr std::int64_t open_window_s = std::int64_t{366} * 86400;

struct Dated {
  const OpenedEvent* event;
  calendar::Occurrence at;  // where its `event` is nothing, none is known
  const calendar::Occurrence* date() const { return at.event != nullptr ? &at : nullptr; }
};

// Every date of every event in the window, by their times. What can't be expanded is told once, without a date. The
// events must outlive the answer.
std::vector<Dated> dates_within(const std::vector<OpenedEvent>& events, const calendar::Zone& reader,
                                calendar::UtcSeconds from, calendar::UtcSeconds to, Output& output);

struct Reminder {
  calendar::UtcSeconds due = 0;
  Dated of;
};
// Those due in [from, to), by when; of events that aren't called off, up to a year ahead.
std::vector<Reminder> reminders_within(const std::vector<OpenedEvent>& events, const Reader& reader,
                                       calendar::UtcSeconds from, calendar::UtcSeconds to, Output& output);
void show_reminder(const core::Core& core, const Reminder& reminder, const Reader& reader, Output& output);

// Tells reminders as they come due, for a verb that stays. What was due before it began is past.
class Reminding {
 public:
  Reminding(Session& session, Output& output);
  // Something in a calendar may have changed.
  void changed() { look_again_at_ = 0; }
  // Tells what is due by now; to be asked often.
  void look();

 private:
  Session& session_;
  Output& output_;
  calendar::UtcSeconds told_until_;
  calendar::UtcSeconds look_again_at_ = 0;
  std::vector<OpenedEvent> events_;
  std::vector<Reminder> ahead_;
};

}  // namespace encuentro::client::cli
