// Tests: client/cli/help.cpp
#include "client/cli/help.h"

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

using namespace encuentro::client::cli;

namespace {

// A part of the command, declared as its verbs are.
std::string help(std::initializer_list<const char*> verbs, Language language) {
  ::CLI::App program("", "encuentro");
  std::string title, kind, from;
  std::size_t most = 0;
  std::vector<std::string> words;
  bool upcoming = false;
  ::CLI::App* channel = program.add_subcommand("channel");
  ::CLI::App* create = channel->add_subcommand("create");
  create->add_option("TITLE", title)->required();
  create->add_option("--kind", kind)->required()->check(::CLI::IsMember({"board", "direct"}));
  ::CLI::App* list = program.add_subcommand("event")->add_subcommand("list");
  ::CLI::Option* first = list->add_option("--from", from);
  list->add_flag("--upcoming", upcoming)->excludes(first);
  list->require_option(1, 0);
  ::CLI::App* search = program.add_subcommand("search");
  search->add_option("WORDS", words);
  search->add_option("--at-most", most)->check(::CLI::Range(1, 100));
  describe(program, Catalogue(language));
  ::CLI::App* at = &program;
  for (const char* verb : verbs) at = at->get_subcommand(verb);
  return at->help();
}
bool says(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("help: each verb, option and word has its sentence, in the person's language") {
  const std::string es = help({"channel", "create"}, Language::es);
  CHECK(es.starts_with("abre un canal\nUso: create [OPCIONES] TITLE\n"));
  CHECK(says(es, "\nPalabras:\n  TITLE TEXTO                     su título (necesario)\n"));
  CHECK(says(es, "  --kind TEXTO {board,direct}     qué es (necesario)\n"));
  CHECK(says(es, "  -h,--help                       muestra esta ayuda\n"));
  const std::string pt = help({}, Language::pt);
  CHECK(says(pt, "Uso: encuentro [OPÇÕES] [AÇÃO]\n"));
  CHECK(says(pt, "\nO que se pode fazer:\n  channel                         os canais\n"));
}

TEST_CASE("help: what many verbs take is said once, and nearer sentences go before") {
  CHECK(says(help({"event", "list"}, Language::en), "  --from TEXT                     the first day or time"));
  CHECK(says(help({"search"}, Language::en), "  WORDS TEXT ...                  all of them;"));
}

TEST_CASE("help: long sentences stand in lines one below the other") {
  const std::string text = help({"event", "list"}, Language::es);
  CHECK(says(text, "hasta un año (no\n                                  con --from)\n"));
}

TEST_CASE("help: what goes with what, and nothing of the library's English") {
  CHECK(says(help({"event", "list"}, Language::es), "el primer día u hora (no con --upcoming)\n"));
  CHECK(says(help({"search"}, Language::es), "  --at-most N  "));
  for (Language language : {Language::es, Language::pt}) {
    for (const std::string& text :
         {help({}, language), help({"event", "list"}, language), help({"search"}, language)}) {
      for (const char* english : {"REQUIRED", "Excludes", "following options", "Options", "TEXT ", "UINT"}) {
        INFO(english);
        CHECK_FALSE(says(text, english));
      }
    }
  }
}
