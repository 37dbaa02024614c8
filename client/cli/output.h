// The command's manners in one place: data on standard output, words to the person on standard error, one JSON
// object a line with --json, exit 0 done, 1 refused or failed, 2 wrong usage.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "client/cli/catalogue.h"
#include "protocol/base/error.h"

namespace encuentro::client::cli {

enum class Exit : int { done = 0, failed = 1, usage = 2 };

class Output {
 public:
  Output(const Catalogue& catalogue, bool json) : catalogue_(catalogue), json_(json) {}

  bool json() const { return json_; }
  const Catalogue& words() const { return catalogue_; }

  // A line of data. With --json `object` is printed, otherwise `text` (already in the person's language;
  // control characters that a hostile name or message might carry are made visible, never sent raw).
  void line(const nlohmann::json& object, std::string_view text);
  // Words to the person; nothing with --json.
  void say(Key key, const Arguments& arguments = {});
  // `encuentro: error: …` and, if the catalogue has one for the code, `encuentro: hint: …`; with --json one object
  // {"error", "message", "hint"} on standard error, with what was wanted and what came ("expected", "got") where
  // numbers tell it; a text may name the sizes of quota_exceeded and too_large as {most} and {size}. `extra` is merged.
  void error(const Error& error, const Arguments& arguments = {});
  void error(const Error& error, const Arguments& arguments, const nlohmann::json& extra);
  // Wrong usage, said like an error; its code is `usage`.
  void misuse(std::string_view message, std::string_view hint);
  // Progress of long work, rewritten in place; silent when standard error is not a terminal or with --json.
  void progress(std::string_view text);
  void progress_end();

 private:
  const Catalogue& catalogue_;
  bool json_;
  bool progress_shown_ = false;
};

// Text safe to print on a terminal: C0/C1 controls (but newline and tab) become U+FFFD.
std::string printable(std::string_view text);

}  // namespace encuentro::client::cli
