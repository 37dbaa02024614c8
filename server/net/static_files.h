// The web client's files, read whole at the start: no path of a request ever reaches the file system. Beside FILE there
// may lie FILE.br, the same compressed by Brotli: whoever accepts it gets that.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <string>

#include "server/net/request_head.h"
#include "server/net/response.h"

namespace encuentro::server::net {

inline constexpr std::size_t static_bytes_max = 64 * 1024 * 1024;  // all files together

class StaticFiles {
 public:
  StaticFiles() = default;
  // Every regular file below `root` whose ending has a media type; links and hidden files are left out.
  static std::expected<StaticFiles, std::string> load(const std::filesystem::path& root);

  // 200, 304 (If-None-Match), 404, 405 (neither GET nor HEAD). "/" is /index.html; a query is ignored.
  Response answer(const RequestHead& head) const;
  std::size_t file_count() const { return files_.size(); }

 private:
  struct File {
    std::string media_type;
    std::string etag;
    std::shared_ptr<const Bytes> bytes;
    std::shared_ptr<const Bytes> brotli;  // null: there is none
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace encuentro::server::net
