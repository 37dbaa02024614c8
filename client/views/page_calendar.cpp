#include "client/views/page_calendar.h"

#include "client/views/calendar.h"

namespace encuentro::client::views {
namespace {

constexpr std::uint8_t number_of(auto value) { return static_cast<std::uint8_t>(value); }

PageEventVersion page_version(const EventVersion& version, bool stands, Names& names) {
  PageEventVersion page{version.id,
                        names.author(version.author),
                        version.time,
                        number_of(version.event.act),
                        version.event.title,
                        {},
                        version.waiting,
                        version.displaced,
                        {}};
  if (stands || version.displaced) page.calendar = version.event.calendar;
  if (stands) page.files = page_files(version.event.attachments);
  return page;
}

PageEvent page_event(const CalendarEvent& event, const ChannelId& channel, Names& names) {
  PageEvent page;
  page.id = event.id;
  page.channel = channel;
  page.uid = event.current().event.uid;
  page.cancelled = event.cancelled();
  page.conflict = event.in_conflict();
  page.tips = event.tips();
  for (const EventVersion& version : event.versions) {
    page.versions.push_back(page_version(version, &version == &event.current(), names));
  }
  for (const PersonAnswer& answer : event.answers) {
    page.answers.push_back(
        {names.author(answer.author), answer.time, number_of(answer.attendance), answer.version == event.current().id});
  }
  for (const CountryAnswer& answer : event.countries) {
    page.countries.push_back({std::string(answer.country.text()), number_of(answer.attendance)});
  }
  return page;
}

}  // namespace

AskCalendar::Answer answer_to(const core::Core& core, const AskCalendar& question) {
  AskCalendar::Answer pages;
  if (!core.has_identity()) return pages;
  Names names(core);
  for (const ChannelId& id : core.channels()) {
    auto look = question.channel && *question.channel != id ? std::nullopt : core.channel(id);
    if (!look) continue;
    bool may_post = may_write(core, *look);
    for (const CalendarEvent& event : calendar(core, id)) {
      pages.push_back(page_event(event, id, names));
      pages.back().may_post = may_post;
    }
  }
  return pages;
}

}  // namespace encuentro::client::views
