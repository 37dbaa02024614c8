#include "client/cli/ui/page_files.h"

#include <array>
#include <fstream>
#include <iterator>

#include "client/cli/ui/built_in_page.h"

namespace encuentro::client::cli::ui {

namespace fs = std::filesystem;

namespace {

struct Kind {
  std::string_view ending;
  std::string_view media_type;
};
constexpr std::array<Kind, 10> kinds = {{{".html", "text/html; charset=utf-8"},
                                         {".js", "text/javascript; charset=utf-8"},
                                         {".mjs", "text/javascript; charset=utf-8"},
                                         {".css", "text/css; charset=utf-8"},
                                         {".json", "application/json"},
                                         {".webmanifest", "application/manifest+json"},
                                         {".svg", "image/svg+xml"},
                                         {".png", "image/png"},
                                         {".woff2", "font/woff2"},
                                         {".txt", "text/plain; charset=utf-8"}}};

constexpr std::string_view index_path = "/index.html";
constexpr std::string_view head = "<head>";
constexpr std::string_view mark = R"(<meta name="encuentro-carrier" content="command" />)";

std::string_view media_type(std::string_view name) {
  for (const Kind& kind : kinds) {
    if (name.ends_with(kind.ending)) return kind.media_type;
  }
  return {};
}

}  // namespace

void PageFiles::add(std::string_view name, Bytes bytes) {
  std::string_view type = media_type(name);
  if (!type.empty()) files_["/" + std::string(name)] = File{type, std::move(bytes)};
}

Status PageFiles::finish() {
  auto index = files_.find(index_path);
  if (index == files_.end()) return fail(Code::not_found, "page");
  Bytes& page = index->second.bytes;
  std::size_t at = as_text(page).find(head);
  if (at == std::string_view::npos) return fail(Code::malformed, "page");
  BytesView marked = as_bytes(mark);
  page.insert(page.begin() + static_cast<std::ptrdiff_t>(at + head.size()), marked.begin(), marked.end());
  return {};
}

Result<PageFiles> PageFiles::built_in() {
  PageFiles files;
  for (const BuiltInFile* file = encuentro_built_in_page; file->name != nullptr; ++file) {
    files.add(file->name, Bytes(file->begin, file->end));
  }
  TRY_OK(files.finish());
  return files;
}

Result<PageFiles> PageFiles::from(const fs::path& folder) {
  PageFiles files;
  std::size_t total = 0;
  std::error_code failed;
  for (fs::recursive_directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    const fs::path& path = entry->path();
    bool hidden = path.filename().string().starts_with('.');
    if (hidden && entry->is_directory()) entry.disable_recursion_pending();
    std::string name = path.lexically_relative(folder).generic_string();
    if (hidden || entry->is_symlink() || !entry->is_regular_file() || media_type(name).empty()) continue;
    total += entry->file_size();
    if (total > page_bytes_max) return fail(Code::too_large, "page", page_bytes_max, total);
    std::ifstream in(path, std::ios::binary);
    Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in) return fail(Code::storage_failed, "page");
    files.add(name, std::move(bytes));
  }
  TRY_OK(files.finish());
  return files;
}

const PageFiles::File* PageFiles::find(std::string_view path) const {
  auto found = files_.find(path == "/" ? index_path : path);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace encuentro::client::cli::ui
