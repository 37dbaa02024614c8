#include "client/cli/documents/compare.h"

#include <array>
#include <fstream>

#include "client/cli/documents/transfer.h"
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

// The text inside `file` at `text`.
Status take_text(const fs::path& file, const std::string& name, const fs::path& text) {
  std::string ending = fs::path(name).extension().string();
  std::optional<Result<int>> status;
  if (ending == ".docx" || ending == ".odt") {
    status = run_program({"pandoc", "--sandbox", "-f", ending.substr(1), "-t", "plain", "--wrap=none", file.string()},
                         text, "pandoc");
  } else if (ending == ".pdf") {
    status = run_program({"pdftotext", "-layout", "-enc", "UTF-8", file.string(), "-"}, text, "pdftotext");
  }
  if (status) {
    if (!*status) return std::unexpected(status->error());
    return **status == 0 ? Status{} : fail(Code::malformed, "text");
  }
  TRY(std::string plain, read_text(file));
  if (!content::is_utf8(as_bytes(plain)) || plain.contains('\0')) return fail(Code::unknown_kind, "text");
  std::error_code error;
  fs::rename(file, text, error);
  return error ? fail(Code::storage_failed, "file") : Status{};
}

}  // namespace

Result<std::string> compare_versions(Session& session, Output& output, const ChannelId& channel,
                                     const views::Version& older, const views::Version& newer, const fs::path& home) {
  PrivateFolder folder(home);
  if (!folder.made()) return fail(Code::storage_failed, "compare");
  std::array<fs::path, 2> texts{folder / "1.txt", folder / "2.txt"};
  std::array<const views::Version*, 2> versions{&older, &newer};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    TRY(auto manifest, views::manifest_of(session.core(), channel, versions[i]->id));
    fs::path file = folder / ("file" + std::to_string(i));
    TRY([[maybe_unused]] Moved moved, download(session, output, channel, manifest, file));
    TRY_OK(take_text(file, versions[i]->name, texts[i]));
  }
  fs::path difference = folder / "difference";
  TRY(int status, run_program({"git", "diff", "--no-index", "--no-color", "--no-ext-diff", "--word-diff=plain", "--",
                               texts[0].string(), texts[1].string()},
                              difference, "git"));
  if (status > 1) return fail(Code::malformed, "text");
  TRY(std::string text, read_text(difference));
  // From the first hunk on: what stands before names our temporary files.
  std::size_t hunk = text.find("\n@@ ");
  return hunk == std::string::npos ? std::string() : text.substr(hunk + 1);
}

}  // namespace encuentro::client::cli
