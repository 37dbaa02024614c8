#include "protocol/crypto/sodium/large_pages.h"

#include <sys/mman.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "protocol/base/limits.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

constexpr std::size_t bytes = 4 * limits::MiB;

struct Mapped {
  void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  ~Mapped() { ::munmap(memory, bytes); }
};

// What the system keeps about the mapping that holds `address` (proc_pid_smaps(5)): "hg" among the flags says that
// large pages were asked for.
std::string flags_at(const void* address) {
  std::ifstream maps("/proc/self/smaps");
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx ", &from, &to) == 2) inside = from <= wanted && wanted < to;
    if (inside && line.starts_with("VmFlags:")) return line + " ";
  }
  return {};
}

bool system_has_them() { return std::filesystem::exists("/sys/kernel/mm/transparent_hugepage/enabled"); }

}  // namespace

TEST_CASE("what is mapped while large pages are wanted is asked for in them, and nothing else is") {
  const Mapped before;
  REQUIRE(before.memory != MAP_FAILED);
  CHECK(flags_at(before.memory).find(" hg ") == std::string::npos);
  {
    const sodium::LargePages wanted;
    const Mapped during;
    REQUIRE(during.memory != MAP_FAILED);
    CHECK((flags_at(during.memory).find(" hg ") != std::string::npos) == system_has_them());
  }
  const Mapped after;
  REQUIRE(after.memory != MAP_FAILED);
  CHECK(flags_at(after.memory).find(" hg ") == std::string::npos);
}

TEST_CASE("a mapping that can't be had is told as without them") {
  const sodium::LargePages wanted;
  CHECK(::mmap(nullptr, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
}
