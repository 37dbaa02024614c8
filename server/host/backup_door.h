// How `encuentrod backup` and `recovered` reach the server that holds the data: a Unix socket in the data folder, which
// only the server's user and root may enter. One request a connection: "backup TARGET\n" or "recovered\n"; the answer
// is "ok\n" or the error's word. The server makes the copy, whoever asked checks it (docs/decisions/0006).
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "protocol/base/error.h"

namespace encuentro::server::host {

inline constexpr std::size_t backup_request_bytes_max = 4096 + 64;

class BackupDoor {
 public:
  // Both run on the door's own thread, one at a time. A socket left behind by a killed server is replaced: the
  // store must be open, so that no other server lives on this data. The error is a sentence for the operator.
  static std::expected<std::unique_ptr<BackupDoor>, std::string> open(
      const std::filesystem::path& data, std::function<Status(const std::string& target)> copy,
      std::function<Status()> recovered);
  // Waits for a copy that is being made.
  ~BackupDoor();
  BackupDoor(const BackupDoor&) = delete;
  BackupDoor& operator=(const BackupDoor&) = delete;

 private:
  BackupDoor(int listener, int stop, std::filesystem::path socket, std::function<Status(const std::string&)> copy,
             std::function<Status()> recovered);
  void serve();
  void answer(int connection);

  int listener_;
  int stop_;  // an eventfd: readable once the door closes
  std::filesystem::path socket_;
  std::function<Status(const std::string&)> copy_;
  std::function<Status()> recovered_;
  std::thread thread_;
};

// Asks the server that runs on `data`; waits as long as the copy takes. The error is a sentence: no server answers, or
// why it couldn't.
std::expected<void, std::string> ask_for_backup(const std::filesystem::path& data, const std::filesystem::path& target);
// Tells the server that what was lost before its restore has been given back. The same errors.
std::expected<void, std::string> tell_recovered(const std::filesystem::path& data);

}  // namespace encuentro::server::host
