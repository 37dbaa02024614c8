#include "tests/tidy/repository.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace encuentro::tidy {
namespace {

namespace fs = std::filesystem;

// Made by builds, tools and package managers, never written by hand.
bool skipped(const fs::path& folder) {
  std::string name = folder.filename().string();
  return name == ".git" || name == ".cache" || name == ".ccache" || name == "node_modules" || name == "dist" ||
         name.starts_with("dist-") || name == "run" || name == "corpus" || name == "build" ||
         name.starts_with("build-");
}

bool is_text(const std::string& bytes) { return bytes.find('\0') == std::string::npos; }

template <std::size_t N>
bool any_of(std::string_view value, const std::array<std::string_view, N>& list) {
  return std::ranges::find(list, value) != list.end();
}

}  // namespace

Files read_files(const fs::path& root) {
  Files files;
  for (auto at = fs::recursive_directory_iterator(root); at != fs::recursive_directory_iterator(); ++at) {
    if (at->is_directory()) {
      if (skipped(at->path())) at.disable_recursion_pending();
      continue;
    }
    if (!at->is_regular_file() || at->path().filename() == ".git") continue;
    std::ifstream in(at->path(), std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (is_text(text)) files.push_back({at->path().lexically_relative(root).generic_string(), std::move(text)});
  }
  std::ranges::sort(files, {}, &File::path);
  return files;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::string_view folder_of(std::string_view path) {
  std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view stem_of(std::string_view path) {
  std::string_view name = name_of(path);
  return name.substr(0, name.rfind('.'));
}

std::string_view extension_of(std::string_view path) {
  std::string_view name = name_of(path);
  std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
}

bool below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_cpp(std::string_view path) {
  return any_of(extension_of(path), std::array<std::string_view, 3>{".cpp", ".h", ".c"});
}

bool is_code(std::string_view path) {
  return is_cpp(path) ||
         any_of(extension_of(path), std::array<std::string_view, 9>{".ts", ".svelte", ".mjs", ".js", ".css", ".html",
                                                                    ".sh", ".cmake", ".awk"});
}

}  // namespace encuentro::tidy
