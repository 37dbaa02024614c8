#include "client/cli/command_line.h"

#include <catch2/catch.hpp>

using namespace encuentro::client::cli::command_line;
using Said = App::Said;

namespace {

// A program with one verb, as the verbs of the command are declared.
struct Program {
  App app{"program"};
  std::string title, kind = "board";
  std::vector<std::string> files, roles;
  std::size_t at_most = 50;
  double wait_s = 5;
  bool quiet = false;
  int chosen = 0, wrong = 0, described = 0;
  App* verb = nullptr;
  Option* file = nullptr;

  Program() {
    app.set_version_flag("--version", "program 1");
    app.require_subcommand(1)->fallthrough();
    app.add_option("--wait", wait_s)->check(Range(0.0, 60.0));
    verb = app.add_subcommand("send");
    verb->add_option("TITLE", title)->required();
    verb->add_option("--kind", kind)->check(IsMember({"board", "committee"}));
    verb->add_option("--roles", roles)->delimiter(',');
    file = verb->add_option("--file", files)->expected(1, 2)->take_all();
    verb->add_option("--at-most", at_most)->check(Range(1, 100))->needs(file);
    verb->add_flag("--quiet", quiet);
    verb->callback([this] { ++chosen; });
  }
  std::optional<Said> parse(std::vector<const char*> words) {
    words.insert(words.begin(), "program");
    return app.parse(
        static_cast<int>(words.size()), words.data(), [this](const auto&, const auto&) { ++wrong; },
        [this](auto&) { ++described; });
  }
};

}  // namespace

TEST_CASE("a verb's words come to where they were declared, and it is called") {
  Program p;
  CHECK_FALSE(p.parse({"send", "hola", "--kind", "committee", "--roles", "a,b", "--file", "x", "--file", "y",
                       "--at-most", "7", "--quiet", "--wait", "2.5"}));
  CHECK(p.chosen == 1);
  CHECK(p.title == "hola");
  CHECK(p.kind == "committee");
  CHECK(p.roles == std::vector<std::string>{"a", "b"});
  CHECK(p.files == std::vector<std::string>{"x", "y"});
  CHECK(p.at_most == 7);
  CHECK(p.quiet);
  CHECK(p.wait_s == 2.5);
  CHECK(p.file->count() == 2);
  CHECK(p.verb->count("--quiet") == 1);
  CHECK(p.verb->count("--kind") == 1);
}

TEST_CASE("wrong words are wrong usage, and nothing is called") {
  for (const std::vector<const char*>& words :
       std::vector<std::vector<const char*>>{{},
                                             {"other"},
                                             {"send"},
                                             {"send", "hola", "--kind", "sala"},
                                             {"send", "hola", "--at-most", "7"},
                                             {"send", "hola", "--file", "x", "--at-most", "0"},
                                             {"send", "hola", "--file", "x", "--at-most", "x"},
                                             {"send", "hola", "--wait", "61"},
                                             {"send", "hola", "--nothing"}}) {
    Program p;
    CHECK(p.parse(words) == Said::wrong_usage);
    CHECK(p.chosen == 0);
    CHECK(p.wrong == 1);
  }
}

TEST_CASE("a check of one's own, options that exclude each other, one of several asked for, one missing after all") {
  auto parsed = [](std::vector<const char*> words) {
    App app("program");
    std::string day, name, place;
    std::vector<std::uint32_t> numbers;
    App* verb = app.add_subcommand("move");
    Option* days = verb->add_option("--day", day);
    days->check([](const std::string& text) { return text == "hoy" ? "" : "hoy"; });
    verb->add_option("--name", name)->excludes(days);
    verb->add_option("--place", place)->excludes("--name");
    verb->add_option("--number", numbers);
    verb->require_option(1, 0);
    App* below = verb->add_subcommand("below");
    verb->callback([&] {
      if (!verb->goes_on() && place == "nowhere") missing("--name");
    });
    below->callback([] {});
    words.insert(words.begin(), {"program", "move"});
    return !app.parse(static_cast<int>(words.size()), words.data(), [](const auto&, const auto&) {}, [](auto&) {});
  };
  CHECK(parsed({"--day", "hoy"}));
  CHECK(parsed({"--number", "1", "--number", "2"}));
  CHECK(parsed({"--place", "nowhere", "below"}));
  CHECK_FALSE(parsed({}));
  CHECK_FALSE(parsed({"--day", "ayer"}));
  CHECK_FALSE(parsed({"--day", "hoy", "--name", "x"}));
  CHECK_FALSE(parsed({"--place", "x", "--name", "x"}));
  CHECK_FALSE(parsed({"--number", "-1"}));
  CHECK_FALSE(parsed({"--place", "nowhere"}));
}

TEST_CASE("help and version are said as asked, help with its words") {
  Program help, version, wrong;
  CHECK(help.parse({"send", "--help"}) == Said::as_asked);
  CHECK(help.described == 1);
  CHECK(wrong.parse({"sent"}) == Said::wrong_usage);
  CHECK(wrong.described == 0);
  CHECK(version.parse({"--version"}) == Said::as_asked);
}
