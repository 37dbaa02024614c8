#include "tests/tidy/words.h"

#include <cctype>

namespace encuentro::tidy {
namespace {

struct Word {
  std::string text;
  bool only_code;
  std::string reason;
};

// Put together from halves, so that this file does not hold them either.
const std::vector<Word>& words() {
  static const std::vector<Word> list = {
      {std::string("/wo") + "rk/", false, "a path of one machine"},
      {std::string("/ro") + "ot/", false, "a path of one machine"},
      {std::string("registry.") + "npmjs", false, "the host of a package registry"},
      {std::string("deb.deb") + "ian.org", false, "the host of a package registry"},
      {std::string("deb.node") + "source", false, "the host of a package registry"},
      {std::string("TO") + "DO", true, "unfinished work belongs in an issue"},
      {std::string("FIX") + "ME", true, "unfinished work belongs in an issue"},
      {std::string("XX") + "X", true, "unfinished work belongs in an issue"},
  };
  return list;
}

bool letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// Whether `word` stands in `line`, not as a part of a longer word.
bool stands_in(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != std::string_view::npos; at = line.find(word, at + 1)) {
    std::size_t end = at + word.size();
    bool open_before = letter(word.front()) && at > 0 && letter(line[at - 1]);
    bool open_after = letter(word.back()) && end < line.size() && letter(line[end]);
    if (!open_before && !open_after) return true;
  }
  return false;
}

}  // namespace

Findings check_words(const File& file) {
  Findings findings;
  std::size_t number = 0;
  for (std::string_view line : lines_of(file.text)) {
    ++number;
    for (const Word& word : words()) {
      if ((word.only_code && !is_code(file.path)) || !stands_in(line, word.text)) continue;
      findings.push_back({file.path, number, "word", word.text + ": " + word.reason});
    }
  }
  return findings;
}

}  // namespace encuentro::tidy
