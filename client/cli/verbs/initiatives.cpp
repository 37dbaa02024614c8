// initiative add, import, list, show, correct, confirm, withhold
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "client/cli/attaching.h"
#include "client/cli/body.h"
#include "client/cli/drafts.h"
#include "client/cli/initiative_show.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"

namespace encuentro::client::cli {
namespace {

using content::Initiative;
using content::InitiativeAct;
using nlohmann::json;

struct InitiativeOptions {
  std::string channel, id, title, date, country, theme, confirm_by, file, year, state;
  std::vector<std::string> attach, ids;
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

Status check_may_file(const core::Core& core, const std::string& code) {
  auto country = roster::Country::parse(code).value_or(roster::Country{});
  if (country.none() && !code.empty()) return fail(Code::malformed, "country");
  std::optional<views::SeatThen> seat;
  const auto* known = country.none() ? nullptr : core.roster().newest().country(country);
  if (known != nullptr) seat = views::SeatThen{known->status, known->voice};
  return views::may_file(myself(core), country, seat) ? Status{} : fail(Code::not_allowed, "initiative");
}

// A focal point's or delegate's own country where none is said; "*": the network.
std::string country_of(const core::Core& core, const std::string& said) {
  if (said == "*") return "";
  return said.empty() ? std::string(myself(core).country.text()) : said;
}

// Where words for the country go: its own people's and the network's straight to the channel, others' to its drafts.
Result<ChannelId> file_place(Session& session, Output& output, const ChannelId& channel, Initiative& initiative) {
  auto country = roster::Country::parse(initiative.country).value_or(roster::Country{});
  auto look = session.core().channel(channel);
  bool drafts = look && views::drafts_of(look->policy) == country && !country.none();
  if (drafts || views::speaks_for(myself(session.core()), country)) return channel;
  initiative.destination = channel;
  return drafts_channel(session, output, country);
}

Exit add(const InitiativeOptions& options, const Globals& globals, Output& output) {
  auto body = read_body(options.file);
  if (!body) return output.error(body.error()), Exit::failed;
  return with_session(globals, output, true, [&](Session& session) -> Status {
    TRY(ChannelId channel, open_channel_named(session.core(), options.channel));
    Initiative initiative;
    initiative.country = country_of(session.core(), options.country);
    TRY_OK(check_may_file(session.core(), initiative.country));
    initiative.date = options.date;
    initiative.theme = options.theme;
    initiative.confirm_by = options.confirm_by;
    initiative.title = options.title;
    initiative.text = *body;
    TRY(ChannelId place, file_place(session, output, channel, initiative));
    TRY(initiative.attachments, attach(session, output, globals, place, options.attach));
    TRY(auto sent, post_initiative(session, globals, place, initiative));
    show_sent(output, core::Outcome(sent));
    return {};
  });
}

Result<Initiative> listed_initiative(const core::Core& core, const json& object) {
  if (!object.is_object()) return fail(Code::malformed, "initiatives");
  auto word = [&](const char* key) {
    auto value = object.find(key);
    return value != object.end() && value->is_string() ? value->get<std::string>() : std::string();
  };
  Initiative initiative;
  initiative.country = country_of(core, word("country"));
  initiative.date = word("date");
  initiative.title = word("title");
  initiative.theme = word("theme");
  initiative.text = word("text");
  return initiative;
}

// A list of {"date", "country", "title", "theme", "text"}; what is there already (the same date, country and title)
// isn't filed again.
Status import(const InitiativeOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(ChannelId channel, open_channel_named(session.core(), options.channel));
  std::ifstream in(options.file);
  json listed = json::parse(in, nullptr, false);
  if (!listed.is_array()) return fail(Code::malformed, "initiatives");
  auto there = all_initiatives(session.core());
  std::map<std::string, ChannelId> places;  // by country
  for (const json& object : listed) {
    TRY(Initiative initiative, listed_initiative(session.core(), object));
    initiative.confirm_by = options.confirm_by;
    bool known = std::any_of(there.begin(), there.end(), [&](const FoundInitiative& found) {
      const Initiative& first = found.entry.versions.front().words;
      bool meant = found.channel == channel || first.destination == channel;
      return meant && first.country == initiative.country && first.date == initiative.date &&
             first.title == initiative.title;
    });
    if (known) continue;
    TRY_OK(check_may_file(session.core(), initiative.country));
    if (auto place = places.find(initiative.country); place == places.end()) {
      TRY(places[initiative.country], file_place(session, output, channel, initiative));
    } else if (place->second != channel) {
      initiative.destination = channel;
    }
    TRY(auto sent, post_initiative(session, globals, places[initiative.country], initiative));
    show_sent(output, core::Outcome(sent));
  }
  return {};
}

Status list(const InitiativeOptions& options, Session& session, Output& output) {
  std::optional<ChannelId> only;
  if (!options.channel.empty()) {
    TRY(only, open_channel_named(session.core(), options.channel));
  }
  bool any = false;
  for (const FoundInitiative& found : all_initiatives(session.core())) {
    const Initiative& words = found.entry.words();
    bool wanted = (!only || *only == found.channel) && words.date.starts_with(options.year) &&
                  (options.country.empty() || words.country == country_of(session.core(), options.country)) &&
                  (options.theme.empty() || words.theme == options.theme) &&
                  (options.state.empty() || state_word(found.entry.state) == options.state);
    if (!wanted) continue;
    output.line(json_of(session.core(), found), text_of(session.core(), found, output.words()));
    any = true;
  }
  if (!any) output.say("initiative.none");
  return in_order(session.core());
}

Status show(const std::string& id, Session& session, Output& output) {
  TRY(FoundInitiative found, initiative_named(session.core(), id));
  std::string text = text_of(session.core(), found, output.words());
  if (!found.entry.words().text.empty()) text += "\n\n" + found.entry.words().text;
  output.line(json_of(session.core(), found), text);
  return {};
}

// What a country has confirmed is its own to correct; others' corrections go to the draft it came from.
Result<FoundInitiative> to_correct(const core::Core& core, const std::string& words) {
  TRY(FoundInitiative found, initiative_named(core, words));
  auto country = roster::Country::parse(found.entry.words().country).value_or(roster::Country{});
  if (found.drafts || views::speaks_for(myself(core), country)) return found;
  const auto& original = found.entry.words().original;
  for (const ChannelId& channel : core.channels()) {
    for (auto& entry : original ? views::initiatives(core, channel) : std::vector<views::InitiativeEntry>()) {
      bool it = std::any_of(entry.versions.begin(), entry.versions.end(),
                            [&](const views::InitiativeVersion& version) { return version.id == *original; });
      if (it) return FoundInitiative{channel, std::move(entry), true};
    }
  }
  return fail(Code::not_allowed, "initiative");
}

Status correct(const InitiativeOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(FoundInitiative found, to_correct(session.core(), options.id));
  Initiative words = found.entry.words();
  words.act = InitiativeAct::correct;
  words.initiative = found.entry.id;
  TRY_OK(check_may_file(session.core(), words.country));
  if (options.said("--country")) words.country = country_of(session.core(), options.country);
  if (options.said("--title")) words.title = options.title;
  if (options.said("--date")) words.date = options.date;
  if (options.said("--theme")) words.theme = options.theme;
  if (options.said("--confirm-by")) words.confirm_by = options.confirm_by;
  if (options.said("--file")) {
    TRY(words.text, read_body(options.file));
  }
  TRY_OK(check_may_file(session.core(), words.country));
  TRY(auto sent, post_initiative(session, globals, found.channel, words));
  if (found.drafts) {
    TRY(FoundInitiative now, initiative_named(session.core(), hex(found.entry.id.view())));
    TRY_OK(publish(session, output, globals, now));
  }
  show_sent(output, core::Outcome(sent));
  return {};
}

// Confirms or withholds, looks whether every client will count it, and does the same where the words stand for all.
Status speak(InitiativeAct act, const std::vector<std::string>& ids, Session& session, const Globals& globals,
             Output& output) {
  for (const std::string& id : ids) {
    TRY(FoundInitiative found, initiative_named(session.core(), id));
    views::Author me = myself(session.core());
    auto country = roster::Country::parse(found.entry.words().country).value_or(roster::Country{});
    if (!views::speaks_for(me, country)) return fail(Code::not_allowed, "initiative");
    Initiative said;
    said.act = act;
    said.initiative = found.entry.id;
    said.version = found.entry.current().id;
    TRY([[maybe_unused]] auto sent, post_initiative(session, globals, found.channel, said));
    TRY(FoundInitiative now, initiative_named(session.core(), hex(found.entry.id.view())));
    bool withholds = act == InitiativeAct::withhold;
    bool counted = withholds ? now.entry.state == views::InitiativeState::withheld
                             : std::any_of(now.entry.confirmed_by.begin(), now.entry.confirmed_by.end(),
                                           [&](const views::Author& a) { return a.member == me.member; });
    if (!counted) return fail(Code::expired, "initiative");
    TRY_OK(withholds ? withhold_copy(session, globals, now) : publish(session, output, globals, now));
    auto copy = published_copy(session.core(), now);
    json object = json_of(session.core(), now);
    object["published"] = copy ? hex(copy->entry.id.view()) : std::string();
    output.line(object, text_of(session.core(), now, output.words()));
  }
  return {};
}

void add_words(CLI::App& verb, InitiativeOptions& options) {
  auto date = [](const std::string& text) {
    return content::is_date(text) ? std::string() : std::string("2026, 2026-05, 2026-05-04");
  };
  auto day = [](const std::string& text) { return content::is_day(text) ? std::string() : std::string("2026-05-04"); };
  verb.add_option("--date", options.date)->check(date);
  verb.add_option("--country", options.country);
  verb.add_option("--theme", options.theme);
  verb.add_option("--confirm-by", options.confirm_by)->check(day);
  verb.add_option("--file", options.file);
}

template <class Work>
void act(CLI::App* verb, Chosen& chosen, Work work) {
  verb->callback([work, &chosen] {
    chosen.action = [work](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return work(session, globals, output); });
    };
  });
}

void add_filing(CLI::App& group, Chosen& chosen) {
  auto options = std::make_shared<InitiativeOptions>();
  CLI::App* verb = group.add_subcommand("add");
  verb->add_option("CHANNEL", options->channel)->required();
  verb->add_option("TITLE", options->title)->required();
  add_words(*verb, *options);
  verb->get_option("--date")->required();
  verb->add_option("--attach", options->attach)->take_all();
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) { return add(*options, globals, output); };
  });
  auto brought = std::make_shared<InitiativeOptions>();
  CLI::App* in = group.add_subcommand("import");
  in->add_option("CHANNEL", brought->channel)->required();
  in->add_option("FILE", brought->file)->required();
  in->add_option("--confirm-by", brought->confirm_by);
  act(in, chosen, [brought](Session& s, const Globals& g, Output& o) { return import(*brought, s, g, o); });
  auto corrected = std::make_shared<InitiativeOptions>();
  CLI::App* change = corrected->verb = group.add_subcommand("correct");
  change->add_option("ID", corrected->id)->required();
  change->add_option("--title", corrected->title);
  add_words(*change, *corrected);
  act(change, chosen, [corrected](Session& s, const Globals& g, Output& o) { return correct(*corrected, s, g, o); });
}

}  // namespace

