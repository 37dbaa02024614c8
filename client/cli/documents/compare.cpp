#include "client/cli/documents/compare.h"

#include <array>
#include <fstream>

#include "client/cli/documents/text_inside.h"
#include "client/cli/documents/transfer.h"
#include "client/cli/outside_program.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;

// What git is given to compare, and what it answers.
Status write_text(const fs::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  return out ? Status{} : fail(Code::storage_failed, "file");
}

Result<std::string> read_answer(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Code::not_found, "file");
  return std::string((std::istreambuf_iterator<char>(in)), {});
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
    TRY(std::string inside, text_inside(file, versions[i]->name, folder / ""));
    TRY_OK(write_text(texts[i], inside));
    fs::remove(file);
  }
  fs::path difference = folder / "difference";
  TRY(int status, run_program({"git", "diff", "--no-index", "--no-color", "--no-ext-diff", "--word-diff=plain", "--",
                               texts[0].string(), texts[1].string()},
                              difference, "git"));
  if (status > 1) return fail(Code::malformed, "text");
  TRY(std::string text, read_answer(difference));
  // From the first hunk on: what stands before names our temporary files.
  std::size_t hunk = text.find("\n@@ ");
  return hunk == std::string::npos ? std::string() : text.substr(hunk + 1);
}

}  // namespace encuentro::client::cli
