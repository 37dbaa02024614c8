// re-enter, re-entry link|confirm
#include <filesystem>
#include <iostream>

#include "client/cli/clock.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/statement_show.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"
#include "protocol/roster/link.h"

namespace encuentro::client::cli {
namespace {

Exit ask(const core::Join& command, const Globals& globals, Output& output) {
  auto link = roster::InviteLink::parse(command.link);
  if (!link) return output.error(link.error()), Exit::failed;
  if (link->purpose != roster::InvitePurpose::re_entry) {
    return output.error(Error{Code::malformed, "re-entry link"}), Exit::failed;
  }
  auto session = Session::create(globals, output);
  if (!session) return output.error(session.error()), Exit::failed;
  auto outcome = session->run(command);
  if (!outcome) return show_error(output, outcome.error(), *session), Exit::failed;
  show_asked(output, std::get<core::ReEntryAsked>(*outcome));
  return Exit::done;
}

// How it stands: the words again, or that the person is in.
Exit look_again(const Globals& globals, Output& output) {
  auto session = Session::open(globals, output);
  if (!session) return output.error(session.error()), Exit::failed;
  auto synced = session->sync();
  if (auto asked = session->core().asked_re_entry()) {
    bool only_waiting =
        !synced && (synced.error().code == Code::provisional || synced.error().code == Code::unreachable);
    if (!synced && !only_waiting) return show_error(output, synced.error(), *session), Exit::failed;
    show_asked(output, *asked);
    return Exit::done;
  }
  if (!synced) return show_error(output, synced.error(), *session), Exit::failed;
  const auto& self = session->core().self();
  output.line({{"state", "in"}, {"member", hex(self.member.view())}, {"device", hex(self.device.view())}},
              hex(self.member.view()));
  output.say("re_entry.in");
  return Exit::done;
}

void add_re_enter(CLI::App& app, Chosen& chosen) {
  auto command = std::make_shared<core::Join>();
  CLI::App* verb = app.add_subcommand("re-enter");
  verb->add_option("LINK", command->link);
  verb->add_option("--device", command->device_label);
  verb->callback([command, &chosen] {
    chosen.action = [command](const Globals& globals, Output& output) {
      return command->link.empty() ? look_again(globals, output) : ask(*command, globals, output);
    };
  });
}

// The request itself, or the member whose request waits at the server.
Result<core::ConfirmReEntry> request_named(const core::Core& core, const std::string& words,
                                           roster::PendingStatement& request) {
  core::ConfirmReEntry command;
  if (auto read = core.re_entry_request(words)) {
    request = std::move(*read);
    command.request = words;
    return command;
  }
  auto member = member_named(core, words);
  for (const auto& waiting : core.statements()) {
    auto body = waiting.statement.decoded_body();
    const auto* device = body ? std::get_if<roster::DeviceBody>(&*body) : nullptr;
    if (device == nullptr) continue;
    bool by_id = words.size() >= 4 && hex(waiting.statement.backing.id.view()).starts_with(words);
    if (!by_id && !(member && device->member == *member)) continue;
    if (command.id) return fail(Code::ambiguous);
    command.id = waiting.statement.backing.id;
    request = waiting.statement;
  }
  if (!command.id) return fail(Code::not_found, "re-entry");
  return command;
}

Status confirm(const std::string& words, Session& session, Output& output) {
  const core::Core& core = session.core();
  roster::PendingStatement request;
  TRY(core::ConfirmReEntry command, request_named(core, words, request));
  auto body = request.decoded_body();
  const auto& asked = std::get<roster::DeviceBody>(*body);
  auto name = core.name_of(asked.member);
  Hash32 comparison = roster::re_entry_comparison(core.roster().fingerprint(), asked);
  output.say("re_entry.compare", {{"name", name ? name->name : hex(asked.member.view())},
                                  {"words", core::words_for(comparison.view(), 6)}});
  std::string answer;
  std::getline(std::cin, answer);
  bool yes = !answer.empty() && std::string_view("sSyY").find(answer[0]) != std::string_view::npos;
  if (!yes) {
    output.say("confirm.stopped");
    return fail(Code::not_allowed, "not confirmed");
  }
  TRY(auto outcome, session.run(command));
  show_decided(output, outcome, "re_entry.confirmed");
  return {};
}

}  // namespace

void add_re_entry_verbs(CLI::App& app, Chosen& chosen) {
  add_re_enter(app, chosen);
  CLI::App* group = app.add_subcommand("re-entry")->require_subcommand(1);
  auto whom = std::make_shared<std::string>();
  CLI::App* link = group->add_subcommand("link");
  link->add_option("MEMBER", *whom)->required();
  link->callback([whom, &chosen] {
    chosen.action = [whom](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(MemberId member, member_named(session.core(), *whom));
        TRY(auto outcome, session.run(core::MakeReEntryLink{member}));
        const auto& made = std::get<core::LinkMade>(outcome);
        output.line({{"link", made.link}, {"member", hex(member.view())}}, made.link);
        output.say("re_entry.link");
        return {};
      });
    };
  });
  auto what = std::make_shared<std::string>();
  CLI::App* verb = group->add_subcommand("confirm");
  verb->add_option("REQUEST", *what)->required();
  verb->callback([what, &chosen] {
    chosen.action = [what](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return confirm(*what, s, output); });
    };
  });
}

}  // namespace encuentro::client::cli
