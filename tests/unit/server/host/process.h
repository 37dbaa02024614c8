// encuentrod as a process of its own, ended with the object.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace encuentro::tests {

struct Run {
  int status = -1;
  std::string out;
};

class Process {
 public:
  explicit Process(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), ENCUENTROD);
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    pid_ = fork();
    if (pid_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      std::vector<char*> argv;
      for (auto& argument : arguments) argv.push_back(argument.data());
      argv.push_back(nullptr);
      execv(argv[0], argv.data());
      _exit(127);
    }
    ::close(ends[1]);
    out_ = ends[0];
  }
  ~Process() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    ::close(out_);
  }
  // Waits for a line.
  std::string line() {
    std::string text;
    char c = 0;
    while (read(out_, &c, 1) == 1 && c != '\n') text.push_back(c);
    return text;
  }
  void signal(int number) { kill(pid_, number); }
  Run wait() {
    Run run;
    char buffer[4096];
    for (ssize_t n = 0; (n = read(out_, buffer, sizeof buffer)) > 0;)
      run.out.append(buffer, static_cast<std::size_t>(n));
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 1000;
    return run;
  }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
};

inline Run run(std::vector<std::string> arguments) { return Process(std::move(arguments)).wait(); }

}  // namespace encuentro::tests
