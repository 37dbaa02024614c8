// The server as it is installed: the program encuentrod, which stands beside the running one, on a folder of its own.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>

#include "client/cli/net/connection.h"

namespace encuentro::bench {

class ServerProcess {
 public:
  // Starts it with an empty folder below `directory` and waits until it is ready; stops the program when it isn't.
  // One device may send as fast as it can: the rates are not what is measured.
  explicit ServerProcess(const std::filesystem::path& directory);
  ~ServerProcess();  // ends it and removes the folder
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const client::cli::net::Endpoint& endpoint() const { return endpoint_; }
  std::filesystem::path data() const { return folder_ / "data"; }
  double cpu_us() const;
  double resident_bytes() const;
  std::map<std::string, double> thread_cpu_us() const;

 private:
  std::filesystem::path folder_;
  pid_t pid_ = 0;
  client::cli::net::Endpoint endpoint_;
};

}  // namespace encuentro::bench
