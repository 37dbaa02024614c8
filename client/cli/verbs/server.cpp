#include "client/cli/verbs/server.h"

#include "client/cli/net/connection.h"
#include "client/cli/show.h"

namespace encuentro::client::cli {
namespace {

struct Options {
  std::string spki, next;
  std::vector<std::string> addresses;
};

Status set(const Options& options, Session& session, Output& output) {
  core::SetServer command;
  TRY(command.spki, net::parse_spki(options.spki));
  if (!options.next.empty()) {
    TRY(command.next_spki, net::parse_spki(options.next));
  }
  for (const std::string& address : options.addresses) {
    TRY_OK(net::parse_endpoint("wss://" + address));
    command.addresses.push_back(address);
  }
  TRY(auto outcome, session.run(command));
  show_decided(output, outcome, "server.set");
  return {};
}

}  // namespace

void add_server_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* server = app.add_subcommand("server")->require_subcommand(1);
  auto options = std::make_shared<Options>();
  CLI::App* verb = server->add_subcommand("set");
  verb->add_option("--spki", options->spki)->required();
  verb->add_option("--next", options->next);
  verb->add_option("--address", options->addresses)->required()->expected(1, 4);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& s) { return set(*options, s, output); });
    };
  });
}

}  // namespace encuentro::client::cli
