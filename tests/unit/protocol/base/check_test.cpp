#include "protocol/base/check.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <string>

namespace {

// Runs `body` in a child whose standard error we read; returns that text and the child's wait status.
template <class Body>
std::pair<std::string, int> in_child(Body body) {
  int pipe_ends[2];
  REQUIRE(pipe(pipe_ends) == 0);
  pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // not Catch2's handler, which would report a failed case
    dup2(pipe_ends[1], STDERR_FILENO);
    body();
    _exit(0);
  }
  close(pipe_ends[1]);
  std::string text;
  char piece[256];
  for (ssize_t got = 0; (got = read(pipe_ends[0], piece, sizeof piece)) > 0;) {
    text.append(piece, static_cast<std::size_t>(got));
  }
  close(pipe_ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return {text, status};
}

}  // namespace

TEST_CASE("a check that holds does nothing") {
  auto [text, status] = in_child([] { ENC_CHECK(1 + 1 == 2); });
  CHECK(text.empty());
  CHECK(status == 0);
}

TEST_CASE("a failed check names its place and stops the program") {
  auto [text, status] = in_child([] { ENC_CHECK(1 + 1 == 3); });
  CHECK(text.find("check_test.cpp:") != std::string::npos);
  CHECK(text.find("check failed: 1 + 1 == 3") != std::string::npos);
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGABRT);
}
