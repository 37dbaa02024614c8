// The text files of the project as the checks see them: path from the root with '/', and the text.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace encuentro::tidy {

struct File {
  std::string path;
  std::string text;
};

// One thing to mend. `rule` is a stable word: exceptions.txt names findings by rule and path.
struct Finding {
  std::string path;
  std::size_t line = 0;  // 0: the file as a whole
  std::string rule;
  std::string text;
};

using Files = std::vector<File>;
using Findings = std::vector<Finding>;

// Reads all text files below `root`, without what builds and package managers put there. Sorted by path.
Files read_files(const std::filesystem::path& root);

std::vector<std::string_view> lines_of(std::string_view text);
// "a/b/c.cpp" -> "a/b", "c.cpp", "c", ".cpp".
std::string_view folder_of(std::string_view path);
std::string_view name_of(std::string_view path);
std::string_view stem_of(std::string_view path);
std::string_view extension_of(std::string_view path);
// Whether `path` is `folder` or lies below it.
bool below(std::string_view path, std::string_view folder);
bool is_cpp(std::string_view path);
// Source text in any of the project's languages, in contrast to documents and data.
bool is_code(std::string_view path);

}  // namespace encuentro::tidy
