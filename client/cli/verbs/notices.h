// notices on, off, show: the mails that say only that there is something new.
#pragma once

#include "client/cli/verb.h"

namespace encuentro::client::cli {

void add_notice_verbs(CLI::App& app, Chosen& chosen);

}  // namespace encuentro::client::cli
