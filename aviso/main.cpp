// encuentro-aviso: sends the notices that the server leaves in its spool. Says how many, never to whom.
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>

#include "aviso/key_file.h"
#include "aviso/smtp.h"
#include "protocol/codec/base64url.h"
#include "protocol/crypto/system_random.h"

namespace encuentro::aviso {
namespace {

int failed(const std::string& sentence, int status = 1) {
  std::fprintf(stderr, "encuentro-aviso: error: %s\n", sentence.c_str());
  return status;
}

Timestamp clock_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

// No memory of this process goes into a file by itself, and its files are its owner's.
void keep_to_oneself() {
  umask(077);
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

int print_key(const Config& config) {
  crypto::SystemRandom random;
  auto key = load_or_make_key(config.state, random);
  if (!key) return failed(key.error());
  std::printf("notices-key = %s\n", codec::to_base64url(key->public_key.view()).c_str());
  return 0;
}

void say(const Tally& tally, const std::string& trouble) {
  if (tally.sent + tally.failed + tally.set_aside == 0) return;
  std::fprintf(stderr, "encuentro-aviso: sent %u, waiting %u, failed %u, set aside %u%s%s\n", tally.sent, tally.waiting,
               tally.failed, tally.set_aside, trouble.empty() ? "" : ": ", trouble.c_str());
}

// Until a signal; whatever goes wrong in a round is said and tried again in the next.
int send(const Config& config, bool once) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  sigprocmask(SIG_BLOCK, &ends, nullptr);  // before libcurl makes threads
  crypto::SystemRandom random;
  auto key = load_key(config.state);
  if (!key) return failed(key.error());
  auto ledger = Ledger::open(config.state, key->private_key.view());
  if (!ledger) return failed(ledger.error());
  auto mailer = SmtpMailer::open(config);
  if (!mailer) return failed(mailer.error());
  Rounds rounds(config, *key, *ledger, **mailer, random);
  const timespec pause{config.look.ms / 1000, 0};
  for (;;) {
    const auto tally = rounds.run(clock_now());
    if (tally) say(*tally, (*mailer)->trouble());
    if (!tally) failed(tally.error());
    if (once) return tally && tally->failed == 0 ? 0 : 1;
    if (sigtimedwait(&ends, nullptr, &pause) > 0) return 0;
  }
}

}  // namespace
}  // namespace encuentro::aviso

int main(int argc, char** argv) {
  using namespace encuentro::aviso;
  keep_to_oneself();
  CLI::App app("Sends the notices that Encuentro's server leaves in its spool.", "encuentro-aviso");
  app.set_version_flag("--version", "encuentro-aviso " ENCUENTRO_VERSION);
  std::string file;
  bool once = false;
  app.add_option("--config", file, "settings, one `key = value` a line")->required();
  app.add_flag("--once", once, "look into the spool once and stop; 1 if a mail failed");
  const auto* key = app.add_subcommand("key", "makes the key if there is none; prints the server's setting");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    app.exit(wrong);
    return 2;
  }
  const auto config = Config::load(file);
  if (!config) return failed(config.error(), 2);
  return *key ? print_key(*config) : send(*config, once);
}
