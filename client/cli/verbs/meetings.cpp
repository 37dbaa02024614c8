// meeting add, list, show, change, attend, document, decide
#include "client/cli/body.h"
#include "client/cli/documents/find.h"
#include "client/cli/meeting_show.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"

namespace encuentro::client::cli {
namespace {

using content::Meeting;
using content::MeetingAct;

struct MeetingOptions {
  std::string channel, id, title, start, end, place, host, file, year, document;
  std::vector<std::string> countries;
  CLI::App* verb = nullptr;
  bool said(const char* option) const { return verb->count(option) > 0; }
};

views::Author myself(const core::Core& core) {
  views::Author me{core.self().device, core.self().member, {}, {}};
  if (auto member = core.roster().newest().member(me.member)) {
    me.country = member->grant.country;
    me.role = member->grant.role;
  }
  return me;
}

Status post(Session& session, const Globals& globals, Output& output, const ChannelId& channel,
            const Meeting& meeting) {
  content::Content content = content::content_of(meeting);
  TRY([[maybe_unused]] auto readable, content::meeting_of(content));
  core::Post post{channel, static_cast<std::uint16_t>(content::Kind::meeting), content::encode(content), {}};
  TRY(auto outcome, session.run(std::move(post), globals.wait));
  show_sent(output, outcome);
  return {};
}

Status check_may_convene(const core::Core& core, const std::string& host) {
  return views::may_convene(myself(core), host) ? Status{} : fail(Code::not_allowed, "meeting");
}

Exit add(const MeetingOptions& options, const Globals& globals, Output& output) {
  auto agenda = read_body(options.file);
  if (!agenda) return output.error(agenda.error()), Exit::failed;
  return with_session(globals, output, true, [&](Session& session) -> Status {
    TRY(ChannelId channel, open_channel_named(session.core(), options.channel));
    Meeting meeting;
    meeting.host = options.host;
    TRY_OK(check_may_convene(session.core(), meeting.host));
    meeting.start = options.start;
    meeting.end = options.end.empty() ? options.start : options.end;
    meeting.place = options.place;
    meeting.title = options.title;
    meeting.text = *agenda;
    return post(session, globals, output, channel, meeting);
  });
}

Status change(const MeetingOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(FoundMeeting found, meeting_named(session.core(), options.id));
  TRY_OK(check_may_convene(session.core(), found.entry.words.host));
  Meeting words = found.entry.words;
  words.act = MeetingAct::change;
  words.meeting = found.entry.id;
  bool moved = options.said("--start") && !options.said("--end");
  if (options.said("--title")) words.title = options.title;
  if (options.said("--start")) words.start = options.start;
  if (options.said("--end")) words.end = options.end;
  if (moved && words.end < words.start) words.end = words.start;
  if (options.said("--place")) words.place = options.place;
  if (options.said("--host")) words.host = options.host;
  if (options.said("--file")) {
    TRY(words.text, read_body(options.file));
  }
  TRY_OK(check_may_convene(session.core(), words.host));
  return post(session, globals, output, found.channel, words);
}

// The Secretariat names everybody who was there; a focal point adds the own country.
Status attend(const MeetingOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(FoundMeeting found, meeting_named(session.core(), options.id));
  views::Author me = myself(session.core());
  Meeting said;
  said.act = MeetingAct::attendance;
  said.meeting = found.entry.id;
  said.countries = options.countries;
  if (said.countries.empty() && !me.country.none()) said.countries = {std::string(me.country.text())};
  std::sort(said.countries.begin(), said.countries.end());
  said.countries.erase(std::unique(said.countries.begin(), said.countries.end()), said.countries.end());
  bool own =
      said.countries.size() == 1 && me.role == roster::Role::focal_point && me.country.text() == said.countries.front();
  if (me.role != roster::Role::secretariat && !own) return fail(Code::not_allowed, "meeting");
  return post(session, globals, output, found.channel, said);
}

Status put_document(const MeetingOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(FoundMeeting found, meeting_named(session.core(), options.id));
  TRY_OK(check_may_convene(session.core(), found.entry.words.host));
  TRY(FoundDocument document, document_named(session.core(), options.document));
  if (document.channel != found.channel) return fail(Code::not_found, "document");
  Meeting said;
  said.act = MeetingAct::document;
  said.meeting = found.entry.id;
  said.document = document.document.id;
  return post(session, globals, output, found.channel, said);
}

Exit decide(const MeetingOptions& options, const Globals& globals, Output& output) {
  auto text = read_body(options.file);
  if (!text) return output.error(text.error()), Exit::failed;
  return with_session(globals, output, true, [&](Session& session) -> Status {
    TRY(FoundMeeting found, meeting_named(session.core(), options.id));
    TRY_OK(check_may_convene(session.core(), found.entry.words.host));
    Meeting said;
    said.act = MeetingAct::decision;
    said.meeting = found.entry.id;
    said.title = options.title;
    said.text = *text;
    return post(session, globals, output, found.channel, said);
  });
}

void add_words(CLI::App& verb, MeetingOptions& options) {
  auto date = [](const std::string& text) {
    return content::is_date(text) ? std::string() : std::string("2026-05-04, 2026-05, 2026");
  };
  verb.add_option("--start", options.start)->check(date);
  verb.add_option("--end", options.end)->check(date);
  verb.add_option("--place", options.place);
  verb.add_option("--host", options.host);
  verb.add_option("--file", options.file);
}

using Work = Status (*)(const MeetingOptions&, Session&, const Globals&, Output&);
CLI::App* add_act(CLI::App& group, Chosen& chosen, const char* name, const std::shared_ptr<MeetingOptions>& options,
                  Work work) {
  CLI::App* verb = options->verb = group.add_subcommand(name);
  verb->callback([options, work, &chosen] {
    chosen.action = [options, work](const Globals& globals, Output& output) {
      return with_session(globals, output, true,
                          [&](Session& session) { return work(*options, session, globals, output); });
    };
  });
  return verb;
}

Status list(const MeetingOptions& options, Session& session, const Globals&, Output& output) {
  bool any = false;
  for (const FoundMeeting& found : all_meetings(session.core())) {
    if (!found.entry.words.start.starts_with(options.year)) continue;
    output.line(json_of(session.core(), found), line_of(found));
    any = true;
  }
  if (!any) output.say("meeting.none");
  return in_order(session.core());
}

Status show(const MeetingOptions& options, Session& session, const Globals&, Output& output) {
  TRY(FoundMeeting found, meeting_named(session.core(), options.id));
  output.line(json_of(session.core(), found), text_of(session.core(), found, output.words()));
  return {};
}

using Written = Exit (*)(const MeetingOptions&, const Globals&, Output&);
CLI::App* add_written(CLI::App& group, Chosen& chosen, const char* name, const std::shared_ptr<MeetingOptions>& options,
                      Written work) {
  CLI::App* verb = options->verb = group.add_subcommand(name);
  verb->callback([options, work, &chosen] {
    chosen.action = [options, work](const Globals& globals, Output& output) { return work(*options, globals, output); };
  });
  return verb;
}

}  // namespace

void add_meeting_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* group = app.add_subcommand("meeting");
  group->require_subcommand(1);
  auto options = [] { return std::make_shared<MeetingOptions>(); };
  auto made = options();
  CLI::App* verb = add_written(*group, chosen, "add", made, add);
  verb->add_option("CHANNEL", made->channel)->required();
  verb->add_option("TITLE", made->title)->required();
  add_words(*verb, *made);
  verb->get_option("--start")->required();
  auto listed = options();
  add_act(*group, chosen, "list", listed, list)->add_option("--year", listed->year);
  auto shown = options();
  add_act(*group, chosen, "show", shown, show)->add_option("ID", shown->id)->required();
  auto changed = options();
  verb = add_act(*group, chosen, "change", changed, change);
  verb->add_option("ID", changed->id)->required();
  verb->add_option("--title", changed->title);
  add_words(*verb, *changed);
  auto present = options();
  verb = add_act(*group, chosen, "attend", present, attend);
  verb->add_option("ID", present->id)->required();
  verb->add_option("COUNTRY", present->countries);
  auto with = options();
  verb = add_act(*group, chosen, "document", with, put_document);
  verb->add_option("ID", with->id)->required();
  verb->add_option("DOCUMENT", with->document)->required();
  auto decided = options();
  verb = add_written(*group, chosen, "decide", decided, decide);
  verb->add_option("ID", decided->id)->required();
  verb->add_option("TITLE", decided->title)->required();
  verb->add_option("--file", decided->file);
}

}  // namespace encuentro::client::cli
