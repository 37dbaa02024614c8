// invite, join, confirm, roster, member revoke
#include <iostream>

#include "client/cli/clock.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/statement_show.h"
#include "client/cli/verb.h"
#include "client/cli/word_checks.h"
#include "client/core/wordlist.h"
#include "protocol/roster/link.h"

namespace encuentro::client::cli {
namespace {

struct InviteOptions {
  core::Invite command;
  std::string role, channel, until, expires;
  bool alternate = false, no_code = false;
};

// An invitation by the roots opens when enough have signed; into an empty seat, 72 hours after that.
void say_when_it_opens(const core::Core& core, const MemberId& member, Output& output) {
  for (const auto& waiting : core.statements()) {
    auto body = waiting.statement.decoded_body();
    const auto* invitation = body ? std::get_if<roster::InviteBody>(&*body) : nullptr;
    if (invitation == nullptr || invitation->member != member) continue;
    output.say("invite.waits", {{"id", statement_name(waiting.statement.backing.id)}});
    return;
  }
  auto view = core.roster().newest();
  for (const InviteId& id : view.invites()) {
    auto placed = view.invite(id);
    if (placed->body->member != member || !placed->seat_from) continue;
    output.say("invite.seat_from", {{"from", local_time(*placed->seat_from)}});
  }
}

Status invite(const InviteOptions& options, Session& session, Output& output) {
  core::Invite command = options.command;
  command.role = *roster::role_named(options.role);
  command.principal = command.role == roster::Role::focal_point && !options.alternate;
  command.with_code = !options.no_code;
  if (!options.channel.empty()) {
    TRY(ChannelId channel, channel_named(session.core(), options.channel));
    command.channel = channel;
  }
  if (!options.until.empty()) command.until = parse_time(options.until);
  if (!options.expires.empty()) command.expires = now() + *parse_duration(options.expires);
  TRY(auto outcome, session.run(command));
  const auto& made = std::get<core::Invited>(outcome);
  output.line({{"link", made.link},
               {"code", made.code},
               {"expires", rfc3339(made.expires)},
               {"member", hex(made.member.view())}},
              made.link + (made.code.empty() ? "" : "\n" + made.code));
  output.say(made.code.empty() ? "invite.made_without_code" : "invite.made",
             {{"name", command.person.name}, {"code", made.code}, {"expires", local_time(made.expires)}});
  say_when_it_opens(session.core(), made.member, output);
  return {};
}

Result<InviteId> invitation_named(const core::Core& core, std::string_view words) {
  constexpr std::size_t digits_min = 4;
  std::optional<InviteId> found;
  auto view = core.roster().newest();
  for (const InviteId& id : view.invites()) {
    if (words.size() < digits_min || !view.invite(id)->open || !hex(id.view()).starts_with(words)) continue;
    if (found) return fail(Code::ambiguous);
    found = id;
  }
  if (!found) return fail(Code::not_found);
  return *found;
}

Status list_invitations(Session& session, Output& output) {
  const core::Core& core = session.core();
  auto view = core.roster().newest(now());
  for (const InviteId& id : view.invites()) {
    auto invitation = view.invite(id);
    if (!invitation->open) continue;
    const roster::InviteBody& body = *invitation->body;
    auto name = core.name_on(body);
    std::string who = name ? name->name : output.words().text("person.unnamed");
    std::string role(roster::name(body.grant.role));
    std::string text = hex(id.view()).substr(0, 8) + "  " + who + "  · " + output.words().text("role." + role) + " " +
                       std::string(body.grant.country.text()) + " · " +
                       output.words().text("invite.until", {{"expires", local_time(body.expires)}});
    nlohmann::json object = {{"invite", hex(id.view())},
                             {"member", hex(body.member.view())},
                             {"name", who},
                             {"role", role},
                             {"country", std::string(body.grant.country.text())},
                             {"device", body.purpose == roster::InvitePurpose::device},
                             {"maker", hex(invitation->maker.view())},
                             {"expires", rfc3339(body.expires)}};
    if (invitation->seat_from) object["seat_from"] = rfc3339(*invitation->seat_from);
    output.line(object, text);
  }
  return {};
}

// invite list, invite revoke: also how somebody of a seat objects to an invitation into it.
void add_open_invitations(CLI::App& verb, Chosen& chosen) {
  verb.add_subcommand("list")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return list_invitations(s, output); });
    };
  });
  auto which = std::make_shared<std::string>();
  CLI::App* revoke = verb.add_subcommand("revoke");
  revoke->add_option("INVITE", *which)->required();
  revoke->callback([which, &chosen] {
    chosen.action = [which](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(InviteId id, invitation_named(session.core(), *which));
        TRY(auto outcome, session.run(core::RevokeInvite{id}));
        show_decided(output, outcome, "invite.revoked");
        return {};
      });
    };
  });
}

void add_invite(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<InviteOptions>();
  CLI::App* verb = app.add_subcommand("invite");
  verb->add_option("--role", options->role)
      ->check(CLI::IsMember({"secretariat", "focal-point", "delegate", "partner", "alumni", "participant"}));
  verb->add_option("--country", options->command.country);
  verb->add_flag("--alternate", options->alternate);
  verb->add_option("--channel", options->channel);
  verb->add_option("--until", options->until)->check(not_a_time);
  verb->add_option("--name", options->command.person.name);
  verb->add_option("--institution", options->command.person.institution);
  verb->add_option("--email", options->command.person.email);
  verb->add_option("--designation", options->command.designation);
  verb->add_option("--expires", options->expires)->check([](const std::string& text) {
    return parse_duration(text) ? std::string() : std::string("14d, 72h, 30m");
  });
  verb->add_flag("--no-code", options->no_code);
  add_open_invitations(*verb, chosen);
  verb->callback([options, verb, &chosen] {
    if (verb->goes_on()) return;
    if (options->role.empty()) CLI::missing("--role");
    if (options->command.person.name.empty()) CLI::missing("--name");
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return invite(*options, s, output); });
    };
  });
}

