// succession start|end|list
#include "client/views/succession.h"
#include "client/cli/clock.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"
#include "client/cli/word_checks.h"

namespace encuentro::client::cli {
namespace {

struct Dates {
  std::string member, successor, start, end;
};

std::string name_of(const core::Core& core, const MemberId& id) {
  auto name = core.name_of(id);
  return name ? name->name : hex(id.view()).substr(0, 8);
}

Status start(const Dates& dates, Session& session, Output& output) {
  const core::Core& core = session.core();
  TRY(MemberId member, member_named(core, dates.member));
  TRY(MemberId successor, member_named(core, dates.successor));
  Timestamp begin = dates.start.empty() ? now() : *parse_time(dates.start);
  Timestamp end = dates.end.empty() ? begin : *parse_time(dates.end);
  TRY(auto outcome, session.run(core::Relieve{member, successor, begin, end}));
  show_decided(output, outcome, "succession.set");
  return {};
}

Status end(const Dates& dates, Session& session, Output& output) {
  TRY(MemberId member, member_named(session.core(), dates.member));
  Timestamp when = dates.end.empty() ? now() : *parse_time(dates.end);
  TRY(auto outcome, session.run(core::EndRole{member, when}));
  show_decided(output, outcome, "succession.ended");
  return {};
}

Status list(Session& session, Output& output) {
  const core::Core& core = session.core();
  for (const auto& relief : views::reliefs(core)) {
    nlohmann::json channels = nlohmann::json::array(), acks = nlohmann::json::array();
    std::string text = output.words().text("succession.line", {{"name", name_of(core, relief.member)},
                                                               {"successor", name_of(core, relief.dates.successor)},
                                                               {"start", local_time(relief.dates.start)},
                                                               {"end", local_time(relief.dates.end)}});
    for (const auto& passing : relief.channels) {
      channels.push_back({{"channel", hex(passing.channel.view())},
                          {"title", core.title(passing.channel)},
                          {"successor_in", passing.successor_in}});
      text += "\n  " + core.title(passing.channel) + "  · " +
              output.words().text(passing.successor_in ? "succession.in" : "succession.not_yet");
    }
    for (const auto& item : relief.acknowledgements) {
      acks.push_back({{"channel", hex(item.channel.view())}, {"id", hex(item.id.view())}, {"title", item.title}});
      text += "\n  " + output.words().text("succession.acknowledge", {{"title", item.title}});
    }
    output.line({{"member", hex(relief.member.view())},
                 {"successor", hex(relief.dates.successor.view())},
                 {"start", rfc3339(relief.dates.start)},
                 {"end", rfc3339(relief.dates.end)},
                 {"channels", channels},
                 {"acknowledgements", acks}},
                text);
  }
  return {};
}

}  // namespace

void add_succession_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* succession = app.add_subcommand("succession");
  succession->require_subcommand(1);
  auto dates = std::make_shared<Dates>();
  CLI::App* begin = succession->add_subcommand("start");
  begin->add_option("MEMBER", dates->member)->required();
  begin->add_option("SUCCESSOR", dates->successor)->required();
  begin->add_option("--start", dates->start)->check(not_a_time);
  begin->add_option("--end", dates->end)->check(not_a_time);
  begin->callback([dates, &chosen] {
    chosen.action = [dates](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return start(*dates, s, output); });
    };
  });
  auto last = std::make_shared<Dates>();
  CLI::App* stop = succession->add_subcommand("end");
  stop->add_option("MEMBER", last->member)->required();
  stop->add_option("--end", last->end)->check(not_a_time);
  stop->callback([last, &chosen] {
    chosen.action = [last](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return end(*last, s, output); });
    };
  });
  succession->add_subcommand("list")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return list(s, output); });
    };
  });
}

}  // namespace encuentro::client::cli
