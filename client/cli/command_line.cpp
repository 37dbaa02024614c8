#include "client/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <deque>

namespace encuentro::client::cli::command_line {

Option* Option::required() { return option_->required(), this; }
Option* Option::take_all() { return option_->take_all(), this; }
Option* Option::expected(int least, int most) { return option_->expected(least, most), this; }
Option* Option::delimiter(char between) { return option_->delimiter(between), this; }
Option* Option::needs(Option* other) { return option_->needs(other->option_), this; }
Option* Option::excludes(Option* other) { return option_->excludes(other->option_), this; }
Option* Option::excludes(const std::string& name) { return option_->excludes(name), this; }
Option* Option::check(const IsMember& words) { return option_->check(::CLI::IsMember(words.words)), this; }
Option* Option::check(const Range& range) { return option_->check(::CLI::Range(range.least, range.most)), this; }
Option* Option::check(const Check& wrong) { return option_->check(wrong), this; }
std::size_t Option::count() const { return option_->count(); }

void missing(const std::string& option) { throw ::CLI::RequiredError(option); }

struct App::Owned {
  std::deque<std::unique_ptr<App>> verbs;
  std::deque<Option> options;
};

App::App(const std::string& name)
    : root_(std::make_unique<::CLI::App>("", name)), app_(root_.get()), owned_(std::make_unique<Owned>()) {}
App::App(::CLI::App* app) : app_(app), owned_(std::make_unique<Owned>()) {}
App::~App() = default;

App* App::add_subcommand(const std::string& name) {
  return owned_->verbs.emplace_back(new App(app_->add_subcommand(name))).get();
}
App* App::require_subcommand(int exactly) { return app_->require_subcommand(exactly), this; }
App* App::require_option(std::size_t least, std::size_t most) { return app_->require_option(least, most), this; }
App* App::fallthrough() { return app_->fallthrough(), this; }
App* App::callback(std::function<void()> chosen) { return app_->callback(std::move(chosen)), this; }
void App::set_version_flag(const std::string& name, const std::string& text) { app_->set_version_flag(name, text); }

Option* App::add_option(const std::string& name, std::string& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_option(const std::string& name, std::vector<std::string>& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_option(const std::string& name, std::vector<std::uint32_t>& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_option(const std::string& name, std::size_t& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_option(const std::string& name, std::uint32_t& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_option(const std::string& name, std::uint16_t& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_option(const std::string& name, int& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_option(const std::string& name, double& into) {
  return &owned_->options.emplace_back(app_->add_option(name, into));
}
Option* App::add_flag(const std::string& name, bool& into) {
  return &owned_->options.emplace_back(app_->add_flag(name, into));
}
Option* App::get_option(const std::string& name) { return &owned_->options.emplace_back(app_->get_option(name)); }
std::size_t App::count(const std::string& name) const { return app_->count(name); }
bool App::goes_on() const { return !app_->get_subcommands().empty(); }

std::optional<App::Said> App::parse(int argc, const char* const* argv, const Wrong& wrong, const Describe& describe) {
  try {
    app_->parse(argc, argv);
  } catch (const ::CLI::Success& asked) {
    describe(*app_);
    app_->exit(asked);  // says help or version
    return Said::as_asked;
  } catch (const ::CLI::ParseError& error) {
    wrong(error, *app_);
    return Said::wrong_usage;
  }
  return std::nullopt;
}

}  // namespace encuentro::client::cli::command_line
