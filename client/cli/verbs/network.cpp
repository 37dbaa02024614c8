// network found, country add, whoami, passphrase, sync
#include "client/cli/new_passphrase.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

struct FoundOptions {
  std::string server, spki, name, member, device, code;
};

// Without --spki the key that answers is taken and shown: whoever founds stands beside the server.
Result<net::Endpoint> pinned_endpoint(const FoundOptions& options) {
  TRY(net::Endpoint endpoint, net::parse_endpoint(options.server));
  if (!options.spki.empty()) {
    TRY(Hash32 spki, net::parse_spki(options.spki));
    endpoint.spki = spki;
    return endpoint;
  }
  auto connection = net::Connection::open(endpoint, seconds(10));
  if (!connection) return std::unexpected(connection.error().error);
  endpoint.spki = (*connection)->server_spki();
  (*connection)->close();
  return endpoint;
}

Exit found(const FoundOptions& options, const Globals& globals, Output& output) {
  auto endpoint = pinned_endpoint(options);
  if (!endpoint) return output.error(endpoint.error()), Exit::failed;
  auto session = Session::create(globals, output);
  if (!session) return output.error(session.error()), Exit::failed;
  std::string address = endpoint->host + ":" + std::to_string(endpoint->port);
  core::FoundNetwork command{address,        *endpoint->spki, options.name, {options.member, "", ""},
                             options.device, options.code};
  auto outcome = session->run(command);
  if (!outcome) {
    show_error(output, outcome.error(), *session);
    return Exit::failed;
  }
  const auto& founded = std::get<core::Founded>(*outcome);
  output.line({{"network", hex(founded.network.view())},
               {"fingerprint", hex(founded.fingerprint.view())},
               {"member", hex(founded.member.view())},
               {"device", hex(founded.device.view())},
               {"spki", net::spki_text(*endpoint->spki)},
               {"boards", {hex(founded.general_board.view()), hex(founded.focal_points_board.view())}}},
              hex(founded.fingerprint.view()));
  output.say("network.founded", {{"name", options.name}, {"words", core::words_for(founded.fingerprint.view(), 6)}});
  return Exit::done;
}

void add_found(CLI::App& network, Chosen& chosen) {
  auto options = std::make_shared<FoundOptions>();
  CLI::App* verb = network.add_subcommand("found");
  verb->add_option("--server", options->server)->required();
  verb->add_option("--spki", options->spki);
  verb->add_option("--name", options->name)->required();
  verb->add_option("--member", options->member)->required();
  verb->add_option("--device", options->device);
  verb->add_option("--founding-code", options->code);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) { return found(*options, globals, output); };
  });
}

struct CountryOptions {
  core::AddCountry command;
  std::string status = "member", voice = "any";
};

void add_country(CLI::App& country, Chosen& chosen) {
  auto options = std::make_shared<CountryOptions>();
  CLI::App* verb = country.add_subcommand("add");
  verb->add_option("CODE", options->command.code)->required();
  verb->add_option("--name", options->command.name)->required();
  verb->add_option("--status", options->status)->check(CLI::IsMember({"member", "observer", "training-only"}));
  verb->add_option("--institution", options->command.institutions)->expected(1, 8)->take_all();
  verb->add_option("--voice", options->voice)->check(CLI::IsMember({"any", "joint"}));
  verb->add_option("--decision", options->command.decision);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        core::AddCountry command = options->command;
        command.status = *roster::status_named(options->status);
        command.voice = *roster::voice_named(options->voice);
        TRY(auto outcome, session.run(command));
        if (const auto* place = std::get_if<core::RosterPlace>(&outcome)) {
          output.line({{"country", command.code}, {"roster_seq", place->seq.value}},
                      command.code + "  " + command.name);
        } else {
          show_decided(output, outcome, "country.changed");
        }
        return {};
      });
    };
  });
}

