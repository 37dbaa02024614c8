#include "client/cli/verbs/ui.h"

#include <atomic>
#include <csignal>

#include "client/cli/show.h"
#include "client/cli/ui/serve.h"

namespace encuentro::client::cli {
namespace {

std::atomic<bool> interrupted = false;

// A second signal ends the program at once.
void stop_on_signals() {
  for (int signal : {SIGINT, SIGTERM, SIGHUP}) {
    std::signal(signal, [](int number) {
      interrupted = true;
      std::signal(number, SIG_DFL);
    });
  }
}

}  // namespace

void add_page_verbs(CLI::App& app, Chosen& chosen) {
  struct Options {
    std::string folder;
    std::uint16_t port = 0;
    bool no_browser = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("ui");
  verb->add_option("--port", options->port)->check(CLI::Range(1024, 65535));
  verb->add_option("--web", options->folder);
  verb->add_flag("--no-browser", options->no_browser);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      auto files = options->folder.empty() ? ui::PageFiles::built_in() : ui::PageFiles::from(options->folder);
      if (!files) return output.error(files.error()), Exit::failed;
      stop_on_signals();
      ui::Serving what{std::move(*files), options->port, !options->no_browser};
      auto served = ui::serve(globals, output, std::move(what), interrupted);
      if (!served) return output.error(served.error()), Exit::failed;
      return Exit::done;
    };
  });
}

}  // namespace encuentro::client::cli
