#include "client/cli/usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <catch2/catch.hpp>

using namespace encuentro::client::cli;

namespace {

// What is said of a command line of a small program with the same manners.
Misuse said(std::vector<std::string> line, Language language) {
  CLI::App app("", "encuentro");
  app.require_subcommand(1);
  app.fallthrough();
  std::string kind, title, file;
  int number = 0;
  app.add_option("--wait", number)->check(CLI::Range(0, 9));
  CLI::App* channel = app.add_subcommand("channel")->require_subcommand(1);
  CLI::App* create = channel->add_subcommand("create");
  create->add_option("TITLE", title)->required();
  CLI::Option* kinds = create->add_option("--kind", kind)->check(CLI::IsMember({"board", "network"}));
  create->add_option("--file", file)->needs(kinds);
  std::uint32_t count = 0;
  bool none = false;
  std::string day;
  CLI::Option* counts = create->add_option("--number", count);
  create->add_flag("--none", none)->excludes(counts);
  create->add_option("--day", day)->check([](const std::string&) { return std::string("2026-05-04"); });
  Catalogue words(language);
  try {
    std::reverse(line.begin(), line.end());
    app.parse(line);
  } catch (const CLI::ParseError& error) {
    return misuse_of(error, app, words);
  }
  return {};
}

}  // namespace

TEST_CASE("wrong usage is said in the person's language, with the verb whose help helps") {
  CHECK(said({"chanel"}, Language::es).message == "No se entiende: chanel");
  CHECK(said({"chanel"}, Language::es).hint == "Vea cómo se usa con «encuentro --help».");
  CHECK(said({}, Language::pt).message == "Falta dizer o que fazer.");
  CHECK(said({"channel"}, Language::en).message == "It isn't said what to do.");
  CHECK(said({"channel"}, Language::en).hint == "See how it is used with 'encuentro channel --help'.");
  CHECK(said({"channel", "create"}, Language::es).message == "Falta TITLE.");
  CHECK(said({"channel", "create", "Uno", "--kind", "foro"}, Language::es).message ==
        "--kind: «foro» no sirve; puede ser board, network.");
  CHECK(said({"channel", "create", "Uno", "--kind", "foro"}, Language::es).hint ==
        "Vea cómo se usa con «encuentro channel create --help».");
  CHECK(said({"channel", "create", "Uno", "--kind"}, Language::es).message == "Falta --kind.");
  CHECK(said({"channel", "create", "Uno", "--wait", "mucho"}, Language::en)
            .message.starts_with("What is written in --wait won't do: it has to lie between 0 and 9."));
  CHECK(said({"channel", "create", "Uno", "--file", "x"}, Language::es).message == "--file va solo con --kind.");
  CHECK(said({"channel", "create", "Uno", "--kind", "board", "--none", "--number", "1"}, Language::pt).message ==
        "--number não vai com --none.");
  CHECK(said({"channel", "create", "Uno", "--day", "ayer"}, Language::es).message ==
        "No sirve lo escrito en --day. Sirve, por ejemplo: 2026-05-04");
  CHECK(said({"channel", "create", "Uno", "--wait", "10"}, Language::es).message ==
        "No sirve lo escrito en --wait: tiene que estar entre 0 y 9.");
  CHECK(said({"channel", "create", "Uno", "--number", "x"}, Language::en).message ==
        "What is written in --number won't do: x");
  CHECK(said({"channel", "create", "Uno", "--kind", "board"}, Language::en).message.empty());
}

TEST_CASE("--json and --lang are found in a line that can't be parsed") {
  const char* line[] = {"encuentro", "--lang", "pt", "no-such", "--json"};
  CHECK(asks_json(5, line));
  CHECK_FALSE(asks_json(4, line));
  CHECK(language_asked(5, line) == Language::pt);
  const char* joined[] = {"encuentro", "--lang=en"};
  CHECK(language_asked(2, joined) == Language::en);
}
