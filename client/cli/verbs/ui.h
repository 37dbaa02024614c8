// The verb `ui` (client/cli/ui).
#pragma once

#include "client/cli/verb.h"

namespace encuentro::client::cli {

void add_page_verbs(CLI::App& app, Chosen& chosen);

}  // namespace encuentro::client::cli
