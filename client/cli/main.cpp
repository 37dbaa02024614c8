// The `encuentro` command: reads the words, opens the profile, runs one verb. Its manners are in output.h.
#include <sys/resource.h>

#include <cstdlib>

#include "client/cli/help.h"
#include "client/cli/show.h"
#include "client/cli/usage.h"
#include "client/cli/verb.h"
#include "client/cli/verbs/notices.h"
#include "client/cli/verbs/server.h"
#include "client/cli/verbs/ui.h"

namespace encuentro::client::cli {
namespace {

std::filesystem::path default_home() {
  if (const char* home = std::getenv("ENCUENTRO_HOME"); home != nullptr && *home != '\0') return home;
  if (const char* home = std::getenv("XDG_DATA_HOME"); home != nullptr && *home != '\0') {
    return std::filesystem::path(home) / "encuentro";
  }
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : ".") / ".local/share/encuentro";
}

// A core dump of an unlocked profile would hold its keys (R45, R83).
void forbid_core_dumps() {
  rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

struct GlobalOptions {
  std::string home, passphrase_file, language;
  double wait_s = 5;
  Globals globals;
};

void add_globals(CLI::App& app, GlobalOptions& options) {
  app.add_option("--home", options.home);
  app.add_option("--passphrase-file", options.passphrase_file);
  app.add_option("--lang", options.language)->check(CLI::IsMember({"es", "pt", "en"}));
  app.add_option("--wait", options.wait_s)->check(CLI::Range(0.0, 3600.0));
  app.add_flag("--json", options.globals.json);
  app.add_flag("--offline", options.globals.offline);
  app.add_flag("--verbose", options.globals.verbose);
}

Globals read_globals(GlobalOptions& options) {
  Globals& globals = options.globals;
  globals.home = options.home.empty() ? default_home() : std::filesystem::path(options.home);
  if (!options.passphrase_file.empty()) globals.passphrase_file = options.passphrase_file;
  globals.language = options.language.empty() ? language_of_locale() : language_named(options.language);
  globals.wait = Duration{static_cast<std::int64_t>(options.wait_s * 1000)};
  return globals;
}

int run(int argc, char** argv) {
  CLI::App app("encuentro");
  app.set_version_flag("--version", "encuentro " ENCUENTRO_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  GlobalOptions options;
  add_globals(app, options);
  Chosen chosen;
  add_network_verbs(app, chosen);
  add_people_verbs(app, chosen);
  add_device_verbs(app, chosen);
  add_alarm_verbs(app, chosen);
  add_roots_verbs(app, chosen);
  add_succession_verbs(app, chosen);
  add_re_entry_verbs(app, chosen);
  add_channel_verbs(app, chosen);
  add_writing_verbs(app, chosen);
  add_board_verbs(app, chosen);
  add_reading_verbs(app, chosen);
  add_event_verbs(app, chosen);
  add_document_verbs(app, chosen);
  add_attachment_verbs(app, chosen);
  add_initiative_verbs(app, chosen);
  add_meeting_verbs(app, chosen);
  add_report_verbs(app, chosen);
  add_searching_verbs(app, chosen);
  add_taking_out_verbs(app, chosen);
  add_notice_verbs(app, chosen);
  add_page_verbs(app, chosen);
  add_comparing_verbs(app, chosen);
  add_server_verbs(app, chosen);
  auto wrong = [&](const auto& error, const auto& verb) {
    Catalogue words(language_asked(argc, argv));
    Misuse misuse = misuse_of(error, verb, words);
    Output(words, asks_json(argc, argv)).misuse(misuse.message, misuse.hint);
  };
  auto describe = [&](auto& program) { cli::describe(program, Catalogue(language_asked(argc, argv))); };
  if (auto said = app.parse(argc, argv, wrong, describe)) {
    return static_cast<int>(*said == CLI::App::Said::as_asked ? Exit::done : Exit::usage);
  }
  Globals globals = read_globals(options);
  Catalogue catalogue(globals.language);
  Output output(catalogue, globals.json);
  return static_cast<int>(chosen.action(globals, output));
}

enum class Bring { nothing, to_read, to_write };

// What the server can't be asked now is done with what is here: reading works offline, and what is sent waits. Where
// something else than the server answers, nothing is read as if all were well.
bool goes_on(Bring bring, Code why) {
  bool other_server = why == Code::wrong_server_key || why == Code::inspected_connection;
  return why == Code::unreachable || (other_server && bring == Bring::to_write);
}

bool is_old_copy(Session& session) { return session.core().network_alarm() == Code::rolled_back; }

Exit run_on_profile(const Globals& globals, Output& output, Bring bring, const std::function<Status(Session&)>& work) {
  auto session = Session::open(globals, output);
  if (!session) return output.error(session.error()), Exit::failed;
  if (bring != Bring::nothing || is_old_copy(*session)) {
    auto synced = session->sync();
    session->say_alarms();
    if (is_old_copy(*session)) return Exit::failed;
    if (!synced && !goes_on(bring, synced.error().code))
      return show_error(output, synced.error(), *session), Exit::failed;
  }
  if (auto done = work(*session); !done) return show_error(output, done.error(), *session), Exit::failed;
  return Exit::done;
}

}  // namespace

Exit with_session(const Globals& globals, Output& output, bool fresh, const std::function<Status(Session&)>& work) {
  return run_on_profile(globals, output, fresh ? Bring::to_read : Bring::nothing, work);
}

Exit with_writing(const Globals& globals, Output& output, const std::function<Status(Session&)>& work) {
  return run_on_profile(globals, output, Bring::to_write, work);
}

}  // namespace encuentro::client::cli

int main(int argc, char** argv) {
  encuentro::client::cli::forbid_core_dumps();
  return encuentro::client::cli::run(argc, argv);
}
