// bench-search: finding in 100,000 texts as a person types, beside a plain look through all their bytes; and what the
// command pays before it: folding 100,000 records of 20 channels and indexing them. Milliseconds.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>

#include "client/views/search.h"
#include "tests/support/written_log.h"

namespace {

using namespace encuentro;
using client::views::SearchIndex;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t texts_count = 100'000;
constexpr std::size_t words_a_text = 25;
constexpr std::size_t vocabulary_size = 40'000;
constexpr int queries = 200;

double ms_since(Clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

// Words of two to five syllables, with accents as often as Spanish has them.
std::vector<std::string> vocabulary(std::mt19937& random) {
  static const std::vector<std::string> onsets{"b", "c", "d", "f", "g", "l",  "m", "n",
                                               "p", "r", "s", "t", "v", "tr", "pr"};
  static const std::vector<std::string> nuclei{"a", "e", "i",  "o",  "u",  "a",  "e", "o",
                                               "á", "é", "ió", "an", "es", "ar", "ón"};
  std::vector<std::string> words(vocabulary_size);
  for (std::string& word : words) {
    for (std::size_t left = 2 + random() % 4; left > 0; --left) {
      word += onsets[random() % onsets.size()] + nuclei[random() % nuclei.size()];
    }
  }
  return words;
}

// The k-th word comes about 1/k as often as the first.
const std::string& drawn(const std::vector<std::string>& words, std::mt19937& random) {
  double uniform = std::uniform_real_distribution<double>(0, 1)(random);
  auto place = static_cast<std::size_t>(std::pow(static_cast<double>(words.size()), uniform)) - 1;
  return words[std::min(place, words.size() - 1)];
}

struct Spread {
  std::vector<double> values;
  double at(double part) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(part * static_cast<double>(values.size())))];
  }
};

// Eight of ten records are messages; the others correct, answer and mark some of them, as people do.
std::vector<tests::WrittenLog> channels_of(const std::vector<std::string>& texts) {
  constexpr std::size_t channels = 20;
  std::vector<tests::WrittenLog> logs;
  for (std::size_t i = 0; i < channels; ++i) logs.emplace_back(i + 1);
  std::vector<MemberId> people;
  for (int i = 0; i < 40; ++i) people.push_back(logs[0].random.id<MemberId>());
  std::vector<RecordId> last(channels);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    tests::WrittenLog& log = logs[i % channels];
    content::Content content;
    content.time = Timestamp{1'700'000'000'000 + static_cast<std::int64_t>(i) * 60'000};
    bool message = i / channels % 10 < 8;
    content.body = message || i / channels % 10 == 8 ? texts[i] : std::string();
    if (!message) content.replaces = content.about = last[i % channels];
    auto kind = message                  ? content::Kind::message
                : i / channels % 10 == 8 ? content::Kind::edit
                                         : content::Kind::read_mark;
    RecordId id = log.write(people[i % people.size()], kind, std::move(content));
    if (message) last[i % channels] = id;
  }
  return logs;
}

void search_of_records(const std::vector<std::string>& texts, const std::string& query) {
  auto logs = channels_of(texts);
  const std::string none;
  std::vector<client::views::Searched> searched;
  for (const tests::WrittenLog& log : logs) {
    client::views::Searched one;
    for (const client::core::Record& record : log.records) one.records.push_back(&record);
    one.author_of = [](const client::core::Record& record) {
      return client::views::Author{record.device, record.member, {}, {}};
    };
    one.seat_of = [](const client::core::Record&, roster::Country) { return std::nullopt; };
    searched.push_back(std::move(one));
  }
  auto begun = Clock::now();
  client::views::Search search(searched, [&](const RecordId&) -> const std::string& { return none; });
  double made_ms = ms_since(begun);
  begun = Clock::now();
  std::size_t hits = search.find(query).size();
  std::printf("fold and index records   %8.0f ms, %zu entries; then one look %.2f ms, %zu found\n", made_ms,
              search.size(), ms_since(begun), hits);
}

}  // namespace

int main() {
  std::mt19937 random(5);  // the same texts in every run
  auto words = vocabulary(random);
  std::vector<std::string> texts(texts_count);
  for (std::string& text : texts) {
    for (std::size_t i = 0; i < words_a_text; ++i) text += (i == 0 ? "" : " ") + drawn(words, random);
  }
  auto begun = Clock::now();
  SearchIndex index;
  for (std::uint32_t i = 0; i < texts_count; ++i) index.add(i, texts[i]);
  double build_ms = ms_since(begun);
  begun = Clock::now();
  static_cast<void>(index.find("a"));
  double first_ms = ms_since(begun);

  // Two words, asked for at each letter from the second on, as a screen does while they are typed.
  Spread found, looked;
  std::size_t hits = 0;
  for (int query = 0; query < queries; ++query) {
    std::string typed = drawn(words, random) + " " + drawn(words, random);
    for (std::size_t letters = 2; letters <= typed.size(); ++letters) {
      std::string_view so_far = std::string_view(typed).substr(0, letters);
      begun = Clock::now();
      hits += index.find(so_far).size();
      found.values.push_back(ms_since(begun));
    }
    begun = Clock::now();
    for (const std::string& text : texts) hits += text.find(typed) != std::string::npos ? 1 : 0;
    looked.values.push_back(ms_since(begun));
  }
  std::printf("texts %u, words %zu, found %zu\n", texts_count, index.word_count(), hits);
  std::printf("make the index           %8.0f ms, first look %.1f ms\n", build_ms, first_ms);
  std::printf("a letter typed, median   %8.2f ms  %.2f of a look through all bytes (%.2f ms)\n", found.at(0.5),
              found.at(0.5) / looked.at(0.5), looked.at(0.5));
  std::printf("a letter typed, 99 %%     %8.2f ms\n", found.at(0.99));
  search_of_records(texts, drawn(words, random) + " " + drawn(words, random));
}
