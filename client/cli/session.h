// A profile in use: its lock, its store, the core, and the connection the core asks for. Carries out the core's
// effects in their order, store first; blocking, one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "client/cli/net/connection.h"
#include "client/cli/output.h"
#include "client/cli/profile/lock.h"
#include "client/core/core.h"

namespace encuentro::client::cli {

// Options that every verb takes.
struct Globals {
  std::filesystem::path home;
  std::optional<std::string> passphrase_file;
  Language language = Language::es;
  bool json = false;
  bool offline = false;
  Duration wait = seconds(5);  // for the answer to something sent
  bool verbose = false;
};

class Session {
 public:
  // A new profile in an empty home; asks for (or proposes) a passphrase. Errors: already_exists, weak_passphrase,
  // too_large, locked, storage_failed, storage_full.
  static Result<Session> create(const Globals& globals, Output& output);
  // Errors: no_profile, wrong_passphrase, locked, malformed, storage_failed. Of a profile that is an old copy nothing
  // runs: Core::network_alarm() says so.
  static Result<Session> open(const Globals& globals, Output& output);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  core::Core& core();

  // Runs the command to its answer. Without one in time: `queued` (if an item went into the outbox; see
  // last_queued()) or `unreachable` (or why the connection failed).
  Result<core::Outcome> run(core::Command command, Duration wait);
  // The same with a wait for work of several round trips.
  Result<core::Outcome> run(core::Command command);
  const std::optional<core::Queued>& last_queued() const;

  // Everything up to what the server holds. With --offline: nothing. Errors as run.
  Status sync();

  // Another passphrase over this profile: the file's first line, or proposed and typed at the terminal. Errors: those
  // of another_passphrase, storage_failed.
  Status change_passphrase(const std::optional<std::string>& file);
  // Says each alarm that stands, unless this process has said it.
  void say_alarms();

  // Handles events as they come until `stop` says so (asked at least every 200 ms).
  void follow(const std::function<void(const core::Event&)>& on_event, const std::function<bool()>& stop);
  // The server of the last connection: chunks go there too.
  const net::Endpoint& endpoint() const;
  // Another process waits for this profile.
  bool wanted_by_another() const;
  // Lets every process that waits have the profile, and opens it again after them, with the passphrase once given.
  // core() is another object afterwards. Errors as open; locked if `stop` said so.
  Status give_way(const std::function<bool()>& stop);

  // What the last failed connection had to say: keys, issuer, the system's word.
  const std::optional<net::ConnectFailure>& connect_failure() const;

 private:
  class Driver;
  Session(const Globals& globals, Output& output, SecretBytes passphrase);
  Status open(Result<profile::Lock> lock);
  Globals globals_;
  Output* output_;
  SecretBytes passphrase_;
  std::unique_ptr<Driver> driver_;
};

}  // namespace encuentro::client::cli
