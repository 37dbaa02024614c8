#include "client/cli/catalogue.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

using namespace encuentro;
using namespace encuentro::client::cli;

namespace {

// key, or key.one / key.other for plural forms, so that a missing form shows as a missing key.
std::set<std::string> keys(Language language) {
  std::set<std::string> all;
  auto json = nlohmann::json::parse(catalogue_source(language));
  for (auto& [key, value] : json.items()) {
    if (value.is_string()) {
      all.insert(key);
    } else {
      for (auto& [form, text] : value.items()) all.insert(key + "." + form);
    }
  }
  return all;
}

std::multiset<std::string> placeholders(const std::string& text) {
  std::multiset<std::string> names;
  for (std::size_t at = 0; (at = text.find('{', at)) != std::string::npos; ++at) {
    names.insert(text.substr(at, text.find('}', at) - at));
  }
  return names;
}

}  // namespace

TEST_CASE("the three catalogues have the same keys and plural forms") {
  CHECK(keys(Language::es) == keys(Language::pt));
  CHECK(keys(Language::es) == keys(Language::en));
  CHECK(keys(Language::es).size() > 90);
}

TEST_CASE("each sentence takes the same arguments in every language") {
  auto es = nlohmann::json::parse(catalogue_source(Language::es)).flatten();
  for (Language other : {Language::pt, Language::en}) {
    auto json = nlohmann::json::parse(catalogue_source(other)).flatten();
    for (auto& [key, text] : es.items()) {
      INFO(key);
      CHECK(placeholders(text.get<std::string>()) == placeholders(json.at(key).get<std::string>()));
    }
  }
}

TEST_CASE("no sentence uses a word that the glossary forbids") {
  for (Language language : {Language::es, Language::pt, Language::en}) {
    std::string text(catalogue_source(language));
    for (auto& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const char* word : {"votar", "delegado", "reservado", "confidencial", "escaño", "mls", "epoch",
                             "clave pública", "chave pública", "public key"}) {
      // Keys may hold the protocol's words; only values are shown.
      auto json = nlohmann::json::parse(text).flatten();
      for (auto& [key, value] : json.items()) {
        INFO(key << " " << word);
        CHECK(value.get<std::string>().find(word) == std::string::npos);
      }
    }
  }
}

TEST_CASE("arguments and plural forms are filled in") {
  Catalogue es(Language::es);
  CHECK(es.text("outbox.waiting", {{"n", "1"}}) == "1 envío en espera");
  CHECK(es.text("outbox.waiting", {{"n", "3"}}) == "3 envíos en espera");
  CHECK(es.error_text(Error{Code::none}).find("none") != std::string::npos);
  CHECK(es.hint_text(Error{Code::bad_tag}).empty());
}

TEST_CASE("each error code has a sentence of its own") {
  std::size_t codes = 0;
  for (std::uint16_t number = 1; number < 1000; ++number) {
    auto word = std::string(name(static_cast<Code>(number)));
    if (word == "unknown") continue;
    ++codes;
    for (Language language : {Language::es, Language::pt, Language::en}) {
      INFO(word);
      CHECK(Catalogue(language).has("error." + word));
    }
  }
  CHECK(codes > 80);
}

TEST_CASE("an error's rule has its own sentence where the catalogue has one") {
  Catalogue es(Language::es);
  CHECK(es.error_text(Error{Code::not_found, "pandoc"}) == "Falta el programa pandoc en este equipo.");
  CHECK(es.hint_text(Error{Code::not_found, "pdftotext"}).find("poppler-utils") != std::string::npos);
  CHECK(es.error_text(Error{Code::not_found, "chunk"}) == es.error_text(Error{Code::not_found}));
}

TEST_CASE("the language follows its name, Spanish being the first") {
  CHECK(language_named("pt_BR.UTF-8") == Language::pt);
  CHECK(language_named("en") == Language::en);
  CHECK(language_named("C") == Language::es);
}
