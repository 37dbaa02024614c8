#include "protocol/record/channel_log.h"

#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/record/entries.h"

using namespace encuentro;
using namespace encuentro::tests;
using record::ChannelLog;
using record::Item;
using record::LogHead;

namespace {

// A channel with two authors; each entry names the head its author had seen.
struct World {
  SeededRandom random{11};
  Author ana{random}, bruno{random};
  NetworkId network = random.id<NetworkId>();
  ChannelId channel = random.id<ChannelId>();
  ChannelLog log{network, channel};
  std::vector<Bytes> entries;

  Bytes entry(const Author& author, const LogHead& seen) {
    record::EntryHeader header = header_of(random, author);
    header.network = network;
    header.channel = channel;
    header.seen = seen;
    return record::encode(record::sign_entry(header, record::LeaveBody{}, author.key));
  }
  void add(Bytes bytes) {
    entries.push_back(bytes);
    log.append({log.head().seq.next(), entries.back()});
  }
  Item next(const Bytes& bytes) const { return {log.head().seq.next(), bytes}; }
  Code judged(const Item& item, std::span<const Item> rest = {}) const {
    auto evidence = log.judge(item, rest);
    return evidence ? evidence->what : Code::none;
  }
};

}  // namespace

TEST_CASE("entries in order are well, and the account survives a restart") {
  World w;
  for (int i = 0; i < 20; ++i) {
    Bytes bytes = w.entry(i % 2 ? w.ana : w.bruno, w.log.head());
    CHECK(w.judged(w.next(bytes)) == Code::none);
    w.add(bytes);
  }
  ChannelLog again(w.network, w.channel);
  for (std::uint64_t s = 1; s <= 20; ++s) again.restore(w.log.place(Seq{s}));
  CHECK(again.head() == w.log.head());
  auto first = record::decode_log_entry(w.entries[0]);
  CHECK(again.place_of(first->header.device, first->header.id) == Seq{1});
  CHECK(again.judge({Seq{21}, w.entries[3]}, {})->what == Code::replayed);
}

TEST_CASE("a missing place is a gap, an exchanged one a reordering") {
  World w;
  w.add(w.entry(w.ana, w.log.head()));
  Bytes second = w.entry(w.ana, w.log.head());
  LogHead after_second = record::log_next(w.log.head(), second);
  Bytes third = w.entry(w.bruno, after_second);

  CHECK(w.judged({Seq{3}, third}) == Code::gap);
  Item late{Seq{2}, second};
  CHECK(w.judged({Seq{3}, third}, {&late, 1}) == Code::reordered);

  // The same with places renumbered by the server: the author's own head tells.
  CHECK(w.judged({Seq{2}, third}) == Code::gap);
  Item moved{Seq{3}, second};
  CHECK(w.judged({Seq{2}, third}, {&moved, 1}) == Code::reordered);
}

TEST_CASE("one device's entries exchanged among themselves are a reordering") {
  World w;
  w.add(w.entry(w.bruno, w.log.head()));
  Bytes older = w.entry(w.ana, {Seq{0}, *w.log.hash_at(Seq{0})});
  w.add(w.entry(w.ana, w.log.head()));
  CHECK(w.judged(w.next(older)) == Code::reordered);
}

TEST_CASE("an entry given twice is replayed, in its place and in a new one, and from another channel") {
  World w;
  w.add(w.entry(w.ana, w.log.head()));
  w.add(w.entry(w.ana, w.log.head()));
  CHECK(w.judged({Seq{1}, w.entries[0]}) == Code::replayed);
  auto evidence = w.log.judge({Seq{3}, w.entries[0]}, {});
  REQUIRE(evidence);
  CHECK(evidence->what == Code::replayed);
  CHECK(evidence->other_place == Seq{1});

  World elsewhere;
  elsewhere.channel = elsewhere.random.id<ChannelId>();
  CHECK(w.judged(w.next(elsewhere.entry(elsewhere.ana, w.log.head()))) == Code::replayed);
}

TEST_CASE("another entry at a place one has read is a fork, and so is an author who saw another past") {
  World w;
  w.add(w.entry(w.ana, w.log.head()));
  LogHead real = w.log.head();
  Bytes other_first = w.entry(w.bruno, {Seq{0}, *w.log.hash_at(Seq{0})});
  auto evidence = w.log.judge({Seq{1}, other_first}, {});
  REQUIRE(evidence);
  CHECK(evidence->what == Code::fork);
  CHECK(evidence->own_hash == real.hash);
  CHECK(evidence->claimed_hash == record::log_next(record::log_start(w.network, w.channel), other_first).hash);

  LogHead parted = record::log_next(record::log_start(w.network, w.channel), other_first);
  CHECK(w.judged(w.next(w.entry(w.bruno, parted))) == Code::fork);
  CHECK(w.log.judge_head(parted)->what == Code::fork);
  CHECK_FALSE(w.log.judge_head(real));
  CHECK_FALSE(w.log.judge_head({Seq{9}, {}}));
}

TEST_CASE("what can't be read is counted, and place 0 is refused") {
  World w;
  Bytes noise(40, 0xee);
  CHECK(w.judged(w.next(noise)) == Code::none);
  w.add(noise);
  CHECK(w.log.head().seq == Seq{1});
  CHECK(w.judged({Seq{0}, noise}) == Code::malformed);
  CHECK(w.judged(w.next(w.entry(w.ana, w.log.head()))) == Code::none);
}