void add_initiative_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* group = app.add_subcommand("initiative");
  group->require_subcommand(1);
  add_filing(*group, chosen);
  auto listed = std::make_shared<InitiativeOptions>();
  CLI::App* lists = group->add_subcommand("list");
  lists->add_option("CHANNEL", listed->channel);
  lists->add_option("--year", listed->year);
  lists->add_option("--country", listed->country);
  lists->add_option("--theme", listed->theme);
  lists->add_option("--state", listed->state)->check(CLI::IsMember({"draft", "confirmed", "withheld"}));
  act(lists, chosen, [listed](Session& s, const Globals&, Output& o) { return list(*listed, s, o); });
  auto shown = std::make_shared<std::string>();
  CLI::App* one = group->add_subcommand("show");
  one->add_option("ID", *shown)->required();
  act(one, chosen, [shown](Session& s, const Globals&, Output& o) { return show(*shown, s, o); });
  for (InitiativeAct said : {InitiativeAct::confirm, InitiativeAct::withhold}) {
    auto ids = std::make_shared<std::vector<std::string>>();
    bool confirms = said == InitiativeAct::confirm;
    CLI::App* verb = group->add_subcommand(confirms ? "confirm" : "withhold");
    verb->add_option("ID", *ids)->required();
    act(verb, chosen, [said, ids](Session& s, const Globals& g, Output& o) { return speak(said, *ids, s, g, o); });
  }
}

}  // namespace encuentro::client::cli
