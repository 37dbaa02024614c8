#include "tests/tidy/layout.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

namespace encuentro::tidy {
namespace {

constexpr std::array<std::string_view, 9> empty_names = {"common", "util", "utils", "helper",  "helpers",
                                                         "types",  "misc", "stuff", "internal"};
constexpr std::array<std::string_view, 5> product = {"protocol", "client", "storage", "server", "aviso"};

bool says_nothing(std::string_view word) { return std::ranges::find(empty_names, word) != empty_names.end(); }

bool is_unit(const File& file) {
  std::string_view extension = extension_of(file.path);
  return extension == ".cpp" || extension == ".c";
}

// `from` followed by `relative`, without "." and "..".
std::string joined(std::string_view from, std::string_view relative) {
  return (std::filesystem::path(from) / relative).lexically_normal().generic_string();
}

std::string without_comments(std::string_view cmake) {
  std::string out;
  for (std::string_view line : lines_of(cmake)) out += std::string(line.substr(0, line.find('#'))) + "\n";
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (char c : text) {
    if (std::string_view(" \t\n()\";").find(c) == std::string_view::npos) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  return words;
}

// A word of a CMakeLists.txt as a path from the root.
std::string from_root(std::string_view folder, std::string word) {
  for (std::string_view root : {"${PROJECT_SOURCE_DIR}/", "${CMAKE_SOURCE_DIR}/"}) {
    if (word.starts_with(root)) return joined("", word.substr(root.size()));
  }
  for (std::string_view here : {"${CMAKE_CURRENT_SOURCE_DIR}/", "${CMAKE_CURRENT_LIST_DIR}/"}) {
    if (word.starts_with(here)) word = word.substr(here.size());
  }
  return joined(folder, word);
}

std::string without_extension(std::string_view path) {
  return std::string(path.substr(0, path.size() - extension_of(path).size()));
}

std::vector<std::string> included_by(const File& file) {
  constexpr std::string_view start = "#include \"";
  std::vector<std::string> headers;
  for (std::string_view line : lines_of(file.text)) {
    if (line.starts_with(start)) headers.emplace_back(line.substr(start.size(), line.rfind('"') - start.size()));
  }
  return headers;
}

using Paths = std::set<std::string, std::less<>>;

// "a/b/group_join.cpp" without a header of its own belongs to "a/b/group" if that has one, else to the unit whose
// header it includes first.
std::string unit_of(const File& file, const Paths& paths) {
  std::string own = without_extension(file.path);
  std::size_t name_begin = folder_of(own).size() + 1;
  for (std::string unit = own;;) {
    if (paths.contains(unit + ".h")) return unit;
    std::size_t cut = unit.rfind('_');
    if (cut == std::string::npos || cut <= name_begin) break;
    unit.resize(cut);
  }
  std::vector<std::string> headers = included_by(file);
  return headers.empty() ? own : without_extension(headers.front());
}

class Build {
 public:
  explicit Build(const Files& files) {
    for (const File& file : files) {
      if (name_of(file.path) == "CMakeLists.txt" || extension_of(file.path) == ".cmake") lists_.push_back(&file);
    }
    enter("");
    // Files that the root list includes speak of the root.
    for (const File* list : lists_) {
      if (below(list->path, "cmake")) read(*list, "");
    }
  }

  bool names(const std::string& path) const { return named_.contains(path); }

 private:
  void enter(const std::string& folder) {
    std::string path = joined(folder, "CMakeLists.txt");
    if (!entered_.insert(path).second) return;
    auto list = std::ranges::find(lists_, path, &File::path);
    if (list != lists_.end()) read(**list, folder);
  }

  void read(const File& list, const std::string& folder) {
    std::vector<std::string> words = words_of(without_comments(list.text));
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i].ends_with(".cpp") || words[i].ends_with(".c")) named_.insert(from_root(folder, words[i]));
      if (words[i] == "add_subdirectory" && i + 1 < words.size()) enter(from_root(folder, words[i + 1]));
    }
  }

  std::vector<const File*> lists_;
  std::set<std::string> entered_;
  std::set<std::string> named_;
};

// Units that a test elsewhere says it tests: lines "// Tests: a/b/c.cpp" (or "Tests: a/b/d_" for all that begin so)
// among the first of a file below tests/. For what is only reached through something larger (a verb of the command
// through an end-to-end test), the line shows where to look.
std::vector<std::string_view> named_units(const Files& files) {
  constexpr std::string_view mark = "// Tests: ";
  constexpr std::size_t head_lines_max = 30;
  std::vector<std::string_view> named;
  for (const File& file : files) {
    if (!below(file.path, "tests")) continue;
    std::size_t line_number = 0;
    for (std::string_view line : lines_of(file.text)) {
      if (++line_number > head_lines_max) break;
      if (!line.starts_with(mark)) continue;
      for (line.remove_prefix(mark.size()); !line.empty();) {
        std::size_t end = std::min(line.find(' '), line.size());
        if (end > 0) named.push_back(line.substr(0, end));
        line.remove_prefix(std::min(end + 1, line.size()));
      }
    }
  }
  return named;
}

bool names(const std::vector<std::string_view>& named, std::string_view path) {
  return std::ranges::any_of(named, [&](std::string_view unit) {
    return unit == path || ((unit.ends_with('_') || unit.ends_with('/')) && path.starts_with(unit));
  });
}

}  // namespace

Findings check_name(const File& file) {
  Findings findings;
  if (!is_code(file.path)) return findings;
  std::string word;
  for (char c : std::string(folder_of(file.path)) + "/" + std::string(stem_of(file.path)) + "/") {
    if (c == '/' || c == '_' || c == '-' || c == '.') {
      if (says_nothing(word))
        findings.push_back({file.path, 0, "name", "'" + word + "' says nothing about what is in it"});
      word.clear();
    } else {
      word += c;
    }
  }
  return findings;
}

Findings check_tests_mirror(const Files& files) {
  Paths paths;
  Paths headers_tested;  // "tests/unit/a c.h": a test of that folder includes that header
  std::vector<std::string_view> named = named_units(files);
  for (const File& file : files) {
    paths.insert(file.path);
    if (!below(file.path, "tests/unit") || !is_cpp(file.path)) continue;
    for (const std::string& header : included_by(file)) {
      headers_tested.insert(std::string(folder_of(file.path)) + " " + header);
    }
  }
  Findings findings;
  for (const File& file : files) {
    bool of_product = std::ranges::any_of(product, [&](std::string_view folder) { return below(file.path, folder); });
    if (!of_product || extension_of(file.path) != ".cpp" || name_of(file.path) == "main.cpp") continue;
    std::string unit = unit_of(file, paths);
    bool tested = paths.contains("tests/unit/" + unit + "_test.cpp") ||
                  paths.contains("tests/unit/" + without_extension(file.path) + "_test.cpp") || names(named, file.path);
    for (std::string mirror = "tests/unit/" + unit; !tested && mirror != "tests/unit";) {
      mirror = folder_of(mirror);
      tested = headers_tested.contains(mirror + " " + unit + ".h");
    }
    if (!tested) findings.push_back({file.path, 0, "no-test", "no test looks at " + unit + ".h, none names this file"});
  }
  return findings;
}

Findings check_built(const Files& files) {
  Build build(files);
  Findings findings;
  for (const File& file : files) {
    if (!is_unit(file) || build.names(file.path)) continue;
    findings.push_back({file.path, 0, "not-built", "no CMakeLists.txt names it: it is neither compiled nor run"});
  }
  return findings;
}

}  // namespace encuentro::tidy
