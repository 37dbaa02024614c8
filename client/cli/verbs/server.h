// server set: where the network's server is from here on, and by which key it is known.
#pragma once

#include "client/cli/verb.h"

namespace encuentro::client::cli {

void add_server_verbs(CLI::App& app, Chosen& chosen);

}  // namespace encuentro::client::cli
