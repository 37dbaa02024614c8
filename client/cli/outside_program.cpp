#include "client/cli/outside_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

extern char** environ;

namespace encuentro::client::cli {

namespace fs = std::filesystem;

PrivateFolder::PrivateFolder(const fs::path& home) : path_((home / "work-XXXXXX").string()) {
  made_ = mkdtemp(path_.data()) != nullptr;
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  if (made_) fs::remove_all(path_, ignored);
}

Result<int> run_program(std::vector<std::string> words, const fs::path& out, const char* program) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return fail(Code::not_found, program);
  // A document made to keep such a program busy ends it.
  constexpr rlim_t processor_s_max = 60;
  const rlimit processor{processor_s_max, processor_s_max};
  prlimit(child, RLIMIT_CPU, &processor, nullptr);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  constexpr int not_there = 127;
  if (WIFSIGNALED(status)) return fail(Code::malformed, program);
  if (!WIFEXITED(status) || WEXITSTATUS(status) == not_there) return fail(Code::not_found, program);
  return WEXITSTATUS(status);
}

}  // namespace encuentro::client::cli
