#include "client/cli/help.h"

#include <CLI/CLI.hpp>

#include "protocol/base/check.h"

namespace encuentro::client::cli {
namespace {

constexpr std::size_t left_columns = 34, right_columns = 66;

bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; }

// In lines of at most right_columns letters, which the library sets one below the other.
std::string wrapped(std::string text) {
  std::size_t letters = 0, blank = 0, since_blank = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (begins_letter(text[at])) ++letters, ++since_blank;
    if (text[at] == ' ') blank = at, since_blank = 0;
    if (letters <= right_columns || blank == 0) continue;
    text[blank] = '\n';
    letters = since_blank;
    blank = 0;
  }
  return text;
}

// The library's own says in English how many options a verb wants, and which go together.
class Layout : public ::CLI::Formatter {
 public:
  explicit Layout(const Catalogue& words) {
    constexpr std::pair<const char*, const char*> labels[] = {{"Usage", "help.usage"},
                                                              {"OPTIONS", "help.some_options"},
                                                              {"SUBCOMMAND", "help.some_verb"},
                                                              {"Positionals", "help.places"}};
    for (const auto& [library, key] : labels) label(library, words.text(key));
    column_width(left_columns);
  }
  std::string make_description(const ::CLI::App* verb) const override { return verb->get_description() + "\n"; }
  std::string make_option_opts(const ::CLI::Option* option) const override {
    return option->get_option_text().empty() ? "" : " " + option->get_option_text();
  }
};

// "-o,--output" is --output, TITLE itself.
std::string long_name(const ::CLI::Option& option) {
  const auto& names = option.get_lnames();
  return names.empty() ? option.get_name() : "--" + names.front();
}

std::string sentence(std::string verb, const ::CLI::Option& option, const Catalogue& words) {
  const std::string name = "." + long_name(option);
  while (!words.has(verb + name)) {
    const std::size_t end = verb.rfind('.');
    ENC_CHECK(end != std::string::npos);  // no sentence for it
    verb.resize(end);
  }
  return words.text(verb + name);
}

// "TEXT:{board,network}" in the person's language; the bounds of a number are in its sentence.
std::string type_text(const ::CLI::Option& option, const Catalogue& words) {
  const std::string library = option.get_type_name();
  std::string text = words.text(library.starts_with("TEXT") ? "help.text" : "help.number");
  if (const std::size_t among = library.find('{'); among != std::string::npos) text += " " + library.substr(among);
  if (option.get_expected_max() == ::CLI::detail::expected_max_vector_size) text += " ...";
  return text;
}

std::string names_of(const std::set<::CLI::Option*>& options) {
  std::string names;
  for (const ::CLI::Option* option : options) names += (names.empty() ? "" : " ") + long_name(*option);
  return names;
}

// " (needed; not with --upcoming)", or nothing.
std::string demands(const ::CLI::Option& option, const Catalogue& words) {
  std::vector<std::string> all;
  if (option.get_required()) all.push_back(words.text("help.required"));
  const std::set<::CLI::Option*>&needs = option.get_needs(), &excludes = option.get_excludes();
  if (!needs.empty()) all.push_back(words.text("help.needs", {{"options", names_of(needs)}}));
  if (!excludes.empty()) all.push_back(words.text("help.excludes", {{"options", names_of(excludes)}}));
  return all.empty() ? "" : " (" + ::CLI::detail::join(all, "; ") + ")";
}

void describe_option(::CLI::Option& option, const std::string& verb, const Catalogue& words) {
  option.description(wrapped(sentence(verb, option, words) + demands(option, words)));
  option.group(words.text("help.options"));
  option.option_text(option.get_type_name().empty() ? "" : type_text(option, words));
}

void describe_verb(::CLI::App& verb, const std::string& key, const std::shared_ptr<Layout>& layout,
                   const Catalogue& words) {
  verb.description(wrapped(words.text(key)));
  verb.formatter(layout);
  for (::CLI::Option* option : verb.get_options([](::CLI::Option*) { return true; })) {
    describe_option(*option, key, words);
  }
  for (::CLI::App* below : verb.get_subcommands([](::CLI::App*) { return true; })) {
    below->group(words.text("help.verbs"));
    describe_verb(*below, key + "." + below->get_name(), layout, words);
  }
}

}  // namespace

void describe(::CLI::App& program, const Catalogue& words) {
  describe_verb(program, "help", std::make_shared<Layout>(words), words);
}

}  // namespace encuentro::client::cli
