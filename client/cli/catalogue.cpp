#include "client/cli/catalogue.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "client/cli/catalogue_sources.h"
#include "protocol/base/check.h"

namespace encuentro::client::cli {
namespace {

std::string filled(std::string_view form, const Arguments& arguments) {
  std::string text;
  while (!form.empty()) {
    std::size_t open = form.find('{');
    std::size_t close = open == std::string_view::npos ? open : form.find('}', open);
    if (close == std::string_view::npos) break;
    text += form.substr(0, open);
    auto argument = arguments.find(form.substr(open + 1, close - open - 1));
    text += argument == arguments.end() ? std::string(form.substr(open, close - open + 1)) : argument->second;
    form.remove_prefix(close + 1);
  }
  return text += form;
}

}  // namespace

struct Catalogue::Entries {
  nlohmann::json json;
};

Language language_named(std::string_view name) {
  if (name.starts_with("pt")) return Language::pt;
  if (name.starts_with("en")) return Language::en;
  return Language::es;
}

Language language_of_locale() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return language_named(value);
  }
  return Language::es;
}

std::string_view code_of(Language language) {
  return language == Language::es ? "es" : language == Language::pt ? "pt" : "en";
}

std::string_view catalogue_source(Language language) {
  return language == Language::es ? catalogue_es : language == Language::pt ? catalogue_pt : catalogue_en;
}

Catalogue::Catalogue(Language language)
    : language_(language), entries_(new Entries{nlohmann::json::parse(catalogue_source(language))}) {}
Catalogue::~Catalogue() = default;
Catalogue::Catalogue(Catalogue&&) noexcept = default;

bool Catalogue::has(Key key) const { return entries_->json.contains(std::string(key)); }

std::string Catalogue::text(Key key, const Arguments& arguments) const {
  auto entry = entries_->json.find(std::string(key));
  ENC_CHECK(entry != entries_->json.end());
  if (entry->is_string()) return filled(entry->get_ref<const std::string&>(), arguments);
  auto n = arguments.find("n");
  bool one = n != arguments.end() && n->second == "1";
  return filled(entry->at(one ? "one" : "other").get_ref<const std::string&>(), arguments);
}

std::string Catalogue::key_of(std::string_view kind, const Error& error) const {
  std::string general = std::string(kind) + "." + std::string(name(error.code));
  std::string particular = general + "." + error.rule;
  return has(particular) ? particular : has(general) ? general : std::string();
}

std::string Catalogue::error_text(const Error& error, const Arguments& arguments) const {
  std::string key = key_of("error", error);
  return key.empty() ? text("error.other", {{"code", std::string(name(error.code))}}) : text(key, arguments);
}

std::string Catalogue::hint_text(const Error& error, const Arguments& arguments) const {
  std::string key = key_of("hint", error);
  return key.empty() ? std::string() : text(key, arguments);
}

}  // namespace encuentro::client::cli
