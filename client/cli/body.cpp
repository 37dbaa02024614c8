#include "client/cli/body.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "protocol/base/limits.h"
#include "protocol/content/content.h"

namespace encuentro::client::cli {
namespace {

Result<std::string> read_all(std::istream& in, std::size_t bytes_max) {
  std::string text(bytes_max + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > bytes_max) return fail(Code::too_large, "", bytes_max, text.size());
  return text;
}

}  // namespace

std::string media_type_of(const std::filesystem::path& path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> types = {{
      {".txt", "text/plain"},
      {".md", "text/markdown"},
      {".pdf", "application/pdf"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".ics", "text/calendar"},
      {".csv", "text/csv"},
      {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {".odt", "application/vnd.oasis.opendocument.text"},
      {".json", "application/json"},
  }};
  for (const auto& [ending, type] : types) {
    if (path.extension() == ending) return std::string(type);
  }
  return "application/octet-stream";
}

Result<std::string> read_body(const std::string& file) {
  Result<std::string> body = std::string();
  if (file.empty()) {
    body = read_all(std::cin, limits::body_bytes_max);
  } else {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(Code::not_found, "file");
    body = read_all(in, limits::body_bytes_max);
  }
  if (!body) return body;
  if (body->ends_with('\n')) body->pop_back();
  if (!content::is_utf8(as_bytes(*body))) return fail(Code::malformed, "utf-8");
  return body;
}

Result<std::vector<core::OutgoingFile>> read_attachments(const std::vector<std::string>& files) {
  std::vector<core::OutgoingFile> attachments;
  for (const std::string& file : files) {
    std::filesystem::path path(file);
    std::ifstream in(path, std::ios::binary);
    if (!in) return fail(Code::not_found, "file");
    TRY(std::string bytes, read_all(in, limits::inline_attachment_bytes_max));
    attachments.push_back({path.filename().string(), media_type_of(path), to_bytes(as_bytes(bytes)), {}});
  }
  return attachments;
}

}  // namespace encuentro::client::cli
