#include "client/cli/documents/text_inside.h"

#include <fstream>
#include <set>

#include "client/cli/outside_program.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t text_bytes_max = 16 * limits::MiB;

Result<std::string> read_text(const fs::path& file) {
  std::error_code error;
  auto size = fs::file_size(file, error);
  if (error) return fail(Code::not_found, "file");
  if (size > text_bytes_max) return fail(Code::too_large, "text", text_bytes_max, size);
  std::string text(size, '\0');
  std::ifstream(file, std::ios::binary).read(text.data(), static_cast<std::streamsize>(size));
  return text;
}

// Whole characters, up to the bound.
std::string bounded(std::string text) {
  if (text.size() <= core::KeepText::bytes_max) return text;
  text.resize(core::KeepText::bytes_max);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
  if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xc0) text.pop_back();
  return text;
}

}  // namespace

Result<std::string> text_inside(const fs::path& file, const std::string& name, const fs::path& work) {
  std::string ending = fs::path(name).extension().string();
  fs::path text = work / "text";
  std::optional<Result<int>> status;
  if (ending == ".docx" || ending == ".odt") {
    status = run_program({"pandoc", "--sandbox", "-f", ending.substr(1), "-t", "plain", "--wrap=none", file.string()},
                         text, "pandoc");
  } else if (ending == ".pdf") {
    status = run_program({"pdftotext", "-layout", "-enc", "UTF-8", file.string(), "-"}, text, "pdftotext");
  }
  if (status) {
    if (!*status) return std::unexpected(status->error());
    return **status == 0 ? read_text(text) : fail(Code::malformed, "text");
  }
  TRY(std::string plain, read_text(file));
  if (!content::is_utf8(as_bytes(plain)) || plain.contains('\0')) return fail(Code::unknown_kind, "text");
  return plain;
}

Status keep_text_of(Session& session, const Globals& globals, const RecordId& version, const fs::path& file,
                    const std::string& name) {
  if (!session.core().text_of(version).empty()) return {};
  PrivateFolder work(globals.home);
  if (!work.made()) return {};
  auto text = text_inside(fs::absolute(file), name, work / "");
  if (!text || text->empty() || !content::is_utf8(as_bytes(*text))) return {};
  TRY([[maybe_unused]] auto kept, session.run(core::KeepText{version, bounded(std::move(*text))}));
  return {};
}

Status forget_texts(Session& session) {
  const core::Core& core = session.core();
  if (core.kept_texts().empty()) return {};
  std::set<RecordId> standing;
  for (const ChannelId& channel : core.channels()) {
    for (const views::Document& document : views::library(core, channel).documents) {
      for (const views::Version& version : document.versions) {
        if (!version.erased) standing.insert(version.id);
      }
    }
  }
  for (const RecordId& version : core.kept_texts()) {
    if (standing.contains(version)) continue;
    TRY([[maybe_unused]] auto forgotten, session.run(core::KeepText{version, ""}));
  }
  return {};
}

}  // namespace encuentro::client::cli
