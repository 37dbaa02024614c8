// `encuentro ui`: listener, keeper, connection and transfers put together, until it is told to stop.
#pragma once

#include <atomic>

#include "client/cli/session.h"
#include "client/cli/ui/page_files.h"

namespace encuentro::client::cli::ui {

struct Serving {
  PageFiles files;
  std::uint16_t port = 0;  // 0: a free one
  bool browser = true;     // open it
};

// Prints the address, and a new one whenever a page came in by it. Errors: those of Listener::open and Entrance::write.
Status serve(const Globals& globals, Output& output, Serving what, const std::atomic<bool>& stop);

}  // namespace encuentro::client::cli::ui
