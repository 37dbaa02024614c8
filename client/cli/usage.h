// Wrong usage in the person's language: what isn't understood, what is missing, what won't do, and where help is.
#pragma once

#include "client/cli/catalogue.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace encuentro::client::cli {

struct Misuse {
  std::string message;
  std::string hint;
};

Misuse misuse_of(const ::CLI::ParseError& error, const ::CLI::App& app, const Catalogue& words);

// Of a line that can't be parsed as a whole: whether --json stands in it, and the language it asks for (else the
// locale's).
bool asks_json(int argc, const char* const* argv);
Language language_asked(int argc, const char* const* argv);

}  // namespace encuentro::client::cli
