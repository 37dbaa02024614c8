#include "server/net/static_files.h"

#include <fstream>
#include <iterator>

#include "protocol/crypto/hash.h"

namespace encuentro::server::net {

namespace fs = std::filesystem;

namespace {

std::string_view media_type(const fs::path& file) {
  static const std::map<std::string, std::string_view, std::less<>> types = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".wasm", "application/wasm"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".webp", "image/webp"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  };
  const auto found = types.find(file.extension().string());
  return found == types.end() ? std::string_view{} : found->second;
}

std::expected<Bytes, std::string> read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return std::unexpected("can't read " + file.string());
  return bytes;
}

// Named without a weight, as browsers name it; a list with weights gets what needs none.
bool accepts_brotli(const RequestHead& head) {
  const auto accepted = head.only("accept-encoding");
  return accepted && lists(*accepted, "br", Case::ignored);
}

}  // namespace

std::expected<StaticFiles, std::string> StaticFiles::load(const fs::path& root) {
  StaticFiles result;
  std::size_t total = 0;
  std::error_code failed;
  for (fs::recursive_directory_iterator entry(root, failed), end; !failed && entry != end; entry.increment(failed)) {
    const fs::path& file = entry->path();
    const bool hidden = file.filename().string().starts_with('.');
    if (hidden && entry->is_directory()) entry.disable_recursion_pending();
    if (hidden || entry->is_symlink() || !entry->is_regular_file() || media_type(file).empty()) continue;
    auto bytes = read_file(file);
    if (!bytes) return std::unexpected(bytes.error());
    total += bytes->size();
    if (total > static_bytes_max) return std::unexpected("more than 64 MiB of files in " + root.string());
    File& kept = result.files_["/" + fs::relative(file, root).generic_string()];
    kept.media_type = media_type(file);
    kept.etag = '"' + to_hex(crypto::sha256({*bytes}).view().first(16)) + '"';
    kept.bytes = std::make_shared<const Bytes>(std::move(*bytes));
    const fs::path compressed = file.string() + ".br";
    if (!fs::is_regular_file(fs::symlink_status(compressed))) continue;
    auto brotli = read_file(compressed);
    if (!brotli) return std::unexpected(brotli.error());
    total += brotli->size();
    kept.brotli = std::make_shared<const Bytes>(std::move(*brotli));
  }
  if (failed) return std::unexpected("can't read the directory " + root.string() + ": " + failed.message());
  return result;
}

Response StaticFiles::answer(const RequestHead& head) const {
  if (head.method != "GET" && head.method != "HEAD") return plain_text(405, "GET and HEAD only\n");
  std::string_view path = std::string_view(head.target).substr(0, head.target.find('?'));
  if (path == "/") path = "/index.html";
  const auto found = files_.find(path);
  if (found == files_.end()) return plain_text(404, "not found\n");
  const File& file = found->second;
  Response response;
  // "no-cache" keeps a copy but asks every time: what a client runs is always what the server holds. What lies in
  // assets/ carries the hash of its content in its name, so that the page that names it decides.
  const bool hashed = path.starts_with("/assets/");
  response.fields = {{"Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache"},
                     {"ETag", file.etag},
                     {"Vary", "Accept-Encoding"}};
  if (const auto known = head.only("if-none-match"); known && *known == file.etag) {
    response.status = 304;
    return response;
  }
  response.fields.emplace_back("Content-Type", file.media_type);
  const bool compressed = file.brotli && accepts_brotli(head);
  if (compressed) response.fields.emplace_back("Content-Encoding", "br");
  response.body = compressed ? file.brotli : file.bytes;
  response.head_only = head.method == "HEAD";
  return response;
}

}  // namespace encuentro::server::net
