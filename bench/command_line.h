// The command as a person runs it: the program encuentro, which stands beside the running one, on a profile of its own.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/server_process.h"

namespace encuentro::bench {

class CommandLine {
 public:
  // A profile below `directory`, whose member founds a network on that server.
  CommandLine(const std::filesystem::path& directory, const ServerProcess& server);
  ~CommandLine();  // removes the profile
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // Runs a verb to its end and answers with the last object it printed; stops the program with the reason when the
  // verb fails.
  nlohmann::json run(const std::vector<std::string>& words) const;
  // Starts a verb, and kills it as soon as `reached` says so (asked every few milliseconds); false: it ended before.
  bool kill_when(const std::vector<std::string>& words, const std::function<bool()>& reached) const;

 private:
  pid_t start(const std::vector<std::string>& words, const std::filesystem::path& out) const;
  std::filesystem::path folder_;
};

}  // namespace encuentro::bench
