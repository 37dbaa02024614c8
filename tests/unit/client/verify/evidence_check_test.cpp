#include "client/verify/evidence_check.h"

#include <catch2/catch.hpp>

#include "client/verify/evidence_file.h"
#include "protocol/record/log_entry.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::tests;
using namespace encuentro::client::verify;

namespace {

struct Accused {
  TestNetwork network{11};
  TestDevice author, other_author;
  ChannelId channel = network.random.id<ChannelId>();

  Accused()
      : author(network.new_device(network.founder.member)), other_author(network.new_device(network.founder.member)) {
    network.add_country("XA");
    author = network.enter(network.founder, TestNetwork::grant(roster::Role::focal_point, "XA"));
    network.add_country("XB");
    other_author = network.enter(network.founder, TestNetwork::grant(roster::Role::focal_point, "XB"));
  }
  record::EntryHeader header(const TestDevice& by, record::LogHead seen) {
    record::EntryHeader header;
    header.network = network.id;
    header.channel = channel;
    header.at = {Bytes(16, 1), Epoch{1}};
    header.device = by.id();
    header.id = network.random.id<RecordId>();
    header.roster = {network.roster.head().seq, network.roster.head().hash};
    header.seen = seen;
    return header;
  }
  static Bytes written(const record::EntryHeader& header, const TestDevice& by) {
    return record::encode(record::sign_entry(header, record::LeaveBody{}, by.key));
  }
  Bytes seeing(const TestDevice& by, std::uint64_t seq) {
    return written(header(by, {Seq{seq}, network.random.id<Hash32>()}), by);
  }
  static Bytes two(Bytes entry, Bytes other) {
    record::Evidence evidence;
    evidence.what = Code::fork;
    evidence.place = Seq{4};
    evidence.entry = std::move(entry);
    evidence.other_entry = std::move(other);
    return record::encode(evidence);
  }
  std::vector<Bytes> roster() const {
    std::vector<Bytes> entries;
    for (const auto& entry : network.entries) entries.push_back(entry.encode());
    return entries;
  }
  EvidenceReport judged(BytesView evidence) {
    auto report = check_evidence(evidence, roster(), network.roster.fingerprint());
    REQUIRE(report);
    return *report;
  }
};

}  // namespace

TEST_CASE("two authors who saw two logs at one place prove a fork") {
  Accused a;
  auto report = a.judged(Accused::two(a.seeing(a.author, 3), a.seeing(a.other_author, 3)));
  REQUIRE(report.found);
  CHECK(report.found->what == Code::fork);
  REQUIRE(report.entries.size() == 2);
  CHECK(report.entries[0].member == a.author.member);
  CHECK(report.contradiction == Contradiction::log);
  CHECK(report.verdict == Verdict::proven);
}

TEST_CASE("what authors saw at two places contradicts nothing: the rest is the finder's word") {
  Accused a;
  auto report = a.judged(Accused::two(a.seeing(a.author, 3), a.seeing(a.other_author, 4)));
  CHECK(report.contradiction == Contradiction::none);
  CHECK(report.verdict == Verdict::genuine);
  CHECK(a.judged(a.seeing(a.author, 3)).verdict == Verdict::genuine);
}

TEST_CASE("one device with two entries under one id in one epoch is proven; sealed anew in another it isn't") {
  Accused a;
  auto header = a.header(a.author, {Seq{3}, a.network.random.id<Hash32>()});
  Bytes first = Accused::written(header, a.author);
  header.seen.seq = Seq{2};
  CHECK(a.judged(Accused::two(first, Accused::written(header, a.author))).contradiction == Contradiction::author);
  header.at.epoch = Epoch{2};
  CHECK(a.judged(Accused::two(first, Accused::written(header, a.author))).verdict == Verdict::genuine);
}

