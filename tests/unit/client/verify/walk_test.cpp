#include "client/verify/walk.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "protocol/record/chain.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::tests;
using client::verify::Log;
using client::verify::walk;

namespace {

// A network with one country and a channel in which its focal point wrote three entries.
struct Exported {
  TestNetwork network{7};
  TestDevice author;
  ChannelId channel = network.random.id<ChannelId>();
  std::vector<Bytes> log;
  std::vector<client::verify::SignedPlace> words;

  Exported() : author(network.new_device(network.founder.member)) {
    network.add_country("XA");
    author = network.enter(network.founder, TestNetwork::grant(roster::Role::focal_point, "XA"));
    for (int i = 0; i < 3; ++i) write(author, network.roster.head());
  }

  record::EntryHeader next_header(const TestDevice& device, const roster::RosterHead& head) {
    record::LogHead seen = record::log_start(network.id, channel);
    for (const Bytes& entry : log) seen = record::log_next(seen, entry);
    record::EntryHeader header;
    header.network = network.id;
    header.channel = channel;
    header.at = {Bytes(16, 1), Epoch{1}};
    header.device = device.id();
    header.id = network.random.id<RecordId>();
    header.roster = {head.seq, head.hash};
    header.seen = seen;
    return header;
  }
  void write(const TestDevice& device, const roster::RosterHead& head) {
    log.push_back(record::encode(record::sign_entry(next_header(device, head), record::LeaveBody{}, device.key)));
  }

  std::vector<Bytes> roster_bytes() const {
    std::vector<Bytes> all;
    for (const auto& entry : network.entries) all.push_back(entry.encode());
    return all;
  }
  client::verify::Report report() const {
    return walk(network.roster.fingerprint(), roster_bytes(), {Log{channel, log, words}});
  }

  // An entry with words sealed in it, and the words as an export holds them; `by` signs them, the author the entry.
  void say(const std::string& body, const TestDevice& by) {
    record::EntryHeader header = next_header(author, network.roster.head());
    content::Content item;
    item.body = body;
    auto inside = content::sign_content(header, content::Kind::message, item, by.key);
    auto plaintext = content::encode_padded(inside);
    REQUIRE(plaintext);
    record::RecordBody sealed{record::SharedSealed{}, {}};
    log.push_back(record::encode(record::sign_entry(header, sealed, author.key)));
    words.push_back({Seq{log.size()}, to_bytes(plaintext->view())});
  }
};

Code only_finding(const client::verify::Report& report) {
  REQUIRE(report.findings.size() == 1);
  return report.findings.front().error.code;
}

}  // namespace

TEST_CASE("a whole export is found whole, and everything in it counted") {
  Exported e;
  auto report = e.report();
  CHECK(report.whole());
  CHECK(report.roster_entries == e.network.entries.size());
  REQUIRE(report.channels.size() == 1);
  CHECK(report.channels[0].entries == 3);
  CHECK(report.channels[0].signatures == 3);
}

TEST_CASE("another network's fingerprint is refused at the first entry") {
  Exported e;
  auto report = walk(e.network.random.id<Hash32>(), e.roster_bytes(), {Log{e.channel, e.log}});
  CHECK(only_finding(report) == Code::fork);
  CHECK(report.channels.empty());
}

TEST_CASE("a roster entry left out breaks the walk") {
  Exported e;
  auto entries = e.roster_bytes();
  entries.erase(entries.begin() + 1);
  CHECK_FALSE(walk(e.network.roster.fingerprint(), entries, {}).whole());
  CHECK(only_finding(walk(e.network.roster.fingerprint(), {}, {})) == Code::truncated);
}

TEST_CASE("entries exchanged, left out or altered are found") {
  Exported swapped;
  std::swap(swapped.log[1], swapped.log[2]);
  CHECK_FALSE(swapped.report().whole());

  Exported shorter;
  shorter.log.erase(shorter.log.begin());
  CHECK_FALSE(shorter.report().whole());

  Exported altered;
  altered.log[2].back() ^= 1;
  CHECK(only_finding(altered.report()) == Code::bad_signature);
}

TEST_CASE("an entry of a device that was revoked at the head it names is found") {
  Exported e;
  e.network.must(e.author, e.network.revocation(roster::RevokeTarget::device, e.author.id().view(),
                                                e.network.roster.head().seq.value + 1));
  CHECK(e.report().whole());
  e.write(e.author, e.network.roster.head());
  CHECK(only_finding(e.report()) == Code::revoked);
}

TEST_CASE("a head that goes back behind an earlier entry's is found") {
  Exported e;
  auto older = *e.network.roster.head_at(RosterSeq{e.network.roster.head().seq.value});
  e.network.now = e.network.now + hours(1);
  e.network.add_country("XB");
  e.write(e.author, e.network.roster.head());
  CHECK(e.report().whole());
  e.write(e.author, older);
  CHECK(only_finding(e.report()) == Code::roster_changed);
}

TEST_CASE("words are proven to be their entry's author's, with country and role") {
  Exported e;
  e.say("Buenos días", e.author);
  auto report = e.report();
  CHECK(report.whole());
  CHECK(report.channels[0].records == 1);
  CHECK(report.channels[0].proven == 1);
  REQUIRE(report.proven.size() == 1);
  CHECK(report.proven[0].content.body == "Buenos días");
  CHECK(report.proven[0].member == e.author.member);
  CHECK(report.proven[0].country.text() == "XA");
  CHECK(report.proven[0].role == roster::Role::focal_point);
  e.words.clear();  // what isn't at hand is counted, not found wrong
  CHECK(e.report().whole());
  CHECK(e.report().channels[0].proven == 0);
}

TEST_CASE("words of somebody else, of another entry or altered are found") {
  Exported foreign;
  foreign.say("En su nombre", foreign.network.founder);
  CHECK(only_finding(foreign.report()) == Code::bad_signature);

  Exported moved;
  moved.say("Uno", moved.author);
  moved.say("Dos", moved.author);
  std::swap(moved.words[0].plaintext, moved.words[1].plaintext);
  CHECK(moved.report().findings.size() == 2);
  CHECK(moved.report().proven.empty());

  Exported altered;
  altered.say("Cien", altered.author);
  Bytes& bytes = altered.words[0].plaintext;
  std::string_view cien = "Cien";
  auto at = std::search(bytes.begin(), bytes.end(), cien.begin(), cien.end());
  REQUIRE(at != bytes.end());
  *at = 'M';
  CHECK(only_finding(altered.report()) == Code::bad_signature);

  Exported nowhere;
  nowhere.say("Uno", nowhere.author);
  nowhere.words[0].seq = Seq{99};
  CHECK(only_finding(nowhere.report()) == Code::gap);
  nowhere.words[0].seq = Seq{1};  // an entry without content
  CHECK(only_finding(nowhere.report()) == Code::unknown_kind);
}
