#include "tests/tidy/shape.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace encuentro::tidy {
namespace {

// UTF-8 continuation bytes are no characters of their own.
std::size_t characters(std::string_view line) {
  return static_cast<std::size_t>(
      std::ranges::count_if(line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Blanks out comments, literals and preprocessor lines, keeping every line break, so that braces are code's braces.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        until("\n", false);
      } else if (starts("/*")) {
        until("*/", true);
      } else if (starts("R\"") && !in_word()) {
        raw_string();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !in_word())) {
        literal(text_[at_]);
      } else if (text_[at_] == '#' && line_is_blank_) {
        directive();
      } else {
        keep();
      }
    }
    return std::move(out_);
  }

 private:
  bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  // 1'000 has a quote and xR"" an R inside a word.
  bool in_word() const {
    return at_ > 0 && (std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) || text_[at_ - 1] == '_');
  }

  void keep() {
    char c = text_[at_++];
    out_ += c;
    line_is_blank_ = c == '\n' || (line_is_blank_ && std::isspace(static_cast<unsigned char>(c)));
  }
  void blank() {
    if (text_[at_] == '\n') out_ += '\n';
    line_is_blank_ = text_[at_] == '\n';
    ++at_;
  }
  void until(std::string_view end, bool including) {
    std::size_t stop = std::min(text_.find(end, at_), text_.size());
    if (including) stop = std::min(stop + end.size(), text_.size());
    while (at_ < stop) blank();
  }
  void raw_string() {
    std::size_t open = std::min(text_.find('(', at_), text_.size());
    std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    until(close, true);
    out_ += "0";
  }
  void literal(char quote) {
    blank();
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) blank();
      blank();
    }
    if (at_ < text_.size()) blank();
    out_ += "0";
  }
  void directive() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) blank();
      blank();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool line_is_blank_ = true;
  std::string out_;
};

std::string trimmed(std::string_view text) {
  std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\n") - first + 1));
}

// Whether what stands before a brace outside any function is a function's head and not a class's or an initialiser's.
bool is_function_head(std::string_view head) {
  if (head.empty() || head.find('(') == std::string_view::npos) return false;
  for (std::string_view word : {"namespace ", "class ", "struct ", "enum ", "union ", "extern ", "concept "}) {
    if (head.starts_with(word)) return false;
  }
  // `T x = f(y){...}` and `= [](…) {…}` initialise something; a default argument's '=' stands inside parentheses.
  int depth = 0;
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '(') ++depth;
    if (head[i] == ')') --depth;
    bool comparison = i > 0 && std::string_view("=!<>").find(head[i - 1]) != std::string_view::npos;
    bool operator_name = head.substr(0, i).ends_with("operator") || head.substr(0, i).ends_with("operator=");
    if (head[i] == '=' && depth == 0 && !comparison && !operator_name && head.substr(i, 2) != "==") return false;
  }
  return true;
}

}  // namespace

std::vector<Function> functions_of(std::string_view text) {
  std::string code = Blanker(text).run();
  std::vector<Function> functions;
  std::size_t line = 1;
  std::size_t depth = 0;       // braces inside the current function; 0: outside
  std::size_t head_begin = 0;  // after the last ; { or } outside functions
  for (std::size_t at = 0; at < code.size(); ++at) {
    char c = code[at];
    if (c == '\n') ++line;
    if (depth > 0) {
      if (c == '{') ++depth;
      if (c == '}' && --depth == 0) {
        functions.back().lines = line - functions.back().line + 1;
        head_begin = at + 1;
      }
      continue;
    }
    if (c == '{') {
      std::string head = trimmed(std::string_view(code).substr(head_begin, at - head_begin));
      if (is_function_head(head)) {
        functions.push_back({std::move(head), line, 0});
        depth = 1;
      }
    }
    if (c == '{' || c == '}' || c == ';') head_begin = at + 1;
  }
  return functions;
}

Findings check_shape(const File& file) {
  Findings findings;
  if (!is_code(file.path)) return findings;
  std::vector<std::string_view> lines = lines_of(file.text);
  if (lines.size() > file_lines_max) {
    findings.push_back({file.path, 0, "file-lines",
                        std::to_string(lines.size()) + " lines, at most " + std::to_string(file_lines_max)});
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t size = characters(lines[i]);
    if (size <= line_characters_max) continue;
    findings.push_back({file.path, i + 1, "line-length",
                        std::to_string(size) + " characters, at most " + std::to_string(line_characters_max)});
  }
  if (!is_cpp(file.path)) return findings;
  for (const Function& function : functions_of(file.text)) {
    if (function.lines <= function_lines_max) continue;
    findings.push_back({file.path, function.line, "function-lines",
                        std::to_string(function.lines) + " lines, at most " + std::to_string(function_lines_max) +
                            ": " + function.head.substr(0, 60)});
  }
  return findings;
}

}  // namespace encuentro::tidy
