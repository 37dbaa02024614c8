#include "protocol/content/document_symbol.h"

#include <algorithm>
#include <array>
#include <optional>

namespace encuentro::content {
namespace {

constexpr std::size_t symbol_text_bytes_max = 96;
constexpr std::size_t parts_max = 4;
constexpr std::size_t number_digits_max = 4;

struct Word {
  SymbolSuffix suffix;
  std::string_view written;  // as `text()` writes it
  std::string_view lower;
};
constexpr std::array<Word, 3> words{{{SymbolSuffix::revision, "Rev.", "rev"},
                                     {SymbolSuffix::addendum, "Add.", "add"},
                                     {SymbolSuffix::corrigendum, "Corr.", "corr"}}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "Rev.1", "REV 1" isn't one: blanks are refused before.
std::optional<DocumentSymbol::Part> part_of(std::string_view text) {
  for (const Word& word : words) {
    bool begins =
        text.size() > word.lower.size() && std::equal(word.lower.begin(), word.lower.end(), text.begin(),
                                                      [](char known, char given) { return known == lower(given); });
    if (!begins) continue;
    std::string_view digits = text.substr(word.lower.size());
    if (digits.starts_with('.')) digits.remove_prefix(1);
    bool number = !digits.empty() && digits.size() <= number_digits_max && digits.front() != '0' &&
                  std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!number) return std::nullopt;
    std::uint32_t value = 0;
    for (char digit : digits) value = value * 10 + static_cast<std::uint32_t>(digit - '0');
    return DocumentSymbol::Part{word.suffix, value};
  }
  return std::nullopt;
}

}  // namespace

std::string DocumentSymbol::text() const {
  std::string text = base;
  for (const Part& part : parts) {
    for (const Word& word : words) {
      if (word.suffix == part.suffix) text += "/" + std::string(word.written) + std::to_string(part.number);
    }
  }
  return text;
}

Result<DocumentSymbol> parse_symbol(std::string_view text) {
  if (text.size() > symbol_text_bytes_max) return fail(Code::too_large, "symbol", symbol_text_bytes_max, text.size());
  auto plain = [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f; };
  if (!std::all_of(text.begin(), text.end(), plain)) return fail(Code::malformed, "symbol");
  DocumentSymbol symbol;
  while (symbol.parts.size() < parts_max) {
    std::size_t slash = text.rfind('/');
    if (slash == std::string_view::npos) break;
    auto part = part_of(text.substr(slash + 1));
    if (!part) break;
    symbol.parts.insert(symbol.parts.begin(), *part);
    text = text.substr(0, slash);
  }
  if (text.empty()) return fail(Code::malformed, "symbol");
  symbol.base = text;
  // The written form has dots that the typed one may lack.
  std::size_t bytes = symbol.text().size();
  if (bytes > symbol_text_bytes_max) return fail(Code::too_large, "symbol", symbol_text_bytes_max, bytes);
  return symbol;
}

}  // namespace encuentro::content
