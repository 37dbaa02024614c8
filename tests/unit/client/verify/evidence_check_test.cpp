#include "client/verify/evidence_check.h"

#include <catch2/catch.hpp>

#include "protocol/record/log_entry.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::tests;
using client::verify::check_evidence;

namespace {

struct Accused {
  TestNetwork network{11};
  TestDevice author;
  Bytes entry, other;

  Accused() : author(network.new_device(network.founder.member)) {
    network.add_country("XA");
    author = network.enter(network.founder, TestNetwork::grant(roster::Role::focal_point, "XA"));
    entry = written();
    other = written();
  }
  Bytes written() {
    record::EntryHeader header;
    header.network = network.id;
    header.channel = network.random.id<ChannelId>();
    header.at = {Bytes(16, 1), Epoch{1}};
    header.device = author.id();
    header.id = network.random.id<RecordId>();
    header.roster = {network.roster.head().seq, network.roster.head().hash};
    return record::encode(record::sign_entry(header, record::LeaveBody{}, author.key));
  }
  Bytes fork() {
    record::Evidence evidence;
    evidence.what = Code::fork;
    evidence.place = Seq{4};
    evidence.entry = entry;
    evidence.other_entry = other;
    return record::encode(evidence);
  }
};

}  // namespace

TEST_CASE("two entries of one device that contradict each other are shown and genuine") {
  Accused accused;
  auto report = check_evidence(accused.fork(), &accused.network.roster);
  REQUIRE(report);
  REQUIRE(report->contradiction);
  CHECK(report->contradiction->what == Code::fork);
  REQUIRE(report->entries.size() == 2);
  CHECK(report->entries[0].member == accused.author.member);
  CHECK(report->genuine());
}

TEST_CASE("a single entry is evidence too") {
  Accused accused;
  auto report = check_evidence(accused.entry, &accused.network.roster);
  REQUIRE(report);
  CHECK_FALSE(report->contradiction);
  CHECK(report->genuine());
}

TEST_CASE("an entry whose signature is another's proves nothing") {
  Accused accused;
  accused.other.back() ^= 1;  // the end of its signature
  auto report = check_evidence(accused.fork(), &accused.network.roster);
  REQUIRE(report);
  CHECK(report->entries[1].signature == Code::bad_signature);
  CHECK_FALSE(report->genuine());
}

TEST_CASE("without the roster, or with another's, nothing is taken as genuine") {
  Accused accused;
  TestNetwork elsewhere{12};
  for (const roster::Roster* roster : std::vector<const roster::Roster*>{nullptr, &elsewhere.roster}) {
    auto report = check_evidence(accused.fork(), roster);
    REQUIRE(report);
    CHECK(report->entries[0].signature == Code::unknown_device);
    CHECK_FALSE(report->genuine());
  }
}

TEST_CASE("bytes that hold no entry are no evidence") {
  CHECK(check_evidence({}, nullptr).error().code == Code::malformed);
  CHECK(check_evidence(Bytes(40, 7), nullptr).error().code == Code::malformed);
  Accused accused;
  Bytes cut = accused.entry;
  cut.pop_back();
  CHECK(check_evidence(cut, nullptr).error().code == Code::malformed);
}