// A profile that came into being only for a join that failed must not stay in the way of the next try.
void forget_failed(const Globals& globals, const Session& session) {
  if (const_cast<Session&>(session).core().has_identity()) return;
  std::error_code ignored;
  for (const char* file : {"store", "store-wal", "store-shm"}) std::filesystem::remove(globals.home / file, ignored);
}

Exit join(const core::Join& command, const Globals& globals, Output& output) {
  auto link = roster::InviteLink::parse(command.link);
  if (!link) return output.error(link.error()), Exit::failed;
  if (!link->network_name.empty()) {
    std::string words = core::words_for(link->fingerprint.view(), 6);
    output.say("join.network", {{"name", link->network_name}, {"server", link->address}, {"words", words}});
  }
  auto session = Session::create(globals, output);
  if (!session) return output.error(session.error()), Exit::failed;
  auto outcome = session->run(command);
  if (!outcome) {
    show_error(output, outcome.error(), *session);
    forget_failed(globals, *session);
    return Exit::failed;
  }
  // The link was one for a re-entry: it goes on with `re-enter`.
  if (const auto* asked = std::get_if<core::ReEntryAsked>(&*outcome)) return show_asked(output, *asked), Exit::done;
  const auto& joined = std::get<core::Joined>(*outcome);
  // Being in means more than being on the list: the boards are joined and read before the verb ends. What is
  // missing then comes by itself at the next verb.
  auto caught_up = session->sync();
  output.line({{"network", hex(joined.network.view())},
               {"fingerprint", hex(joined.fingerprint.view())},
               {"member", hex(joined.member.view())},
               {"device", hex(joined.device.view())},
               {"provisional", joined.provisional},
               {"synced", caught_up.has_value()}},
              core::words_for(joined.fingerprint.view(), 6));
  output.say(joined.provisional ? "join.provisional" : "join.done",
             {{"words", core::words_for(session->core().comparison_hash(joined.member).view(), 6)}});
  return Exit::done;
}

void add_join(CLI::App& app, Chosen& chosen) {
  auto command = std::make_shared<core::Join>();
  CLI::App* verb = app.add_subcommand("join");
  verb->add_option("LINK", command->link)->required();
  verb->add_option("--code", command->code);
  verb->add_option("--device", command->device_label);
  verb->callback([command, &chosen] {
    chosen.action = [command](const Globals& globals, Output& output) { return join(*command, globals, output); };
  });
}

Status confirm(const std::string& whom, Session& session, Output& output) {
  core::Confirm command;
  auto member = member_named(session.core(), whom);
  if (member) {
    command.member = *member;
  } else {
    TRY(DeviceId device, device_named(session.core(), whom));
    auto view = session.core().roster().newest().device(device);
    if (!view) return fail(Code::unknown_device);
    command.member = view->member;
    command.device = device;
  }
  auto name = session.core().name_of(command.member);
  output.say("confirm.compare", {{"name", name ? name->name : hex(command.member.view())},
                                 {"words", core::words_for(session.core().comparison_hash(command.member).view(), 6)}});
  std::string answer;
  std::getline(std::cin, answer);
  if (answer.empty() || (answer[0] != 's' && answer[0] != 'S' && answer[0] != 'y' && answer[0] != 'Y')) {
    output.say("confirm.stopped");
    return fail(Code::not_allowed, "not confirmed");
  }
  TRY(auto outcome, session.run(command));
  output.line({{"member", hex(command.member.view())}, {"roster_seq", std::get<core::RosterPlace>(outcome).seq.value}},
              hex(command.member.view()));
  return {};
}

}  // namespace

void add_people_verbs(CLI::App& app, Chosen& chosen) {
  add_invite(app, chosen);
  add_join(app, chosen);
  auto whom = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("confirm");
  verb->add_option("MEMBER", *whom)->required();
  verb->callback([whom, &chosen] {
    chosen.action = [whom](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return confirm(*whom, s, output); });
    };
  });
  app.add_subcommand("roster")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        for (const auto& person : views::people(session.core()))
          output.line(json_of(person), text_of(person, output.words()));
        return {};
      });
    };
  });
  CLI::App* member = app.add_subcommand("member")->require_subcommand(1);
  auto gone = std::make_shared<std::string>();
  auto since = std::make_shared<std::string>();
  CLI::App* revoke = member->add_subcommand("revoke");
  revoke->add_option("MEMBER", *gone)->required();
  add_since(*revoke, *since);
  revoke->callback([gone, since, &chosen] {
    chosen.action = [gone, since](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(MemberId id, member_named(session.core(), *gone));
        TRY(auto from, place_since(session.core(), *since));
        TRY(auto outcome, session.run(core::RevokeMember{id, from}));
        const auto* place = std::get_if<core::RosterPlace>(&outcome);
        if (place == nullptr) return show_decided(output, outcome, "member.revoked"), Status{};
        output.line({{"member", hex(id.view())}, {"roster_seq", place->seq.value}}, hex(id.view()));
        output.say("member.revoked");
        return {};
      });
    };
  });
}

}  // namespace encuentro::client::cli
