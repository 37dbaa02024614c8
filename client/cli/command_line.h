// The words of a command, declared and read. CLI11 stays behind this header: it is templates all through, and a file
// that sees it takes twenty seconds to compile.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
class ParseError;
}  // namespace CLI

namespace encuentro::client::cli::command_line {

// What is wrong with a word; empty: nothing.
using Check = std::function<std::string(const std::string&)>;
struct IsMember {
  std::vector<std::string> words;
  IsMember(std::initializer_list<std::string> all) : words(all) {}
};
struct Range {
  double least, most;
  Range(double from, double to) : least(from), most(to) {}
};

// In a verb's callback: this option is missing after all.
[[noreturn]] void missing(const std::string& option);

// One option or word of a verb; belongs to its App.
class Option {
 public:
  explicit Option(::CLI::Option* option) : option_(option) {}
  Option* required();
  Option* take_all();
  Option* expected(int least, int most);
  Option* delimiter(char between);
  Option* needs(Option* other);
  Option* excludes(Option* other);
  Option* excludes(const std::string& name);
  Option* check(const IsMember& words);
  Option* check(const Range& range);
  Option* check(const Check& wrong);
  std::size_t count() const;

 private:
  ::CLI::Option* option_;
};

// The program, or one of its verbs, which belongs to what it is below. What options are bound to must outlive parse().
class App {
 public:
  explicit App(const std::string& name);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  App* add_subcommand(const std::string& name);
  App* require_subcommand(int exactly);
  App* require_option(std::size_t least, std::size_t most);
  App* fallthrough();
  App* callback(std::function<void()> chosen);
  void set_version_flag(const std::string& name, const std::string& text);
  // "WORD" is a place, "--word" an option.
  Option* add_option(const std::string& name, std::string& into);
  Option* add_option(const std::string& name, std::vector<std::string>& into);
  Option* add_option(const std::string& name, std::vector<std::uint32_t>& into);
  Option* add_option(const std::string& name, std::size_t& into);
  Option* add_option(const std::string& name, std::uint32_t& into);
  Option* add_option(const std::string& name, std::uint16_t& into);
  Option* add_option(const std::string& name, int& into);
  Option* add_option(const std::string& name, double& into);
  Option* add_flag(const std::string& name, bool& into);
  Option* get_option(const std::string& name);
  std::size_t count(const std::string& name) const;
  // Of this verb, one below it was chosen.
  bool goes_on() const;

  // Of what was neither help nor wrong: nothing, and the chosen callback was called. Else help (once `describe` has
  // given it words, help.h) or the version has been said as asked, or `wrong` was told what is wrong (usage.h).
  enum class Said : std::uint8_t { as_asked, wrong_usage };
  using Wrong = std::function<void(const ::CLI::ParseError&, const ::CLI::App&)>;
  using Describe = std::function<void(::CLI::App&)>;
  std::optional<Said> parse(int argc, const char* const* argv, const Wrong& wrong, const Describe& describe);

 private:
  struct Owned;  // subcommands and options
  explicit App(::CLI::App* app);

  std::unique_ptr<::CLI::App> root_;  // of the program itself
  ::CLI::App* app_;
  std::unique_ptr<Owned> owned_;
};

}  // namespace encuentro::client::cli::command_line
