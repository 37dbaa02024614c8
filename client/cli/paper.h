// Markdown on paper: PDF by pandoc and weasyprint, .docx by pandoc. What people wrote goes in as text: nothing in it is
// fetched, run or taken as HTML.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "protocol/base/error.h"

namespace encuentro::client::cli {

enum class PaperForm : std::uint8_t { markdown = 1, pdf = 2, docx = 3 };

// A line of text as Markdown shows it: every sign of Markdown loses its meaning, line ends become blanks.
std::string plain_in_markdown(std::string_view text);
// Markdown that somebody wrote, for inside a document: no pictures from elsewhere, headings below the document's.
std::string quoted_markdown(std::string_view markdown);

// The file `out` in that form; `language` as "es", `home` for a private folder meanwhile. Errors: not_found (pandoc,
// weasyprint: the program is missing), malformed (it failed), storage_failed.
Status put_on_paper(const std::string& markdown, const std::string& title, std::string_view language, PaperForm form,
                    const std::filesystem::path& out, const std::filesystem::path& home);
// A whole page of our own making (HTML with its style, nothing to fetch) as PDF. Errors: not_found (weasyprint),
// malformed, storage_failed.
Status print_page(const std::string& html, const std::filesystem::path& out, const std::filesystem::path& home);
// `first` before `second`, both PDF, as `out`. Errors: not_found (pdfunite), malformed.
Status join_papers(const std::filesystem::path& first, const std::filesystem::path& second,
                   const std::filesystem::path& out, const std::filesystem::path& home);

}  // namespace encuentro::client::cli
