#include "client/cli/event_show.h"

#include <algorithm>

#include "client/calendar/difference.h"
#include "client/calendar/zone_names.h"
#include "client/cli/clock.h"

namespace encuentro::client::cli {
namespace {

using calendar::Occurrence;
using calendar::ZoneBook;
using content::Attendance;
using nlohmann::json;

std::string_view act_word(content::EventAct act) {
  return act == content::EventAct::add ? "add" : act == content::EventAct::change ? "change" : "cancel";
}

// An answer to an edition whose times were others says nothing about the one that stands.
bool answers_other_times(const views::CalendarEvent& event, const views::PersonAnswer& answer) {
  const views::EventVersion* answered = event.version(answer.version);
  if (answered == nullptr || answered->id == event.current().id) return false;
  auto before = calendar::EventObject::parse(answered->event.calendar);
  auto now_stands = calendar::EventObject::parse(event.current().event.calendar);
  if (!before || !now_stands) return true;
  auto found = calendar::differences(*before, *now_stands);
  return std::any_of(found.begin(), found.end(), [](const calendar::Difference& d) {
    for (std::string_view times : {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "VEVENT"}) {
      if (calendar::same_name(d.property, times)) return true;
    }
    return false;
  });
}

// By country, those without one at the end; each with its people.
json answers_json(const Telling& telling, const views::CalendarEvent& event) {
  json answers = json::array();
  auto people_of = [&](roster::Country country) {
    json people = json::array();
    for (const views::PersonAnswer& answer : event.answers) {
      if (answer.author.country != country) continue;
      people.push_back({{"member", hex(answer.author.member.view())},
                        {"name", author_name(telling, answer.author)},
                        {"answer", attendance_word(answer.attendance)},
                        {"time", rfc3339(answer.time)},
                        {"before_change", answers_other_times(event, answer)}});
    }
    return people;
  };
  for (const views::CountryAnswer& answer : event.countries) {
    answers.push_back({{"country", std::string(answer.country.text())},
                       {"answer", attendance_word(answer.attendance)},
                       {"people", people_of(answer.country)}});
  }
  json others = people_of({});
  for (const json& person : others) {
    answers.push_back({{"country", ""}, {"answer", person["answer"]}, {"people", json::array({person})}});
  }
  return answers;
}

std::string answers_text(const Telling& telling, const views::CalendarEvent& event, const Catalogue& words) {
  std::string text;
  for (Attendance attendance : {Attendance::attending, Attendance::tentative, Attendance::declined}) {
    std::string who;
    for (const views::CountryAnswer& answer : event.countries) {
      if (answer.attendance == attendance) who += (who.empty() ? "" : ", ") + std::string(answer.country.text());
    }
    for (const views::PersonAnswer& answer : event.answers) {
      if (!answer.author.country.none() || answer.attendance != attendance) continue;
      who += (who.empty() ? "" : ", ") + author_name(telling, answer.author);
    }
    if (who.empty()) continue;
    text += "\n  " + words.text("calendar." + std::string(attendance_word(attendance))) + ": " + who;
  }
  return text;
}

std::string deadline_text(const Occurrence& occurrence, ZoneBook& zones, const Reader& reader, const Catalogue& words) {
  auto capital = calendar::Zone::load(reader.capital);
  bool own_capital = !reader.capital.empty() && capital.has_value();
  std::string text;
  bool clock_differs = own_capital && reader.capital != zones.reader().name();
  if (clock_differs && !occurrence.start.date) {
    std::string time = clock_text(capital->local(occurrence.start_utc), words);
    text += "\n  " + words.text("calendar.in_capital", {{"time", time}, {"zone", reader.capital}});
  }
  const calendar::Zone& there = own_capital ? *capital : zones.reader();
  calendar::LocalSeconds local = occurrence.start.date ? occurrence.start.local : there.local(occurrence.start_utc);
  if (on_weekend(local)) text += "\n  " + words.text("calendar.weekend", {{"day", day_text(local, words)}});
  return text;
}

std::string difference_text(const calendar::Difference& d, const Catalogue& words) {
  std::string key = "calendar.property." + d.property;
  std::string what = words.has(key) ? words.text(key) : d.property;
  std::string date = d.date.empty() ? "" : " [" + d.date + "]";
  std::string from = d.before.empty() ? "—" : d.before, to = d.after.empty() ? "—" : d.after;
  return "    " + what + date + ": " + from + " → " + to;
}

// What an act changed of the first version it was built on.
std::vector<calendar::Difference> changes_of(const views::CalendarEvent& event, const views::EventVersion& version) {
  const views::EventVersion* parent = nullptr;
  for (const auto& candidate : event.versions) {
    bool named = std::binary_search(version.event.parents.begin(), version.event.parents.end(), candidate.id);
    if (named && candidate.id != version.id) parent = &candidate;
  }
  if (parent == nullptr) return {};
  auto before = calendar::EventObject::parse(parent->event.calendar);
  auto after = calendar::EventObject::parse(version.event.calendar);
  return before && after ? calendar::differences(*before, *after) : std::vector<calendar::Difference>();
}

void add_object_json(json& object, const calendar::EventObject& whole, const Occurrence& at, ZoneBook& zones,
                     const Reader& reader) {
  const calendar::Component& event = *at.event;
  auto zone = zones.zone_of(at.start);
  object["title"] = calendar::title_of(event);
  object["start"] = data_time(at.start, at.start_utc);
  object["end"] = data_time(at.end, at.end_utc);
  object["all_day"] = at.start.date;
  object["zone"] = at.start.date || !zone ? std::string() : (*zone)->name();
  object["where"] = calendar::place_of(event);
  object["link"] = calendar::link_of(event);
  object["description"] = calendar::description_of(event);
  object["date"] = value_text(at.id);
  if (whole.recurs()) object["rrule"] = whole.master().value("RRULE");
  json due = json::array();
  for (calendar::UtcSeconds utc : calendar::reminders(at, zones)) due.push_back(rfc3339(Timestamp{utc * 1000}));
  object["reminders"] = due;
  if (!calendar::is_deadline(event)) return;
  object["deadline"] = true;
  auto capital = calendar::Zone::load(reader.capital);
  const calendar::Zone& there = !reader.capital.empty() && capital ? *capital : zones.reader();
  object["capital_zone"] = there.name();
  calendar::LocalSeconds local = at.start.date ? at.start.local : there.local(at.start_utc);
  calendar::Moment shown;
  shown.local = local;
  object["capital_time"] = value_text(shown);
  object["weekend"] = on_weekend(local);
}

}  // namespace

std::string_view attendance_word(Attendance attendance) {
  return attendance == Attendance::attending  ? "attending"
         : attendance == Attendance::declined ? "declined"
                                              : "tentative";
}

Result<Reader> reader_of(const core::Core& core, const std::string& zone) {
  TRY(calendar::Zone own, calendar::Zone::load(zone.empty() ? calendar::local_zone_name() : zone));
  auto self = core.roster().newest().member(core.self().member);
  std::string country = self ? std::string(self->grant.country.text()) : std::string();
  return Reader{std::move(own), std::string(calendar::capital_zone(country))};
}

OpenedEvent opened(const ChannelId& channel, views::CalendarEvent event) {
  OpenedEvent one{channel, std::move(event), std::nullopt, Code::none};
  auto object = calendar::EventObject::parse(one.event.current().event.calendar);
  if (object) {
    one.object = std::move(*object);
  } else {
    one.problem = object.error().code;
  }
  return one;
}

std::vector<OpenedEvent> opened_events(const core::Core& core, const std::optional<ChannelId>& only) {
  std::vector<OpenedEvent> all;
  for (const ChannelId& id : core.channels()) {
    if (only && *only != id) continue;
    for (views::CalendarEvent& event : views::calendar(core, id)) all.push_back(opened(id, std::move(event)));
  }
  return all;
}

Result<OpenedEvent> event_named(const core::Core& core, std::string_view words) {
  std::vector<OpenedEvent> titled, begun;
  bool prefix = words.size() >= 4;
  for (OpenedEvent& one : opened_events(core, std::nullopt)) {
    bool by_id = prefix && std::any_of(one.event.versions.begin(), one.event.versions.end(), [&](const auto& version) {
                   return to_hex(version.id.view()).starts_with(words);
                 });
    if (by_id) {
      begun.push_back(std::move(one));
    } else if (!words.empty() && one.event.current().event.title == words) {
      titled.push_back(std::move(one));
    }
  }
  std::vector<OpenedEvent>& found = titled.empty() ? begun : titled;
  if (found.empty()) return fail(Code::not_found, "event");
  if (found.size() > 1) return fail(Code::ambiguous);
  return std::move(found.front());
}

json json_of(const Telling& telling, const OpenedEvent& opened, const Occurrence* occurrence, const Reader& reader) {
  const views::CalendarEvent& event = opened.event;
  const views::EventVersion& version = event.current();
  json object = {{"id", hex(event.id.view())},
                 {"channel", hex(opened.channel.view())},
                 {"channel_title", telling.title_of(opened.channel)},
                 {"seq", version.seq.value},
                 {"version", hex(version.id.view())},
                 {"uid", version.event.uid},
                 {"title", version.event.title},
                 {"start", nullptr},
                 {"end", nullptr},
                 {"zone", ""},
                 {"author", hex(event.versions.front().author.member.view())},
                 {"changed_by", hex(version.author.member.view())},
                 {"status", event.cancelled() ? "cancelled" : "confirmed"},
                 {"conflict", event.in_conflict()},
                 {"waiting", version.waiting},
                 {"answers", answers_json(telling, event)}};
  object["attachments"] = attachments_json(version.event.attachments);
  if (!opened.object) {
    object["problem"] = std::string(name(opened.problem));
    return object;
  }
  ZoneBook zones(opened.object->calendar(), reader.zone);
  if (occurrence != nullptr) add_object_json(object, *opened.object, *occurrence, zones, reader);
  return object;
}

std::string text_of(const Telling& telling, const OpenedEvent& opened, const Occurrence* occurrence,
                    const Reader& reader, const Catalogue& words) {
  const views::CalendarEvent& event = opened.event;
  std::string id = hex(event.id.view()).substr(0, 8);
  if (!opened.object || occurrence == nullptr) {
    return event.current().event.title + "  " + id + "\n  " + words.text("item.unreadable");
  }
  ZoneBook zones(opened.object->calendar(), reader.zone);
  const calendar::Component& shown = *occurrence->event;
  std::string text = span_text(*occurrence, zones, words) + "\n  " + calendar::title_of(shown) + "  · " +
                     telling.title_of(opened.channel) + "  " + id;
  if (event.cancelled()) text += "  " + words.text("calendar.cancelled");
  if (event.current().waiting) text += "  " + words.text("item.waiting");
  if (std::string place = calendar::place_of(shown); !place.empty()) text += "\n  " + place;
  if (std::string link = calendar::link_of(shown); !link.empty()) text += "\n  " + link;
  if (calendar::is_deadline(shown)) text += deadline_text(*occurrence, zones, reader, words);
  for (const content::Attachment& file : event.current().event.attachments) text += "\n  + " + file.name;
  text += answers_text(telling, event, words);
  if (event.in_conflict()) text += "\n  " + words.text("calendar.conflict");
  return text;
}

json history_json(const Telling& telling, const OpenedEvent& opened) {
  json history = json::array();
  for (const views::EventVersion& version : opened.event.versions) {
    json changes = json::array();
    for (const calendar::Difference& d : changes_of(opened.event, version)) {
      changes.push_back({{"property", d.property}, {"date", d.date}, {"before", d.before}, {"after", d.after}});
    }
    history.push_back({{"version", hex(version.id.view())},
                       {"seq", version.seq.value},
                       {"act", act_word(version.event.act)},
                       {"author", hex(version.author.member.view())},
                       {"name", author_name(telling, version.author)},
                       {"country", std::string(version.author.country.text())},
                       {"time", rfc3339(version.time)},
                       {"displaced", version.displaced},
                       {"title", version.event.title},
                       {"changes", changes}});
  }
  return history;
}

std::string history_text(const Telling& telling, const OpenedEvent& opened, const Catalogue& words) {
  std::string text;
  for (const views::EventVersion& version : opened.event.versions) {
    std::string who = author_name(telling, version.author);
    if (!version.author.country.none()) who += " (" + std::string(version.author.country.text()) + ")";
    text += "\n  " + telling.time_text(version.time) + "  " + who + "  " +
            words.text("calendar.act." + std::string(act_word(version.event.act)));
    if (version.displaced) text += "  " + words.text("calendar.displaced");
    for (const calendar::Difference& d : changes_of(opened.event, version)) text += "\n" + difference_text(d, words);
  }
  return text;
}

}  // namespace encuentro::client::cli
