// Document symbols as international organisations write them: a base and what became of it, "GT/12/Rev.1/Add.2".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/error.h"

namespace encuentro::content {

enum class SymbolSuffix : std::uint8_t { revision = 1, addendum = 2, corrigendum = 3 };  // Rev. · Add. · Corr.

struct DocumentSymbol {
  struct Part {
    SymbolSuffix suffix{};
    std::uint32_t number = 0;  // 1 to 9999
    friend auto operator<=>(const Part&, const Part&) = default;
  };
  std::string base;
  std::vector<Part> parts;  // 4 at most, as they follow each other
  friend auto operator<=>(const DocumentSymbol&, const DocumentSymbol&) = default;

  std::string text() const;
};

// "CD/12", "CD/12/Rev.1", "CD/12/rev1" and so on; `text()` is the one form that is written. Errors: malformed (empty
// base, blanks or control characters, a number that is none), too_large.
Result<DocumentSymbol> parse_symbol(std::string_view text);

}  // namespace encuentro::content
