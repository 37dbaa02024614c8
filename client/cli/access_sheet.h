// The access sheet on paper: what it is for in three languages, the link as text in groups and as a QR code.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "protocol/base/error.h"

namespace encuentro::client::cli {

struct SheetText {
  std::string network;  // its name, or empty
  std::string person;
  std::string words;  // six, of the network's fingerprint
  std::string link;
};

// For a terminal or a plain printer. Errors: too_large (the link fits no QR code).
Result<std::string> sheet_as_text(const SheetText& sheet);
// One page, complete in itself: nothing in it is fetched. Errors as above.
Result<std::string> sheet_as_html(const SheetText& sheet);
// By the name of `out`: .html, .pdf (by weasyprint), anything else text; readable by its owner alone. Errors: not_found
// (weasyprint is missing), malformed, too_large, storage_failed.
Status write_sheet(const SheetText& sheet, const std::filesystem::path& out, const std::filesystem::path& home);

}  // namespace encuentro::client::cli
