// announce, board, ack
#include "client/cli/attaching.h"
#include "client/cli/body.h"
#include "client/cli/clock.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"
#include "client/cli/word_checks.h"

namespace encuentro::client::cli {
namespace {

struct AnnounceOptions {
  std::string title, file, by, board = "general";
  std::vector<std::string> attach;
  bool ask_ack = false;
};

Exit announce(const AnnounceOptions& options, const Globals& globals, Output& output) {
  auto body = read_body(options.file);
  if (!body) return output.error(body.error()), Exit::failed;
  return with_writing(globals, output, [&](Session& session) -> Status {
    auto board =
        options.board == "general" ? views::general_board(session.core()) : views::focal_points_board(session.core());
    if (!board) return fail(Code::not_admitted);
    TRY(auto attachments, attach(session, output, globals, *board, options.attach));
    bool ask = options.ask_ack || !options.by.empty();
    core::Announce command{*board, options.title, *body, ask, {}, outgoing(attachments)};
    if (!options.by.empty()) command.ack_by = parse_time(options.by);
    TRY(auto outcome, session.run(command, globals.wait));
    show_sent(output, outcome);
    return {};
  });
}

void add_announce(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<AnnounceOptions>();
  CLI::App* verb = app.add_subcommand("announce");
  verb->add_option("TITLE", options->title)->required();
  verb->add_flag("--ask-ack", options->ask_ack);
  verb->add_option("--ack-by", options->by)->check(not_a_time);
  verb->add_option("--board", options->board)->check(CLI::IsMember({"general", "focal-points"}));
  verb->add_option("--attach", options->attach)->take_all();
  verb->add_option("--file", options->file);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) { return announce(*options, globals, output); };
  });
}

Status show_board(const std::string& since, Session& session, Output& output) {
  const core::Core& core = session.core();
  auto from = since.empty() ? std::optional<Timestamp>() : parse_time(since);
  auto self = core.roster().newest().member(core.self().member);
  bool secretariat = self && self->grant.role == roster::Role::secretariat;
  bool any = false;
  for (const auto& announcement : views::announcements(core)) {
    if (from && announcement.item.time < *from) continue;
    auto object = json_of(core, announcement);
    if (secretariat && announcement.item.acknowledge_by) {
      auto missing = nlohmann::json::array();
      for (roster::Country c : views::not_acknowledged(core, announcement)) missing.push_back(std::string(c.text()));
      object["missing"] = missing;
    }
    output.line(object, text_of(core, announcement, output.words()));
    any = true;
  }
  if (!any) output.say("board.empty");
  for (const auto& board : {views::general_board(core), views::focal_points_board(core)}) {
    if (board) TRY_OK(in_order(core, *board));
  }
  return {};
}

}  // namespace

void add_board_verbs(CLI::App& app, Chosen& chosen) {
  add_announce(app, chosen);
  auto since = std::make_shared<std::string>();
  CLI::App* board = app.add_subcommand("board");
  board->add_option("--since", *since)->check(not_a_time);
  board->callback([since, &chosen] {
    chosen.action = [since](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return show_board(*since, session, output); });
    };
  });
  auto id = std::make_shared<std::string>();
  CLI::App* ack = app.add_subcommand("ack");
  ack->add_option("ID", *id)->required();
  ack->callback([id, &chosen] {
    chosen.action = [id](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(Place place, item_named(session.core(), *id));
        TRY(auto outcome, session.run(core::Acknowledge{place.channel, place.id}, globals.wait));
        show_sent(output, outcome);
        return {};
      });
    };
  });
}

}  // namespace encuentro::client::cli
