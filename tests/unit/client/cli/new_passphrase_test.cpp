#include "client/cli/new_passphrase.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client::cli;

TEST_CASE("a passphrase from a file must not be short") {
  auto path = std::filesystem::temp_directory_path() / ("encuentro-new-phrase-" + std::to_string(getpid()));
  Catalogue words(Language::es);
  Output output(words, true);
  tests::SeededRandom random(1);
  std::ofstream(path) << "corta\n";
  CHECK(new_passphrase(path.string(), output, random).error().code == Code::weak_passphrase);
  std::ofstream(path) << "una frase bastante larga\n";
  auto phrase = new_passphrase(path.string(), output, random);
  REQUIRE(phrase);
  CHECK(as_text(phrase->view()) == "una frase bastante larga");
  std::filesystem::remove(path);
}

TEST_CASE("another passphrase comes from its own file, never from the one the environment names") {
  auto path = std::filesystem::temp_directory_path() / ("encuentro-other-phrase-" + std::to_string(getpid()));
  Catalogue words(Language::es);
  Output output(words, true);
  tests::SeededRandom random(1);
  std::ofstream(path) << "otra frase bastante larga\n";
  setenv("ENCUENTRO_PASSPHRASE_FILE", "/nowhere", 1);
  auto phrase = another_passphrase(path.string(), output, random);
  unsetenv("ENCUENTRO_PASSPHRASE_FILE");
  REQUIRE(phrase);
  CHECK(as_text(phrase->view()) == "otra frase bastante larga");
  std::ofstream(path) << "corta\n";
  CHECK(another_passphrase(path.string(), output, random).error().code == Code::weak_passphrase);
  std::filesystem::remove(path);
}
