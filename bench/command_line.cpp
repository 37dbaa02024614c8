#include "bench/command_line.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <thread>

#include "protocol/base/check.h"

namespace encuentro::bench {

namespace fs = std::filesystem;
namespace net = client::cli::net;

CommandLine::CommandLine(const fs::path& directory, const ServerProcess& server) {
  std::string folder = (directory / "encuentro-bench-XXXXXX").string();
  ENC_CHECK(::mkdtemp(folder.data()) != nullptr);
  folder_ = folder;
  std::ofstream(folder_ / "passphrase") << "una frase larga para medir\n";
  const net::Endpoint& at = server.endpoint();
  std::string url = "wss://" + at.host + ":" + std::to_string(at.port);
  run({"network", "found", "--server", url, "--spki", net::spki_text(*at.spki), "--name", "Medidas", "--member",
       "Ana"});
}

CommandLine::~CommandLine() { fs::remove_all(folder_); }

pid_t CommandLine::start(const std::vector<std::string>& words, const fs::path& out) const {
  const fs::path program = fs::read_symlink("/proc/self/exe").replace_filename("encuentro");
  std::vector<std::string> all{
      "encuentro", "--home", (folder_ / "profile").string(), "--passphrase-file", (folder_ / "passphrase").string(),
      "--json"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> arguments;
  for (std::string& word : all) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = ::fork();
  ENC_CHECK(pid >= 0);
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    int file = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::execv(program.c_str(), arguments.data());
    ::_exit(127);
  }
  return pid;
}

nlohmann::json CommandLine::run(const std::vector<std::string>& words) const {
  const fs::path out = folder_ / "out";
  int status = 0;
  ENC_CHECK(::waitpid(start(words, out), &status, 0) > 0);
  ENC_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  nlohmann::json last;
  std::ifstream in(out);
  for (std::string line; std::getline(in, line);) last = nlohmann::json::parse(line);
  return last;
}

bool CommandLine::kill_when(const std::vector<std::string>& words, const std::function<bool()>& reached) const {
  pid_t pid = start(words, folder_ / "out");
  int status = 0;
  while (!reached()) {
    if (::waitpid(pid, &status, WNOHANG) == pid) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ::kill(pid, SIGKILL);
  ENC_CHECK(::waitpid(pid, &status, 0) == pid);
  return WIFSIGNALED(status);
}

}  // namespace encuentro::bench
