// The web client's files as the local page gets them: built into the program, or read whole from a folder. No path of a
// request ever reaches the file system. index.html says in a meta element that the command carries the core; the core
// in WebAssembly and the compressed copies are left out, since nothing here needs them.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "protocol/base/bytes.h"
#include "protocol/base/error.h"

namespace encuentro::client::cli::ui {

inline constexpr std::size_t page_bytes_max = 32 * 1024 * 1024;  // all files together

class PageFiles {
 public:
  struct File {
    std::string_view media_type;
    Bytes bytes;
  };

  // What was built into this program. Errors: not_found, rule "page" (nothing was), malformed (no page).
  static Result<PageFiles> built_in();
  // Every regular file below `folder` whose ending has a media type; links and hidden files are left out. Errors:
  // not_found, rule "page" (no index.html), too_large, storage_failed, malformed.
  static Result<PageFiles> from(const std::filesystem::path& folder);

  // "/" is /index.html. Null: there is none.
  const File* find(std::string_view path) const;
  std::size_t count() const { return files_.size(); }

  // For who puts files together: the name without the leading slash. Of another kind than a page has: left out.
  void add(std::string_view name, Bytes bytes);
  // Marks the page as the command's. Errors: as above.
  Status finish();

 private:
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace encuentro::client::cli::ui
