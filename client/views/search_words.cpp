#include "client/views/search_words.h"

#include <array>
#include <cstdint>

namespace encuentro::client::views {
namespace {

constexpr char32_t not_utf8 = 0xfffd;

// The code point at `at`, which moves behind it; U+FFFD for a byte that begins none.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  std::uint8_t first = byte(at++);
  if (first < 0x80) return first;
  std::size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (more == 0 || at + more > text.size()) return not_utf8;
  char32_t point = first & (0x3fu >> more);
  for (std::size_t i = 0; i < more; ++i) point = point << 6 | (byte(at + i) & 0x3fu);
  at += more;
  return point;
}

// Base letters of U+00C0 to U+017F, a blank for the two signs among them.
constexpr std::string_view latin_letters =
    "aaaaaaaceeeeiiiidnooooo ouuuuyts"
    "aaaaaaaceeeeiiiidnooooo ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiii"
    "jjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_letters.size() == 0x180 - 0xc0);

// Letters of Guaraní that lie beyond.
constexpr std::array<std::pair<char32_t, char>, 4> further_letters{
    {{0x1ebc, 'e'}, {0x1ebd, 'e'}, {0x1ef8, 'y'}, {0x1ef9, 'y'}}};

bool combining(char32_t point) { return point >= 0x300 && point < 0x370; }

bool foreign_letter(char32_t point) {
  if (point < 0x370 || point == not_utf8) return false;
  bool signs = (point >= 0x2000 && point < 0x2c00) || (point >= 0x3000 && point < 0x3040) || point >= 0x1f000;
  return !signs;
}

// The letter or digit as it is compared; empty for what parts words.
std::string_view folded(char32_t point, std::string_view original) {
  static constexpr std::string_view ascii =
      "0123456789abcdefghijklmnopqrstuvwxyz";  // a view of one character needs a place to point to
  auto single = [](char letter) {
    std::size_t place = ascii.find(letter);
    return place == std::string_view::npos ? std::string_view() : ascii.substr(place, 1);
  };
  if (point < 0x80) {
    auto letter = static_cast<char>(point);
    return single(letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter);
  }
  if (point >= 0xc0 && point < 0x180) return single(latin_letters[point - 0xc0]);
  for (auto [further, letter] : further_letters) {
    if (point == further) return single(letter);
  }
  return foreign_letter(point) ? original : std::string_view();
}

struct Ending {
  std::string_view from;
  std::string_view to;
  std::size_t rest_min;  // letters before it
};

// The first that fits is replaced.
template <std::size_t N>
void replace_ending(std::string& word, const std::array<Ending, N>& endings) {
  for (const Ending& ending : endings) {
    if (!word.ends_with(ending.from) || word.size() < ending.from.size() + ending.rest_min) continue;
    word.replace(word.size() - ending.from.size(), ending.from.size(), ending.to);
    return;
  }
}

constexpr std::array<Ending, 14> plurals{{{"ises", "i", 2},
                                          {"ciones", "c", 2},
                                          {"siones", "s", 2},
                                          {"coes", "c", 2},
                                          {"soes", "s", 2},
                                          {"iones", "i", 2},
                                          {"ioes", "i", 2},
                                          {"oes", "ao", 2},
                                          {"aes", "ao", 3},
                                          {"ais", "al", 3},
                                          {"eis", "el", 2},
                                          {"ces", "z", 2},
                                          {"es", "", 3},
                                          {"s", "", 3}}};
constexpr std::array<Ending, 9> nouns{{{"cion", "c", 2},
                                       {"sion", "s", 2},
                                       {"cao", "c", 2},
                                       {"sao", "s", 2},
                                       {"ion", "i", 2},
                                       {"iao", "i", 2},
                                       {"mente", "", 4},
                                       {"ise", "i", 2},
                                       {"il", "el", 2}}};
constexpr std::array<Ending, 19> verbs{{{"iendo", "", 4},
                                        {"ieron", "", 4},
                                        {"ando", "", 4},
                                        {"endo", "", 4},
                                        {"indo", "", 4},
                                        {"aron", "", 4},
                                        {"aram", "", 4},
                                        {"eram", "", 4},
                                        {"iram", "", 4},
                                        {"aban", "", 4},
                                        {"avam", "", 4},
                                        {"ado", "", 4},
                                        {"ada", "", 4},
                                        {"ido", "", 4},
                                        {"ida", "", 4},
                                        {"ava", "", 4},
                                        {"ar", "", 4},
                                        {"er", "", 4},
                                        {"ir", "", 4}}};
constexpr std::array<Ending, 3> genders{{{"a", "", 3}, {"e", "", 3}, {"o", "", 3}}};
// "ordem" and "ordens", and "orden".
constexpr std::array<Ending, 1> nasals{{{"m", "n", 2}}};

}  // namespace

std::vector<SearchWord> search_words(std::string_view text) {
  std::vector<SearchWord> words;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = at;
    char32_t point = next_code_point(text, at);
    if (combining(point)) continue;
    std::string_view letter = folded(point, text.substr(begin, at - begin));
    if (!letter.empty() && !inside) words.push_back({"", begin});
    inside = !letter.empty();
    if (inside) words.back().text += letter;
  }
  return words;
}

std::string search_stem(std::string_view word) {
  // "comissão" and "comisión".
  std::string stem;
  for (char letter : word) {
    if (letter != 's' || !stem.ends_with('s')) stem += letter;
  }
  replace_ending(stem, plurals);
  replace_ending(stem, nouns);
  replace_ending(stem, verbs);
  replace_ending(stem, genders);
  replace_ending(stem, nasals);
  return stem;
}

}  // namespace encuentro::client::views
