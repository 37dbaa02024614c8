// event add, change, cancel, answer
#include "client/calendar/event_edit.h"
#include "client/calendar/recurrence.h"
#include "client/cli/attaching.h"
#include "client/cli/calendar_files.h"
#include "client/cli/clock.h"
#include "client/cli/resolve.h"
#include "client/cli/verb.h"
#include "client/cli/word_checks.h"
#include "protocol/crypto/system_random.h"

namespace encuentro::client::cli {
namespace {

struct EventOptions {
  std::string channel, id, title, start, end, zone, rule, place, link, description, date;
  std::vector<std::string> remind, attach, agenda;
  bool deadline = false, no_deadline = false, onwards = false;
  CLI::App* verb = nullptr;

  bool said(const char* option) const { return verb->count(option) > 0; }
};

constexpr std::int64_t day_s = 86400;
constexpr std::int64_t hour_s = 3600;
constexpr std::size_t uid_random_bytes = 16;

calendar::UtcSeconds now_s() { return now().ms / 1000; }

Result<std::optional<calendar::Moment>> time_of(const EventOptions& options, const char* option,
                                                const std::string& text, const std::string& zone) {
  if (!options.said(option)) return std::optional<calendar::Moment>();
  auto moment = parse_event_time(text, zone);
  if (!moment) return fail(Code::malformed, option);
  return moment;
}

// The options as they were said; `zone` is the clock the times are on.
Result<calendar::EventWords> words_of(const EventOptions& options, const std::string& zone) {
  calendar::EventWords words;
  if (options.said("--title")) words.title = options.title;
  if (options.said("--where")) words.place = options.place;
  if (options.said("--link")) words.link = options.link;
  if (options.said("--description")) words.description = options.description;
  if (options.said("--rrule")) words.rule = options.rule;
  if (options.deadline || options.no_deadline) words.deadline = options.deadline;
  TRY(words.start, time_of(options, "--start", options.start, zone));
  TRY(words.end, time_of(options, "--end", options.end, zone));
  // Whoever says "from the 1st to the 3rd" means the 3rd too; in the object the end is the day after.
  if (words.end && words.end->date) words.end->local += day_s;
  if (options.said("--remind")) {
    words.reminders_s.emplace();
    for (const std::string& text : options.remind) {
      auto before = parse_duration(text);
      if (!before) return fail(Code::malformed, "--remind");
      words.reminders_s->push_back(before->ms / 1000);
    }
  }
  return words;
}

std::string zone_or_own(const std::string& zone) { return zone.empty() ? calendar::local_zone_name() : zone; }

Status post(Session& session, const ChannelId& channel, content::Kind kind, content::Content content,
            const Globals& globals, Output& output) {
  content.zone = calendar::local_zone_name();
  TRY(auto outcome,
      session.run(core::Post{channel, static_cast<std::uint16_t>(kind), content::encode(content), {}}, globals.wait));
  show_sent(output, outcome);
  return {};
}

// Files of this machine, and the agenda: documents of the event's channel.
Result<std::vector<content::Attachment>> attachments_of(const EventOptions& options, Session& session, Output& output,
                                                        const Globals& globals, const ChannelId& channel) {
  std::vector<content::Attachment> agenda;
  for (const std::string& words : options.agenda) {
    TRY(content::Attachment document, attached_document(session.core(), channel, words));
    agenda.push_back(std::move(document));
  }
  TRY(auto attachments, attach(session, output, globals, channel, options.attach));
  attachments.insert(attachments.begin(), agenda.begin(), agenda.end());
  return attachments;
}

// A deadline on a Saturday or Sunday of the author's capital is said, not refused.
void warn_of_weekend(const core::Core& core, const calendar::EventObject& object, Output& output) {
  if (!calendar::is_deadline(object.master())) return;
  auto reader = reader_of(core, "");
  if (!reader) return;
  calendar::ZoneBook zones(object.calendar(), reader->zone);
  auto first = calendar::first_occurrence(object, zones);
  auto capital = calendar::Zone::load(reader->capital);
  if (!first) return;
  const calendar::Zone& there = !reader->capital.empty() && capital ? *capital : reader->zone;
  calendar::LocalSeconds local = first->start.date ? first->start.local : there.local(first->start_utc);
  if (on_weekend(local)) output.say("calendar.weekend", {{"day", day_text(local, output.words())}});
}

Exit add(const EventOptions& options, const Globals& globals, Output& output) {
  return with_session(globals, output, true, [&](Session& session) -> Status {
    TRY(ChannelId channel, open_channel_named(session.core(), options.channel));
    TRY(calendar::EventWords words, words_of(options, zone_or_own(options.zone)));
    words.title = options.title;
    // An hour where nothing is said; a whole day says its own length, a deadline has none.
    if (!words.end && words.start && !words.start->date && !options.deadline) {
      words.end = words.start;
      words.end->local += hour_s;
    }
    crypto::SystemRandom random;
    Bytes uid(uid_random_bytes);
    random.fill(uid);
    TRY(auto object, calendar::make_event(words, uid, now_s()));
    TRY(auto event, record_for(object, nullptr));
    if (!event) return {};
    TRY(event->attachments, attachments_of(options, session, output, globals, channel));
    warn_of_weekend(session.core(), object, output);
    return post(session, channel, content::Kind::event, content::content_of(*event), globals, output);
  });
}

// The date of a series that --date names: a day on the event's clock, or the exact time of one.
Result<calendar::Target> target_of(const EventOptions& options, const calendar::EventObject& object) {
  calendar::Target target;
  if (options.date.empty()) {
    if (options.onwards) return fail(Code::malformed, "--onwards without --date");
    return target;
  }
  target.scope = options.onwards ? calendar::Scope::onwards : calendar::Scope::one_date;
  auto day = parse_event_time(options.date, "UTC");
  if (!day) return fail(Code::malformed, "--date");
  calendar::ZoneBook zones(object.calendar(), calendar::Zone::utc());
  TRY(auto found, calendar::occurrences(object, zones, day->local - 2 * day_s, day->local + 3 * day_s));
  for (const calendar::Occurrence& occurrence : found.list) {
    bool same = day->date ? occurrence.id.local / day_s == day->local / day_s : occurrence.id.local == day->local;
    if (!same) continue;
    target.date = occurrence.id;
    return target;
  }
  return fail(Code::not_found, "date");
}

// The zone a change's times are on: said, else the event's own.
std::string zone_of_change(const EventOptions& options, const calendar::EventObject& object) {
  if (!options.zone.empty()) return options.zone;
  calendar::ZoneBook zones(object.calendar(), calendar::Zone::utc());
  auto first = calendar::first_occurrence(object, zones);
  if (!first || first->start.date) return calendar::local_zone_name();
  auto zone = zones.zone_of(first->start);
  return zone ? (*zone)->name() : calendar::local_zone_name();
}

Result<calendar::EventObject> edited(const EventOptions& options, const calendar::EventObject& object, bool cancels) {
  TRY(calendar::Target target, target_of(options, object));
  if (cancels) return calendar::cancel_event(object, target, now_s());
  TRY(calendar::EventWords words, words_of(options, zone_of_change(options, object)));
  return calendar::change_event(object, words, target, now_s());
}

Exit edit(const EventOptions& options, const Globals& globals, Output& output, bool cancels) {
  return with_session(globals, output, true, [&](Session& session) -> Status {
    TRY(OpenedEvent opened, event_named(session.core(), options.id));
    if (!opened.object) return fail(opened.problem, "event");
    TRY(calendar::EventObject object, edited(options, *opened.object, cancels));
    TRY(auto event, record_for(object, &opened.event));
    if (!event) return {};  // it stands so already
    if (!options.attach.empty() || !options.agenda.empty()) {
      TRY(event->attachments, attachments_of(options, session, output, globals, opened.channel));
    }
    warn_of_weekend(session.core(), object, output);
    if (opened.event.in_conflict()) output.say("calendar.settled");
    return post(session, opened.channel, content::Kind::event, content::content_of(*event), globals, output);
  });
}

Exit answer(const std::string& id, const std::string& word, const Globals& globals, Output& output) {
  return with_session(globals, output, true, [&](Session& session) -> Status {
    TRY(OpenedEvent opened, event_named(session.core(), id));
    auto attendance = word == "attending"  ? content::Attendance::attending
                      : word == "declined" ? content::Attendance::declined
                                           : content::Attendance::tentative;
    content::EventAnswer given{opened.event.id, opened.event.current().id, attendance};
    return post(session, opened.channel, content::Kind::event_answer, content::content_of(given), globals, output);
  });
}

void add_time_options(CLI::App& verb, EventOptions& options) {
  verb.add_option("--start", options.start)->check(not_an_event_time);
  verb.add_option("--end", options.end)->check(not_an_event_time);
  verb.add_option("--zone", options.zone)->check([](const std::string& text) {
    return calendar::Zone::load(text) ? std::string() : std::string("America/Lima");
  });
  verb.add_option("--rrule", options.rule)->check([](const std::string& text) {
    bool fine = text.empty() || calendar::check_rule(text).has_value();
    return fine ? std::string() : std::string("FREQ=WEEKLY;COUNT=4");
  });
  verb.add_option("--where", options.place);
  verb.add_option("--link", options.link);
  verb.add_option("--description", options.description);
  verb.add_option("--remind", options.remind)->take_all()->check(not_a_lead);
  verb.add_option("--agenda", options.agenda)->take_all();
  verb.add_option("--attach", options.attach)->take_all();
  verb.add_flag("--deadline", options.deadline);
}

void add_edit(CLI::App& event, Chosen& chosen) {
  auto change = std::make_shared<EventOptions>();
  CLI::App* verb = change->verb = event.add_subcommand("change");
  verb->add_option("ID", change->id)->required();
  verb->add_option("--title", change->title);
  add_time_options(*verb, *change);
  verb->add_flag("--no-deadline", change->no_deadline);
  auto cancel = std::make_shared<EventOptions>();
  CLI::App* off = cancel->verb = event.add_subcommand("cancel");
  off->add_option("ID", cancel->id)->required();
  for (auto& [sub, options] : {std::pair(verb, change), std::pair(off, cancel)}) {
    sub->add_option("--date", options->date);
    sub->add_flag("--onwards", options->onwards);
  }
  verb->callback([change, &chosen] {
    chosen.action = [change](const Globals& globals, Output& output) { return edit(*change, globals, output, false); };
  });
  off->callback([cancel, &chosen] {
    chosen.action = [cancel](const Globals& globals, Output& output) { return edit(*cancel, globals, output, true); };
  });
}

}  // namespace

void add_event_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* event = app.add_subcommand("event");
  event->require_subcommand(1);
  auto options = std::make_shared<EventOptions>();
  CLI::App* verb = options->verb = event->add_subcommand("add");
  verb->add_option("CHANNEL", options->channel)->required();
  verb->add_option("TITLE,--title", options->title)->required();
  add_time_options(*verb, *options);
  verb->get_option("--start")->required();
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) { return add(*options, globals, output); };
  });
  add_edit(*event, chosen);
  struct Answer {
    std::string id, word;
  };
  auto given = std::make_shared<Answer>();
  CLI::App* reply = event->add_subcommand("answer");
  reply->add_option("ID", given->id)->required();
  reply->add_option("ANSWER", given->word)->required()->check(CLI::IsMember({"attending", "declined", "tentative"}));
  reply->callback([given, &chosen] {
    chosen.action = [given](const Globals& globals, Output& output) {
      return answer(given->id, given->word, globals, output);
    };
  });
  add_calendar_verbs(*event, chosen);
}

}  // namespace encuentro::client::cli
