// channel create, list, show, title, add, remove, leave, restart, accept
#include <algorithm>

#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"
#include "client/views/page_proof.h"

namespace encuentro::client::cli {
namespace {

struct CreateOptions {
  std::string title, kind, history = "shared";
  std::vector<std::string> countries, roles, members;
  bool self_join = false;
};

Status create(const CreateOptions& options, Session& session, Output& output) {
  core::CreateChannel command;
  command.title = options.title;
  command.kind = *policy::kind_named(options.kind);
  command.history = *policy::history_named(options.history);
  command.self_join = options.self_join;
  command.countries = options.countries;
  for (const auto& role : options.roles) command.roles.push_back(*roster::role_named(role));
  for (const auto& words : options.members) {
    TRY(MemberId member, member_named(session.core(), words));
    command.members.push_back(member);
  }
  TRY(auto outcome, session.run(command));
  ChannelId id = std::get<core::ChannelCreated>(outcome).channel;
  output.line({{"id", hex(id.view())}, {"title", options.title}, {"kind", options.kind}, {"history", options.history}},
              hex(id.view()));
  output.say(options.history == "shared" ? "channel.created_shared" : "channel.created_sealed",
             {{"title", options.title}});
  return {};
}

void add_create(CLI::App& channel, Chosen& chosen) {
  auto options = std::make_shared<CreateOptions>();
  CLI::App* verb = channel.add_subcommand("create");
  verb->add_option("TITLE", options->title)->required();
  verb->add_option("--kind", options->kind)
      ->required()
      ->check(CLI::IsMember({"board", "network", "committee", "country", "direct"}));
  verb->add_option("--countries", options->countries)->delimiter(',');
  verb->add_option("--roles", options->roles)
      ->delimiter(',')
      ->check(CLI::IsMember({"secretariat", "focal-point", "delegate", "partner", "alumni", "participant"}));
  verb->add_option("--members", options->members)->delimiter(',');
  verb->add_option("--history", options->history)->check(CLI::IsMember({"shared", "sealed"}));
  verb->add_flag("--self-join", options->self_join);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return create(*options, s, output); });
    };
  });
}

bool listed(const core::ChannelLook& look) {
  return look.state == core::ChannelState::in || look.state == core::ChannelState::stopped ||
         look.state == core::ChannelState::joining;
}

Status list(Session& session, Output& output) {
  const core::Core& core = session.core();
  for (const ChannelId& id : core.channels()) {
    auto look = core.channel(id);
    if (look && listed(*look)) output.line(json_of(core, id, *look), text_of(core, id, *look, output.words()));
  }
  return {};
}

Status show(const std::string& words, Session& session, Output& output) {
  const core::Core& core = session.core();
  TRY(ChannelId id, open_channel_named(core, words));
  auto look = core.channel(id);
  auto object = json_of(core, id, *look);
  std::string text = text_of(core, id, *look, output.words());
  auto people = nlohmann::json::array();
  for (const MemberId& member : look->members) {
    auto person = views::person(core, member);
    if (!person) continue;
    people.push_back(json_of(*person));
    text += "\n  " + text_of(*person, output.words());
  }
  object["people"] = people;
  object["history_complete"] = look->history_complete;
  if (!look->epoch_authenticator.empty()) {
    std::string compare = core::words_for(look->epoch_authenticator, views::short_words_count);
    object["words"] = compare;
    text += "\n" + output.words().text("channel.words", {{"words", compare}});
  }
  output.line(object, text);
  return in_order(core, id);
}

// add, remove and leave print the same.
void show_changed(const core::Outcome& outcome, const ChannelId& channel, Output& output) {
  nlohmann::json object = {{"channel", hex(channel.view())}};
  if (const auto* changed = std::get_if<core::ChannelChanged>(&outcome)) {
    object["epoch"] = changed->epoch.value;
    auto missing = nlohmann::json::array();
    for (const DeviceId& device : changed->without_key_package) missing.push_back(hex(device.view()));
    object["without_key_package"] = missing;
  }
  output.line(object, hex(channel.view()));
}