// suspend and resume: the decision is what makes it one.
void add_status(CLI::App& country, Chosen& chosen, const char* word, std::optional<roster::CountryStatus> fixed) {
  auto command = std::make_shared<core::SetCountryStatus>();
  auto status = std::make_shared<std::string>("member");
  CLI::App* verb = country.add_subcommand(word);
  verb->add_option("CODE", command->code)->required();
  verb->add_option("--decision", command->decision);
  if (!fixed) {
    verb->add_option("--status", *status)->check(CLI::IsMember({"member", "observer", "training-only"}));
  }
  verb->callback([command, status, fixed, &chosen] {
    chosen.action = [command, status, fixed](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        core::SetCountryStatus change = *command;
        change.status = fixed.value_or(*roster::status_named(*status));
        TRY(auto outcome, session.run(change));
        show_decided(output, outcome, "country.changed");
        return {};
      });
    };
  });
}

Status who_am_i(Session& session, Output& output) {
  const core::Core& core = session.core();
  const core::Self& self = core.self();
  auto person = views::person(core, self.member);
  if (!person) return fail(Code::unknown_member);
  auto network = core.network_name();
  auto device = core.roster().newest().device(self.device);
  bool provisional = device && device->standing == roster::Standing::provisional;
  json object = json_of(*person);
  object["device"] = hex(self.device.view());
  object["network"] = hex(self.network.view());
  object["network_name"] = network ? network->name : std::string();
  object["fingerprint"] = hex(self.fingerprint.view());
  object["words"] = core::words_for(self.fingerprint.view(), 6);
  object["provisional"] = provisional;
  object["server"] = self.address;
  const auto& roots = core.roster().newest().roots();
  object["roots"] = {{"threshold", roots.threshold}, {"keys", roots.keys.size()}};
  std::string text =
      (network ? network->name : hex(self.network.view())) + "\n" + text_of(*person, output.words()) + "\n" +
      output.words().text("network.fingerprint", {{"words", core::words_for(self.fingerprint.view(), 6)}});
  if (roots.threshold == 1) text += "\n" + output.words().text("network.one_root");
  output.line(object, text);
  return {};
}

// What was brought up to date, and what a person still has to look at.
Status tell_state(Session& session, Output& output) {
  const core::Core& core = session.core();
  std::size_t in = 0, unreadable = 0, waiting = 0;
  json to_accept = json::array();
  for (const ChannelId& id : core.channels()) {
    auto look = core.channel(id);
    in += look->state == core::ChannelState::in ? 1 : 0;
    unreadable += core.unreadable(id);
    waiting += core.outbox(id).size();
    if (look->admission_to_accept) to_accept.push_back(hex(id.view()));
    if (look->admission_change) {
      output.say("channel.admission_changed", admission_words(core, *look, output.words()));
    }
  }
  std::string text = output.words().text("sync.done", {{"n", std::to_string(in)}});
  auto count = [&](Key key, std::size_t n) {
    if (n > 0) text += " · " + output.words().text(key, {{"n", std::to_string(n)}});
  };
  count("outbox.waiting", waiting);
  count("channel.unreadable", unreadable);
  count("alarm.count", core.alarms().size());
  output.line({{"channels", in},
               {"waiting", waiting},
               {"unreadable", unreadable},
               {"alarms", core.alarms().size()},
               {"admission_changed", to_accept}},
              text);
  return in_order(core);
}

void add_passphrase(CLI::App& app, Chosen& chosen) {
  auto file = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("passphrase");
  verb->add_option("--new-passphrase-file", *file);
  verb->callback([file, &chosen] {
    chosen.action = [file](const Globals& globals, Output& output) {
      return with_session(globals, output, false, [&](Session& session) -> Status {
        TRY_OK(session.change_passphrase(file->empty() ? std::optional<std::string>() : *file));
        output.line({{"changed", true}}, output.words().text("passphrase.changed"));
        return {};
      });
    };
  });
}

}  // namespace

void add_network_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* network = app.add_subcommand("network")->require_subcommand(1);
  add_found(*network, chosen);
  CLI::App* country = app.add_subcommand("country")->require_subcommand(1);
  add_country(*country, chosen);
  add_status(*country, chosen, "suspend", roster::CountryStatus::suspended);
  add_status(*country, chosen, "resume", std::nullopt);
  app.add_subcommand("whoami")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, false, [&](Session& session) { return who_am_i(session, output); });
    };
  });
  add_passphrase(app, chosen);
  app.add_subcommand("sync")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return tell_state(session, output); });
    };
  });
}

}  // namespace encuentro::client::cli
