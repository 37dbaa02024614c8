#include "client/cli/output.h"

#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "client/cli/sizes.h"

namespace encuentro::client::cli {
namespace {

void put(std::FILE* file, std::string_view text) { std::fwrite(text.data(), 1, text.size(), file); }

// Whose numbers are sizes in bytes, so that a text may name them.
bool sized(Code code) { return code == Code::quota_exceeded || code == Code::too_large; }

std::string dump(const nlohmann::json& object) {
  return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    bool c0 = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f;
    bool c1 = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (c1) ++i;
    if (c0 || c1) {
      safe += "\xef\xbf\xbd";
    } else {
      safe.push_back(text[i]);
    }
  }
  return safe;
}

void Output::line(const nlohmann::json& object, std::string_view text) {
  put(stdout, json_ ? dump(object) : printable(text));
  put(stdout, "\n");
  std::fflush(stdout);
}

void Output::say(Key key, const Arguments& arguments) {
  if (json_) return;
  progress_end();
  put(stderr, printable(catalogue_.text(key, arguments)) + "\n");
}

void Output::error(const Error& error, const Arguments& arguments) { this->error(error, arguments, {}); }

void Output::error(const Error& error, const Arguments& arguments, const nlohmann::json& extra) {
  progress_end();
  Arguments told = arguments;
  if (sized(error.code)) {
    told.try_emplace("most", size_text(error.expected));
    told.try_emplace("size", size_text(error.got));
  }
  std::string message = printable(catalogue_.error_text(error, told));
  std::string hint = printable(catalogue_.hint_text(error, told));
  if (json_) {
    nlohmann::json object = {{"error", std::string(name(error.code))}, {"message", message}, {"hint", hint}};
    if (error.rule[0] != '\0') object["rule"] = error.rule;
    if (error.expected != 0 || error.got != 0) {
      object["expected"] = error.expected;
      object["got"] = error.got;
    }
    if (extra.is_object()) object.update(extra);
    put(stderr, dump(object) + "\n");
    return;
  }
  // "R-SRV-43" tells support something; a word for us ("pandoc") has its sentence in the catalogue.
  const bool numbered = error.rule[0] >= 'A' && error.rule[0] <= 'Z';
  std::string rule = numbered ? " [" + std::string(error.rule) + "]" : "";
  put(stderr, "encuentro: error: " + message + rule + "\n");
  if (!hint.empty()) put(stderr, "encuentro: hint: " + hint + "\n");
}

void Output::misuse(std::string_view message, std::string_view hint) {
  if (json_) {
    put(stderr, dump({{"error", "usage"}, {"message", printable(message)}, {"hint", printable(hint)}}) + "\n");
    return;
  }
  put(stderr, "encuentro: error: " + printable(message) + "\nencuentro: hint: " + printable(hint) + "\n");
}

void Output::progress(std::string_view text) {
  if (json_ || isatty(STDERR_FILENO) == 0) return;
  put(stderr, "\r\x1b[K" + printable(text));
  std::fflush(stderr);
  progress_shown_ = true;
}

void Output::progress_end() {
  if (!progress_shown_) return;
  put(stderr, "\r\x1b[K");
  progress_shown_ = false;
}

}  // namespace encuentro::client::cli
