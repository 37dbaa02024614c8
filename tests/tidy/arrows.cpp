#include "tests/tidy/arrows.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace encuentro::tidy {
namespace {

using Names = std::vector<std::string_view>;

struct Arrow {
  std::string_view folder;  // and everything below it, unless a longer line matches
  Names may_include;        // besides itself
};

// protocol/base knows only the standard library; each folder knows those below it that it is built on.
const std::vector<Arrow>& arrows() {
  static const std::vector<Arrow> table = {
      {"protocol/base", {}},
      {"protocol/codec", {"protocol/base"}},
      {"protocol/crypto", {"protocol/base", "protocol/codec"}},
      {"protocol/mls/public", {"protocol/base", "protocol/codec", "protocol/crypto"}},
      {"protocol/mls/member", {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/mls/public"}},
      {"protocol/roster", {"protocol/base", "protocol/codec", "protocol/crypto"}},
      {"protocol/record", {"protocol/base", "protocol/codec", "protocol/crypto"}},
      {"protocol/policy",
       {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/roster", "protocol/mls/public"}},
      {"protocol/content", {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/record"}},
      {"protocol/api",
       {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/mls/public", "protocol/roster",
        "protocol/record", "protocol/policy"}},
      {"client/core", {"protocol"}},
      {"client/views", {"protocol", "client/core", "client/verify"}},
      {"client/verify", {"protocol", "client/core"}},
      {"client/calendar", {"protocol"}},
      {"client/cli", {"protocol", "client"}},
      {"client/wasm", {"protocol", "client/core", "client/views", "client/verify"}},
      {"storage", {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/record"}},
      {"server",
       {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/mls/public", "protocol/roster",
        "protocol/record", "protocol/policy", "protocol/api", "storage"}},
      {"server/service",
       {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/mls/public", "protocol/roster",
        "protocol/record", "protocol/policy", "protocol/api", "storage"}},
      {"aviso", {"protocol/base", "protocol/codec", "protocol/crypto", "protocol/api"}},
      // Never shipped, so they may share the tests' tools.
      {"bench", {"protocol", "client", "storage", "server", "tests/support"}},
      {"fuzz", {"protocol", "client", "storage", "server", "tests/support"}},
      {"tools", {"protocol", "client", "storage", "server"}},
      {"tests", {"protocol", "client", "storage", "server", "aviso", "bench", "fuzz"}},
  };
  return table;
}

// Folders that do no I/O and also compile to WebAssembly.
constexpr std::array<std::string_view, 4> core_folders = {"protocol", "client/core", "client/views", "client/verify"};

// Standard headers that bring threads, files, clocks, randomness, or locales and their size.
constexpr std::array<std::string_view, 20> not_in_core = {"thread",  "mutex",      "shared_mutex", "condition_variable",
                                                          "future",  "stop_token", "semaphore",    "latch",
                                                          "barrier", "fstream",    "filesystem",   "iostream",
                                                          "format",  "print",      "random",       "locale",
                                                          "iomanip", "ctime",      "coroutine",    "csignal"};

struct Library {
  std::string_view prefix;
  Names folders;
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> table = {
      {"sodium", {"protocol/crypto"}},      {"openssl/", {"protocol/crypto", "server/net", "client/cli/net"}},
      {"libical/", {"client/calendar"}},    {"rocksdb/", {"storage/rocksdb"}},
      {"boost/", {"server", "client/cli"}}, {"curl/", {"aviso"}},
      {"qrcodegen/", {"client/cli"}},       {"sys/mman.h", {"protocol/crypto/sodium"}},
  };
  return table;
}

template <class Folders>
bool within(std::string_view path, const Folders& folders) {
  return std::ranges::any_of(folders, [&](std::string_view folder) { return below(path, folder); });
}

bool in_core(std::string_view path) { return within(path, core_folders); }

// Tests and measurements may look into anything; the limits are for what is shipped.
bool shipped(std::string_view path) {
  return within(path, std::array<std::string_view, 5>{"protocol", "client", "storage", "server", "aviso"});
}

const Arrow* arrow_of(std::string_view path) {
  const Arrow* best = nullptr;
  for (const Arrow& arrow : arrows()) {
    if (below(path, arrow.folder) && (!best || arrow.folder.size() > best->folder.size())) best = &arrow;
  }
  return best;
}

struct Include {
  std::string_view name;
  bool system;
};

std::optional<Include> include_on(std::string_view line) {
  auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
  skip_blanks();
  if (!line.starts_with('#')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) return std::nullopt;
  line.remove_prefix(7);
  skip_blanks();
  if (line.empty() || (line[0] != '"' && line[0] != '<')) return std::nullopt;
  bool system = line[0] == '<';
  line.remove_prefix(1);
  return Include{line.substr(0, line.find(system ? '>' : '"')), system};
}

bool allowed_library(std::string_view path, std::string_view name) {
  return std::ranges::any_of(libraries(), [&](const Library& library) {
    return name.starts_with(library.prefix) && within(path, library.folders);
  });
}

std::optional<Finding> judge_system(const File& file, std::string_view name) {
  for (const Library& library : libraries()) {
    if (name.starts_with(library.prefix) && shipped(file.path) && !within(file.path, library.folders)) {
      return Finding{file.path, 0, "library", "<" + std::string(name) + "> does not belong in this folder"};
    }
  }
  bool standard = name.find_first_of("./") == std::string_view::npos;
  bool banned = std::ranges::find(not_in_core, name) != not_in_core.end();
  if (in_core(file.path) && (banned || (!standard && !allowed_library(file.path, name)))) {
    return Finding{file.path, 0, "pure",
                   "<" + std::string(name) + ">: the core has no I/O, threads, clocks, libraries"};
  }
  return std::nullopt;
}

std::optional<Finding> judge_own(const File& file, std::string_view name) {
  const Arrow* target = arrow_of(name);
  if (!target) return Finding{file.path, 0, "root", "\"" + std::string(name) + "\" is not written from the root"};
  const Arrow* arrow = arrow_of(file.path);
  if (!arrow) return Finding{file.path, 0, "arrow", "this folder has no line in the table of arrows"};
  if (below(name, arrow->folder) || within(name, arrow->may_include)) return std::nullopt;
  return Finding{file.path, 0, "arrow", std::string(arrow->folder) + " may not include " + std::string(name)};
}

}  // namespace

Findings check_arrows(const File& file) {
  Findings findings;
  if (!is_cpp(file.path)) return findings;
  std::size_t number = 0;
  for (std::string_view line : lines_of(file.text)) {
    ++number;
    std::optional<Include> include = include_on(line);
    if (!include) continue;
    auto finding = include->system ? judge_system(file, include->name) : judge_own(file, include->name);
    if (!finding) continue;
    finding->line = number;
    findings.push_back(std::move(*finding));
  }
  return findings;
}

Findings check_clocks(const File& file) {
  Findings findings;
  if (!is_cpp(file.path) || !in_core(file.path)) return findings;
  std::size_t number = 0;
  for (std::string_view line : lines_of(file.text)) {
    ++number;
    for (std::string_view clock : {"system_clock", "steady_clock", "high_resolution_clock", "utc_clock"}) {
      if (line.find(clock) == std::string_view::npos) continue;
      findings.push_back({file.path, number, "pure", std::string(clock) + ": time arrives as an argument here"});
    }
  }
  return findings;
}

}  // namespace encuentro::tidy
