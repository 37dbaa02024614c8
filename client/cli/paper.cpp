#include "client/cli/paper.h"

#include <fstream>
#include <vector>

#include "client/cli/outside_program.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;

// A4, and bars of plots in a font that has them.
constexpr std::string_view style =
    "@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page) \" / \" counter(pages); "
    "font-size: 8pt; } }\n"
    "body { font-family: 'DejaVu Sans', sans-serif; font-size: 9.5pt; line-height: 1.4; max-width: none; padding: 0; "
    "}\n"
    "h1 { font-size: 17pt; } h2 { font-size: 13pt; } h3 { font-size: 11pt; }\n"
    "table { width: 100%; border-collapse: collapse; } td, th { text-align: left; padding: 1mm 2mm; }\n"
    ".footnotes { font-size: 7.5pt; } td code { font-size: 7pt; white-space: nowrap; }\n";

Status write(const fs::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  return out ? Status{} : fail(Code::storage_failed, "file");
}

// Done if the program ended well.
Status done(const Result<int>& status, const char* program) {
  if (!status) return std::unexpected(status.error());
  return *status == 0 ? Status{} : fail(Code::malformed, program);
}

std::vector<std::string> pandoc(const fs::path& from, const std::string& title, std::string_view language) {
  return {"pandoc",
          "-f",
          "markdown-raw_html-raw_tex-raw_attribute-yaml_metadata_block",
          from.string(),
          "--standalone",
          "-M",
          "pagetitle=" + title,
          "-M",
          "lang=" + std::string(language)};
}

}  // namespace

std::string plain_in_markdown(std::string_view text) {
  std::string safe;
  for (char c : text) {
    auto byte = static_cast<unsigned char>(c);
    bool sign = byte > 0x20 && byte < 0x7f &&
                std::string_view("\\`*_{}[]()<>#+-.!|~^$@&:\"'=").find(c) != std::string_view::npos;
    if (sign) safe += '\\';
    safe += byte < 0x20 || byte == 0x7f ? ' ' : c;
  }
  return safe;
}

std::string quoted_markdown(std::string_view markdown) {
  std::string safe;
  bool line_begins = true;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    char c = markdown[i];
    if (line_begins && c == '#') safe += "##";
    safe += c;
    if (c == '!' && markdown.substr(i).starts_with("![")) safe += '\\';
    line_begins = c == '\n';
  }
  return safe;
}

Status put_on_paper(const std::string& markdown, const std::string& title, std::string_view language, PaperForm form,
                    const fs::path& out, const fs::path& home) {
  if (form == PaperForm::markdown) return write(out, markdown);
  PrivateFolder folder(home);
  if (!folder.made()) return fail(Code::storage_failed, "paper");
  TRY_OK(write(folder / "text.md", markdown));
  auto words = pandoc(folder / "text.md", title, language);
  if (form == PaperForm::docx) {
    words.insert(words.end(), {"-t", "docx", "-o", out.string()});
    return done(run_program(words, folder / "said", "pandoc"), "pandoc");
  }
  // Not for .docx: there it keeps pandoc from its own template.
  words.insert(words.end(), {"--sandbox", "-t", "html5"});
  TRY_OK(done(run_program(words, folder / "text.html", "pandoc"), "pandoc"));
  TRY_OK(write(folder / "style.css", style));
  auto printed = run_program(
      {"weasyprint", "-q", "-s", (folder / "style.css").string(), (folder / "text.html").string(), out.string()},
      folder / "said", "weasyprint");
  return done(printed, "weasyprint");
}

Status print_page(const std::string& html, const fs::path& out, const fs::path& home) {
  PrivateFolder folder(home);
  if (!folder.made()) return fail(Code::storage_failed, "paper");
  TRY_OK(write(folder / "page.html", html));
  auto printed =
      run_program({"weasyprint", "-q", (folder / "page.html").string(), out.string()}, folder / "said", "weasyprint");
  return done(printed, "weasyprint");
}

Status join_papers(const fs::path& first, const fs::path& second, const fs::path& out, const fs::path& home) {
  PrivateFolder folder(home);
  if (!folder.made()) return fail(Code::storage_failed, "paper");
  return done(run_program({"pdfunite", first.string(), second.string(), out.string()}, folder / "said", "pdfunite"),
              "pdfunite");
}

}  // namespace encuentro::client::cli
