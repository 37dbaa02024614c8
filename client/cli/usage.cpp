#include "client/cli/usage.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace encuentro::client::cli {
namespace {

std::string before(std::string_view text, std::string_view mark) {
  return std::string(text.substr(0, std::min(text.find(mark), text.size())));
}

std::string after(std::string_view text, std::string_view mark) {
  std::size_t at = text.find(mark);
  return at == std::string_view::npos ? std::string(text) : std::string(text.substr(at + mark.size()));
}

// "encuentro channel create": the verb as far as it was understood.
std::string verb_of(const CLI::App& app) {
  std::string verb = app.get_name();
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    verb += " " + at->get_name();
  }
  return verb;
}

// "--kind: foro not in {board,network}", "--wait: Value 0 not in range 1 to 9", or, of a check of ours, an example
// of what would do: the library's sentence taken apart.
std::string invalid(const std::string& said, const Catalogue& words) {
  constexpr std::string_view among = " not in {", within = " not in range ";
  const std::string option = before(said, ":"), detail = after(said, ": ");
  if (detail.find(among) != std::string::npos) {
    std::string allowed = before(after(detail, among), "}");
    for (std::size_t at = 0; (at = allowed.find(',', at)) != std::string::npos; at += 2) allowed.replace(at, 1, ", ");
    return words.text("usage.one_of", {{"option", option}, {"given", before(detail, among)}, {"allowed", allowed}});
  }
  if (detail.find(within) != std::string::npos) {
    const std::string range = after(detail, within);
    const std::string least = before(before(range, " to "), "."), most = before(after(range, " to "), ".");
    return words.text("usage.range", {{"option", option}, {"least", least}, {"most", most}});
  }
  return words.text("usage.example", {{"option", option}, {"example", detail}});
}

// "--upcoming excludes --from".
std::string combination(const std::string& said, std::string_view verb, Key key, const Catalogue& words) {
  return words.text(key, {{"option", before(said, verb)}, {"other", after(said, verb)}});
}

// A verb that isn't one is left over, and the library misses a verb first.
std::string without_verb(const CLI::App& app, const Catalogue& words) {
  auto left = app.remaining(true);
  return left.empty() ? words.text("usage.no_verb") : words.text("usage.unknown", {{"what", left.front()}});
}

std::string message_of(const CLI::ParseError& error, const CLI::App& app, const Catalogue& words) {
  std::string said = error.what();
  switch (static_cast<CLI::ExitCodes>(error.get_exit_code())) {
    case CLI::ExitCodes::RequiredError:
      if (said.find("subcommand") != std::string::npos) return without_verb(app, words);
      if (said.find(" is required") == std::string::npos) return words.text("usage.no_option");
      return words.text("usage.missing", {{"what", before(said, " is required")}});
    case CLI::ExitCodes::ExtrasError:
      return words.text("usage.unknown", {{"what", after(said, ": ")}});
    case CLI::ExitCodes::ArgumentMismatch:
      if (said.find(" missing") != std::string::npos) return words.text("usage.missing", {{"what", before(said, ":")}});
      return words.text("usage.amount", {{"option", before(said, ":")}});
    case CLI::ExitCodes::RequiresError:
      return combination(said, " requires ", "usage.needs", words);
    case CLI::ExitCodes::ExcludesError:
      return combination(said, " excludes ", "usage.excludes", words);
    case CLI::ExitCodes::ConversionError: {
      std::string rest = after(said, ": ");
      return words.text("usage.invalid", {{"option", before(rest, " = ")}, {"detail", after(rest, " = ")}});
    }
    default:
      return invalid(said, words);
  }
}

}  // namespace

Misuse misuse_of(const CLI::ParseError& error, const CLI::App& app, const Catalogue& words) {
  return {message_of(error, app, words), words.text("usage.hint", {{"verb", verb_of(app)}})};
}

bool asks_json(int argc, const char* const* argv) {
  return std::any_of(argv, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; });
}

Language language_asked(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    std::string_view word = argv[i];
    if (word.starts_with("--lang=")) return language_named(word.substr(7));
    if (word == "--lang" && i + 1 < argc) return language_named(argv[i + 1]);
  }
  return language_of_locale();
}

}  // namespace encuentro::client::cli
