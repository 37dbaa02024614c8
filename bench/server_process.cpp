#include "bench/server_process.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <fstream>

#include "bench/process.h"
#include "protocol/base/check.h"

namespace encuentro::bench {

namespace net = client::cli::net;

namespace {

constexpr std::string_view settings =
    "log-level = error\n"
    "messages-per-second = 1000000\nmessages-burst = 1000000\n"
    "commits-per-second = 1000000\ncommits-burst = 1000000\n"
    "connections-before-login = 1000\n";

[[noreturn]] void become_server(const std::filesystem::path& folder, int out) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ENC_CHECK(::dup2(out, STDOUT_FILENO) == STDOUT_FILENO);
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe").replace_filename("encuentrod");
  const std::filesystem::path config = folder / "encuentrod.conf";
  const std::filesystem::path data = folder / "data";
  std::ofstream(config) << settings;
  ::execl(program.c_str(), "encuentrod", "--config", config.c_str(), "--data", data.c_str(), "--listen", "127.0.0.1:0",
          nullptr);
  ::_exit(1);
}

// "ready wss://HOST:PORT spki=HASH"
net::Endpoint told(int from) {
  std::string line;
  for (char letter = 0; ::read(from, &letter, 1) == 1 && letter != '\n';) line += letter;
  const auto url = line.find("wss://");
  const auto space = line.find(" spki=");
  ENC_CHECK(line.starts_with("ready ") && url != std::string::npos && space != std::string::npos);
  auto endpoint = net::parse_endpoint(std::string_view(line).substr(url, space - url));
  auto spki = net::parse_spki(std::string_view(line).substr(space + 6));
  ENC_CHECK(endpoint.has_value() && spki.has_value());
  endpoint->spki = *spki;
  return *endpoint;
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& directory) {
  std::string folder = (directory / "encuentro-bench-XXXXXX").string();
  ENC_CHECK(::mkdtemp(folder.data()) != nullptr);
  folder_ = folder;
  int ends[2];
  ENC_CHECK(::pipe(ends) == 0);
  pid_ = ::fork();
  ENC_CHECK(pid_ >= 0);
  if (pid_ == 0) become_server(folder_, ends[1]);
  ::close(ends[1]);
  endpoint_ = told(ends[0]);
  ::close(ends[0]);
}

ServerProcess::~ServerProcess() {
  ::kill(pid_, SIGTERM);
  ::waitpid(pid_, nullptr, 0);
  std::filesystem::remove_all(folder_);
}

double ServerProcess::cpu_us() const { return cpu_us_of(pid_); }
double ServerProcess::resident_bytes() const { return resident_bytes_of(pid_); }
std::map<std::string, double> ServerProcess::thread_cpu_us() const { return thread_cpu_us_of(pid_); }

}  // namespace encuentro::bench
