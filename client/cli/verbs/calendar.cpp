// event list, month, show, reminders, import, export
#include <set>

#include "client/cli/body.h"
#include "client/cli/calendar_files.h"
#include "client/cli/clock.h"
#include "client/cli/event_dates.h"
#include "client/cli/month_grid.h"
#include "client/cli/resolve.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"
#include "client/cli/word_checks.h"

namespace encuentro::client::cli {
namespace {

using calendar::Occurrence;
using calendar::UtcSeconds;
using calendar::ZoneBook;

constexpr std::int64_t day_s = 86400;

struct WindowOptions {
  std::string channel, from, to, zone, month, within = "1d";
  bool upcoming = false;
};

Result<std::vector<OpenedEvent>> asked_events(Session& session, const std::string& channel) {
  std::optional<ChannelId> only;
  if (!channel.empty()) {
    TRY(only, open_channel_named(session.core(), channel));
  }
  return opened_events(session.core(), only);
}

// Each event once, at its first date, by these; what can't be read comes last.
std::vector<Dated> first_dates(const std::vector<OpenedEvent>& events, const calendar::Zone& reader) {
  std::vector<Dated> all;
  for (const OpenedEvent& event : events) {
    all.push_back({&event, {}});
    if (!event.object) continue;
    ZoneBook zones(event.object->calendar(), reader);
    if (auto first = calendar::first_occurrence(*event.object, zones)) all.back().at = std::move(*first);
  }
  std::stable_sort(all.begin(), all.end(), [](const Dated& a, const Dated& b) {
    return (a.date() ? a.at.start_utc : INT64_MAX) < (b.date() ? b.at.start_utc : INT64_MAX);
  });
  return all;
}

Status list(const WindowOptions& options, Session& session, Output& output) {
  TRY(Reader reader, reader_of(session.core(), options.zone));
  TRY(auto events, asked_events(session, options.channel));
  auto from = parse_window(options.from, reader.zone), to = parse_window(options.to, reader.zone);
  if (to && options.to.size() == 10) *to += day_s;  // the last day too
  std::vector<Dated> dated;
  if (options.upcoming) {
    UtcSeconds current = now().ms / 1000;
    dated = dates_within(events, reader.zone, current, current + open_window_s, output);
    std::set<RecordId> told;
    std::erase_if(dated, [&](const Dated& one) {
      return one.event->event.cancelled() || !told.insert(one.event->event.id).second;
    });
  } else if (from || to) {
    UtcSeconds end = to ? *to : from.value_or(0) + open_window_s;
    dated = dates_within(events, reader.zone, from.value_or(end - open_window_s), end, output);
  } else {
    dated = first_dates(events, reader.zone);
  }
  for (const Dated& one : dated) {
    const Occurrence* at = one.date();
    output.line(json_of(session.core(), *one.event, at, reader),
                text_of(session.core(), *one.event, at, reader, output.words()) + "\n");
  }
  if (dated.empty()) output.say("calendar.empty");
  return in_order(session.core());
}

Status month(const WindowOptions& options, Session& session, Output& output) {
  TRY(Reader reader, reader_of(session.core(), options.zone));
  auto shown = options.month.empty() ? Month::of(reader.zone.local(now().ms / 1000)) : Month::parse(options.month);
  if (!shown) return fail(Code::malformed, "month");
  TRY(auto events, asked_events(session, options.channel));
  UtcSeconds from = reader.zone.utc(shown->first_day()), to = reader.zone.utc(shown->end());
  auto dated = dates_within(events, reader.zone, from, to, output);
  MonthGrid grid(*shown);
  for (const Dated& one : dated) {
    const Occurrence& at = one.at;
    bool days = at.start.date;
    calendar::LocalSeconds last =
        days ? at.end.local - day_s : reader.zone.local(at.end_utc - (at.end_utc > at.start_utc));
    grid.mark(days ? at.start.local : reader.zone.local(at.start_utc), last);
  }
  std::string text = grid.text(output.words());
  if (!output.json()) output.line(nlohmann::json::object(), text);
  for (const Dated& one : dated) {
    output.line(json_of(session.core(), *one.event, one.date(), reader),
                text_of(session.core(), *one.event, one.date(), reader, output.words()));
  }
  return in_order(session.core());
}

Status show(const std::string& id, const std::string& zone, Session& session, Output& output) {
  TRY(Reader reader, reader_of(session.core(), zone));
  TRY(OpenedEvent event, event_named(session.core(), id));
  std::optional<Occurrence> first;
  if (event.object) {
    ZoneBook zones(event.object->calendar(), reader.zone);
    TRY(first, calendar::first_occurrence(*event.object, zones));
  }
  auto object = json_of(session.core(), event, first ? &*first : nullptr, reader);
  object["history"] = history_json(session.core(), event);
  std::string text = text_of(session.core(), event, first ? &*first : nullptr, reader, output.words());
  if (event.object && first) {
    std::string description = calendar::description_of(*first->event);
    if (!description.empty()) text += "\n\n" + description + "\n";
  }
  output.line(object, text + history_text(session.core(), event, output.words()));
  return {};
}

// Reminders due from now until `within` from now.
Status due(const WindowOptions& options, Session& session, Output& output) {
  TRY(Reader reader, reader_of(session.core(), options.zone));
  TRY(auto events, asked_events(session, options.channel));
  auto within = parse_duration(options.within);
  UtcSeconds from = now().ms / 1000, to = from + (within ? within->ms / 1000 : day_s);
  auto reminders = reminders_within(events, reader, from, to, output);
  for (const Reminder& one : reminders) show_reminder(session.core(), one, reader, output);
  if (reminders.empty()) output.say("calendar.no_reminders");
  return {};
}

// What became of one event of a file, and the record for it where there is one to write.
Result<std::optional<core::Sent>> import_one(const calendar::Component& component, const ChannelId& channel,
                                             Session& session) {
  TRY(auto object, calendar::EventObject::from(component));
  auto standing = views::calendar(session.core(), channel);
  auto same = std::find_if(standing.begin(), standing.end(), [&](const views::CalendarEvent& event) {
    return event.current().event.uid == object.uid();
  });
  TRY(auto event, record_for(object, same == standing.end() ? nullptr : &*same));
  if (!event) return std::optional<core::Sent>();
  content::Content content = content::content_of(*event);
  content.zone = calendar::local_zone_name();
  auto kind = static_cast<std::uint16_t>(content::Kind::event);
  TRY(auto outcome, session.run(core::Post{channel, kind, content::encode(content), {}}));
  const auto* sent = std::get_if<core::Sent>(&outcome);
  return sent != nullptr ? std::optional(*sent) : std::nullopt;
}

Status import_file(const ChannelId& channel, const std::string& text, Session& session, Output& output) {
  TRY(calendar::FileEvents file, calendar::events_of_file(text));
  std::size_t brought = 0, known = 0;
  Status worst;
  for (const calendar::Component& component : file.objects) {
    calendar::Component first;
    for (const auto& child : component.children) {
      if (calendar::same_name(child.name, "VEVENT")) first = child;
    }
    nlohmann::json object = {{"uid", first.value("UID")}, {"title", calendar::title_of(first)}};
    auto sent = import_one(component, channel, session);
    if (!sent) {
      object["refused"] = std::string(name(sent.error().code));
      object["rule"] = sent.error().rule;
      output.line(object, output.words().text("calendar.refused",
                                              {{"title", calendar::title_of(first)}, {"rule", sent.error().rule}}));
      worst = std::unexpected(sent.error());
      continue;
    }
    const std::optional<core::Sent>& written = *sent;
    ++(written ? brought : known);
    object["id"] = written ? hex(written->id.view()) : std::string();
    object["channel"] = hex(channel.view());
    object["seq"] = written ? written->seq.value : 0;
    object["unchanged"] = !written.has_value();
    output.line(object, calendar::title_of(first));
  }
  output.say("calendar.imported", {{"n", std::to_string(brought)}, {"known", std::to_string(known)}});
  if (file.others > 0) output.say("calendar.others", {{"n", std::to_string(file.others)}});
  return worst;
}

void add_list(CLI::App& event, Chosen& chosen) {
  using Verb = Status (*)(const WindowOptions&, Session&, Output&);
  auto add = [&](const char* name, Verb verb) {
    auto options = std::make_shared<WindowOptions>();
    CLI::App* sub = event.add_subcommand(name);
    sub->add_option("--zone", options->zone);
    sub->callback([options, verb, &chosen] {
      chosen.action = [options, verb](const Globals& globals, Output& output) {
        return with_session(globals, output, true, [&](Session& session) { return verb(*options, session, output); });
      };
    });
    return std::pair(sub, options);
  };
  auto [listed, list_options] = add("list", list);
  listed->add_option("CHANNEL", list_options->channel);
  listed->add_option("--from", list_options->from)->check(not_an_event_time);
  CLI::Option* last = listed->add_option("--to", list_options->to)->check(not_an_event_time);
  listed->add_flag("--upcoming", list_options->upcoming)->excludes("--from")->excludes(last);
  auto [shown, month_options] = add("month", month);
  shown->add_option("MONTH", month_options->month);
  shown->add_option("--channel", month_options->channel);
  auto [soon, due_options] = add("reminders", due);
  soon->add_option("CHANNEL", due_options->channel);
  soon->add_option("--within", due_options->within)->check(not_a_lead);
}

void add_files(CLI::App& event, Chosen& chosen) {
  struct Options {
    std::string channel, file;
  };
  auto in = std::make_shared<Options>();
  CLI::App* brought = event.add_subcommand("import");
  brought->add_option("CHANNEL", in->channel)->required();
  brought->add_option("FILE", in->file)->required();
  brought->callback([in, &chosen] {
    chosen.action = [in](const Globals& globals, Output& output) {
      auto text = read_calendar_file(in->file);
      if (!text) return output.error(text.error()), Exit::failed;
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(ChannelId channel, open_channel_named(session.core(), in->channel));
        return import_file(channel, *text, session, output);
      });
    };
  });
  auto out = std::make_shared<Options>();
  CLI::App* taken = event.add_subcommand("export");
  taken->add_option("CHANNEL", out->channel);
  taken->callback([out, &chosen] {
    chosen.action = [out](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(auto events, asked_events(session, out->channel));
        std::string title = out->channel.empty()
                                ? "Encuentro"
                                : session.core().title(events.empty() ? ChannelId() : events.front().channel);
        return write_calendar(calendar_text(events, title));
      });
    };
  });
}

}  // namespace

void add_calendar_verbs(CLI::App& event, Chosen& chosen) {
  add_list(event, chosen);
  add_files(event, chosen);
  struct Options {
    std::string id, zone;
  };
  auto options = std::make_shared<Options>();
  CLI::App* one = event.add_subcommand("show");
  one->add_option("ID", options->id)->required();
  one->add_option("--zone", options->zone);
  one->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true,
                          [&](Session& session) { return show(options->id, options->zone, session, output); });
    };
  });
}

}  // namespace encuentro::client::cli
