// Tests: client/views/search_words.cpp client/views/search_index.cpp
#include "client/views/search_index.h"

#include <catch2/catch.hpp>
#include <set>

#include "client/views/search_words.h"
#include "tests/unit/client/views/word_forms.h"

namespace tests = encuentro::tests;
using encuentro::client::views::search_stem;
using encuentro::client::views::search_words;
using encuentro::client::views::SearchIndex;

namespace {

using Entries = std::vector<std::uint32_t>;

std::string joined(std::string_view text) {
  std::string all;
  for (const auto& word : search_words(text)) all += (all.empty() ? "" : " ") + word.text;
  return all;
}

}  // namespace

TEST_CASE("words lose accents and case, and say where they stand") {
  CHECK(joined("¿Cuándo es la REUNIÓN? «Ñandú», coração; Łódź") == "cuando es la reunion nandu coracao lodz");
  CHECK(joined("n.º 8/Rev.1 — a×b") == "n 8 rev 1 a b");
  CHECK(joined("re\xcc\x81gimen g\xcc\x83uarani") == "regimen guarani");  // combining marks
  CHECK(joined("avañe’ẽ ỹ") == "avane e y");
  CHECK(joined("Геноцид 記憶") == "Геноцид 記憶");
  auto words = search_words("¡Así, ya!");
  REQUIRE(words.size() == 2);
  CHECK(words[0].offset == 2);
  CHECK(words[1].offset == 8);
}

TEST_CASE("bytes that aren't UTF-8 part words and hurt nothing") {
  CHECK(joined("a\xff"
               "b\xc3") == "a b");
  CHECK(joined("\xf0\x9f\x95\x8a paz \xe2\x82") == "paz");
}

TEST_CASE("the forms of a word have one stem, in Spanish and Portuguese") {
  for (const auto& [a, b] : std::vector<std::pair<std::string, std::string>>{{"reunion", "reuniones"},
                                                                             {"reunion", "reuniao"},
                                                                             {"union", "unioes"},
                                                                             {"prevencion", "prevenciones"},
                                                                             {"prevencion", "prevencao"},
                                                                             {"acoes", "acao"},
                                                                             {"pais", "paises"},
                                                                             {"nacional", "nacionais"},
                                                                             {"nacional", "nacionales"},
                                                                             {"informe", "informes"},
                                                                             {"informe", "informar"},
                                                                             {"adoptado", "adoptaron"},
                                                                             {"adoptada", "adoptar"},
                                                                             {"rapida", "rapidamente"},
                                                                             {"vez", "veces"},
                                                                             {"decision", "decisao"},
                                                                             {"indigena", "indigenas"}}) {
    INFO(a << " " << b);
    CHECK(search_stem(a) == search_stem(b));
  }
  CHECK(search_stem("paz") == "paz");
  CHECK(search_stem("mes") == "mes");
  CHECK(search_stem("plan") != search_stem("plaza"));
}

TEST_CASE("a list of words of these networks: their forms come together, others don't") {
  auto stems = [](std::string_view forms) {
    std::set<std::string> all;
    for (const auto& word : search_words(forms)) all.insert(search_stem(word.text));
    return all;
  };
  std::size_t forms = 0;
  for (std::string_view line : tests::word_forms) {
    INFO(line);
    CHECK(stems(line).size() == 1);
    forms += search_words(line).size();
  }
  CHECK(forms > 400);
  for (std::string_view line : tests::words_apart) {
    INFO(line);
    CHECK(stems(line).size() == 2);
  }
  for (std::string_view line : tests::forms_left_apart) {
    INFO(line);
    CHECK(stems(line).size() == 2);
  }
}

TEST_CASE("all words of a query must be there, the last one may be unfinished") {
  SearchIndex index;
  index.add(0, "Reunión de puntos focales en Quito");
  index.add(1, "Las reuniones del comité");
  index.add(2, "Informe sobre memoria");
  index.add(2, "y reparación en Quito");
  CHECK(index.find("reunion") == Entries{0, 1});
  CHECK(index.find("QUITO") == Entries{0, 2});
  CHECK(index.find("quito reunión") == Entries{0});
  CHECK(index.find("reunião") == Entries{0, 1});
  CHECK(index.find("reunirse") == Entries{});
  CHECK(index.find("repar") == Entries{2});
  CHECK(index.find("repar quito") == Entries{});  // finished by what follows, it is a word of its own
  CHECK(index.find("quito repar") == Entries{2});
  CHECK(index.find("c") == Entries{1});
  CHECK(index.find(" ¿? ").empty());
  index.add(3, "Comisión");
  CHECK(index.find("com") == Entries{1, 3});
}
