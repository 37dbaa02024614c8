// The words of the command in Spanish, Portuguese and English: one JSON file a language in catalogue/, built into
// the program, with the same keys in each (tested). No text to a person stands in code.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "protocol/base/error.h"

namespace encuentro::client::cli {

enum class Language { es, pt, en };

// From "es", "pt", "pt_BR.UTF-8", ...; Spanish if it is none of ours.
Language language_named(std::string_view name);
// --lang, or LC_ALL, LC_MESSAGES, LANG in this order.
Language language_of_locale();
std::string_view code_of(Language language);

using Key = std::string_view;  // "invite.made", checked against the catalogues by a test over the sources
using Arguments = std::map<std::string, std::string, std::less<>>;

class Catalogue {
 public:
  explicit Catalogue(Language language);
  ~Catalogue();
  Catalogue(Catalogue&&) noexcept;

  Language language() const { return language_; }
  bool has(Key key) const;
  // `{name}` is replaced by the argument of that name. If the argument "n" is there and the entry has plural
  // forms, "1" takes `one`, everything else `other`. An unknown key stops the program.
  std::string text(Key key, const Arguments& arguments = {}) const;
  // "error.<code>.<rule>" where there is one, "error.<code>", or a general sentence that names the code;
  // "hint.<code>.<rule>", "hint.<code>", or nothing.
  std::string error_text(const Error& error, const Arguments& arguments = {}) const;
  std::string hint_text(const Error& error, const Arguments& arguments = {}) const;

 private:
  // The most particular of the keys that begin so; empty if there is none.
  std::string key_of(std::string_view kind, const Error& error) const;
  struct Entries;
  Language language_;
  std::unique_ptr<Entries> entries_;
};

// The raw JSON of a language, for the test that compares the catalogues.
std::string_view catalogue_source(Language language);

}  // namespace encuentro::client::cli