struct Pair {
  std::string channel, member;
};

// Somebody was to be brought in, and none of their devices could be.
bool is_unready(const core::Core& core, const core::Outcome& outcome, const ChannelId& channel,
                const MemberId& member) {
  const auto* changed = std::get_if<core::ChannelChanged>(&outcome);
  if (changed == nullptr || changed->without_key_package.empty()) return false;
  auto look = core.channel(channel);
  return look && !std::binary_search(look->members.begin(), look->members.end(), member);
}

template <class Command>
void add_pair(CLI::App& channel, Chosen& chosen, const char* name, const char* said) {
  auto options = std::make_shared<Pair>();
  CLI::App* verb = channel.add_subcommand(name);
  verb->add_option("CHANNEL", options->channel)->required();
  verb->add_option("MEMBER", options->member)->required();
  verb->callback([options, said, &chosen] {
    chosen.action = [options, said](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(ChannelId id, open_channel_named(session.core(), options->channel));
        TRY(MemberId member, member_named(session.core(), options->member));
        TRY(auto outcome, session.run(Command{id, member}));
        show_changed(outcome, id, output);
        auto person = session.core().name_of(member);
        output.say(is_unready(session.core(), outcome, id, member) ? "channel.added.unready" : said,
                   {{"name", person ? person->name : hex(member.view())}, {"title", session.core().title(id)}});
        return {};
      });
    };
  });
}

void add_title(CLI::App& channel, Chosen& chosen) {
  auto options = std::make_shared<std::pair<std::string, std::string>>();
  CLI::App* verb = channel.add_subcommand("title");
  verb->add_option("CHANNEL", options->first)->required();
  verb->add_option("TITLE", options->second)->required();
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(ChannelId id, open_channel_named(session.core(), options->first));
        TRY(auto outcome, session.run(core::SetTitle{id, options->second}, globals.wait));
        show_sent(output, outcome);
        return {};
      });
    };
  });
}

void add_one(CLI::App& channel, Chosen& chosen, const char* name,
             std::function<Status(const std::string&, Session&, Output&)> work) {
  auto words = std::make_shared<std::string>();
  CLI::App* verb = channel.add_subcommand(name);
  verb->add_option("CHANNEL", *words)->required();
  verb->callback([words, work, &chosen] {
    chosen.action = [words, work](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return work(*words, session, output); });
    };
  });
}

// On the channel as a whole.
template <class Command>
void add_act(CLI::App& channel, Chosen& chosen, const char* name, const char* said) {
  add_one(channel, chosen, name, [said](const std::string& words, Session& session, Output& output) -> Status {
    TRY(ChannelId id, open_channel_named(session.core(), words));
    TRY(auto outcome, session.run(Command{id}));
    show_changed(outcome, id, output);
    output.say(said);
    return {};
  });
}

}  // namespace

void add_channel_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* channel = app.add_subcommand("channel")->require_subcommand(1);
  add_create(*channel, chosen);
  channel->add_subcommand("list")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return list(session, output); });
    };
  });
  add_one(*channel, chosen, "show", show);
  add_title(*channel, chosen);
  add_pair<core::AddToChannel>(*channel, chosen, "add", "channel.added");
  add_pair<core::RemoveFromChannel>(*channel, chosen, "remove", "channel.removed");
  add_act<core::LeaveChannel>(*channel, chosen, "leave", "channel.left");
  add_act<core::RestartChannel>(*channel, chosen, "restart", "channel.restarted");
  add_one(*channel, chosen, "accept", [](const std::string& words, Session& session, Output& output) -> Status {
    TRY(ChannelId id, open_channel_named(session.core(), words));
    TRY([[maybe_unused]] auto outcome, session.run(core::AcceptAdmission{id}));
    // What waited for this goes out now.
    TRY_OK(session.sync());
    auto look = session.core().channel(id);
    output.line(json_of(session.core(), id, *look), text_of(session.core(), id, *look, output.words()));
    return {};
  });
}

}  // namespace encuentro::client::cli