TEST_CASE("an author who stood on another roster proves that there are two") {
  Accused a;
  auto header = a.header(a.author, {});
  header.roster.hash = a.network.random.id<Hash32>();
  auto report = a.judged(Accused::written(header, a.author));
  CHECK(report.contradiction == Contradiction::roster);
  CHECK(report.verdict == Verdict::proven);
  // A head that this roster hasn't reached says nothing yet.
  header.roster.seq = a.network.roster.head().seq.next();
  CHECK(a.judged(Accused::written(header, a.author)).verdict == Verdict::genuine);
}

TEST_CASE("a second roster entry that could stand at a place proves two rosters; one that couldn't, nothing") {
  Accused a;
  auto entries = a.roster();
  constexpr std::size_t place = 2;
  roster::RosterEntry fork = a.network.entries[place - 1];
  REQUIRE(fork.appender == a.network.founder.id());
  fork.time = fork.time + seconds(1);
  fork.sign(a.network.founder.key);
  auto report = a.judged(fork.encode());
  REQUIRE(report.other_roster_entry);
  CHECK(report.other_roster_entry->seq == RosterSeq{place});
  CHECK(report.other_roster_entry->stands);
  CHECK(report.verdict == Verdict::proven);
  Bytes broken = fork.encode();
  broken.back() ^= 1;  // the end of its signature
  CHECK(a.judged(broken).verdict == Verdict::nothing);
  // The roster's own entry is no evidence of anything.
  auto own = check_evidence(entries[place - 1], entries, a.network.roster.fingerprint());
  CHECK(own.error().code == Code::malformed);
}

TEST_CASE("a signature that isn't the named device's proves nothing") {
  Accused a;
  Bytes other = a.seeing(a.other_author, 3);
  other.back() ^= 1;  // the end of its signature
  auto report = a.judged(Accused::two(a.seeing(a.author, 3), other));
  CHECK(report.entries[1].signature == Code::bad_signature);
  CHECK(report.verdict == Verdict::nothing);
}

TEST_CASE("without the roster, or with one that doesn't follow from the fingerprint, nothing is taken as genuine") {
  Accused a;
  TestNetwork elsewhere{12};
  Bytes evidence = Accused::two(a.seeing(a.author, 3), a.seeing(a.other_author, 3));
  for (const Hash32& fingerprint : {elsewhere.roster.fingerprint(), Hash32{}}) {
    auto report = check_evidence(evidence, a.roster(), fingerprint);
    REQUIRE(report);
    CHECK(report->entries[0].signature == Code::unknown_device);
    CHECK(report->verdict == Verdict::nothing);
  }
  auto without = check_evidence(evidence, {}, a.network.roster.fingerprint());
  REQUIRE(without);
  CHECK(without->verdict == Verdict::nothing);
}

TEST_CASE("bytes that hold no entry are no evidence") {
  Accused a;
  auto code = [&](BytesView bytes) {
    return code_of(check_evidence(bytes, a.roster(), a.network.roster.fingerprint()));
  };
  CHECK(code({}) == Code::malformed);
  CHECK(code(Bytes(40, 7)) == Code::malformed);
  Bytes cut = a.seeing(a.author, 3);
  cut.pop_back();
  CHECK(code(cut) == Code::malformed);
}

TEST_CASE("two people's rosters are held beside each other") {
  Accused a;
  auto one = a.roster(), other = one;
  const Hash32& fingerprint = a.network.roster.fingerprint();
  CHECK(*parted_at(one, other, fingerprint) == std::nullopt);
  other.pop_back();
  CHECK(*parted_at(one, other, fingerprint) == std::nullopt);
  roster::RosterEntry fork = a.network.entries[one.size() - 2];
  REQUIRE(fork.appender == a.network.founder.id());
  fork.time = fork.time + seconds(1);
  fork.sign(a.network.founder.key);
  other.back() = fork.encode();
  CHECK(*parted_at(one, other, fingerprint) == RosterSeq{one.size() - 1});
  other.back().back() ^= 1;
  CHECK_FALSE(parted_at(one, other, fingerprint));
}
