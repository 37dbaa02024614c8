// Tests: server/service/service_hand_back.cpp server/service/recovery.cpp
#include "protocol/api/server_moved.h"
#include "protocol/base/bytes.h"
#include "protocol/base/error.h"
#include "server/service/partitions.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/server/service/board.h"

using namespace encuentro;
using namespace encuentro::tests;
using roster::Role;

namespace {

policy::ChannelPolicy committee(const ChannelId& id, const TestDevice& creator) {
  policy::PolicyWish wish;
  wish.channel = id;
  wish.creator = creator.member;
  wish.kind = policy::ChannelKind::committee;
  wish.countries = {country_of("XA")};
  return *policy::make_policy(wish);
}

// A board with two people; what came after `backup` is lost by restore().
struct Restored : Board {
  TestDevice other;
  storage::MemoryStore::Snapshot backup;
  std::vector<Bytes> lost;  // entries of the board
  record::LogHead before;   // the head that the backup holds
  std::size_t roster_before = 0;

  Restored() : other(net.enter(net.founder, net.grant(Role::partner))) {
    share_roster();
    restart();
    REQUIRE(founder.add(other));
    before = founder.seen;
    roster_before = net.entries.size();
    backup = server.store.snapshot();
  }
  void write(const Bytes& entry) {
    REQUIRE(founder.append(entry));
    lost.push_back(entry);
  }
  void post(std::uint8_t fill) { write(founder.sign(founder.header(), TestMember::record_body(fill))); }
  void restore() {
    server.store.put_back(backup);
    storage::ChangeSet change{roster_partition(), {}, {recovering_row(server.now)}};
    server.store.commit(std::move(change), [](Result<storage::CommitResult> result) { REQUIRE(result); });
    restart();
  }
  Result<api::AppendReply> give(Caller caller, const record::LogHead& after, std::vector<Bytes> entries) {
    return server.ask<api::AppendReply>(caller, api::HandBack{channel, after, std::move(entries)});
  }
  std::string refused(Caller caller, const record::LogHead& after, std::vector<Bytes> entries) {
    CHECK_FALSE(give(caller, after, std::move(entries)));
    return server.last_rule;
  }
  Result<api::RosterPlaceReply> give_roster(Caller caller, std::size_t after, std::vector<Bytes> entries) {
    const auto& last = net.entries[after - 1];
    return server.ask<api::RosterPlaceReply>(caller, api::HandBackRoster{{last.seq, last.hash()}, std::move(entries)});
  }
  void end() {
    std::optional<Result<void>> ended;
    server.service->end_recovery([&](Result<void> result) { ended = std::move(result); });
    server.run();
    REQUIRE(ended.has_value());
    REQUIRE(*ended);
  }
};

}  // namespace

TEST_CASE("another member gives back what was lost, byte for byte, to the same hash") {
  Restored space;
  space.post(1);
  space.post(2);
  record::LogHead head = space.founder.seen;
  space.restore();
  Caller caller = space.must_log_in(space.other);
  auto placed = space.give(caller, space.before, space.lost);
  REQUIRE(placed);
  CHECK(placed->head == head);
  auto page = space.server.ask<api::LogReadReply>(caller, api::LogRead{space.channel, space.before.seq.next()});
  REQUIRE(page);
  REQUIRE(page->items.size() == 2);
  CHECK(page->items[0].entry == space.lost[0]);
  CHECK(page->items[1].entry == space.lost[1]);
  // Its maker finds it there.
  CHECK(space.server.ask<api::AppendReply>(space.founder.caller, api::Append{space.lost[1]}).error().code ==
        api::server_recovering);
  space.end();
  CHECK(space.server.ask<api::AppendReply>(space.founder.caller, api::Append{space.lost[1]})->head == head);
}

TEST_CASE("R-SRV-80 nothing new is taken meanwhile, over restarts, until the operator's word or the window's end") {
  Restored space;
  space.restore();
  auto is_refused = [&] {
    auto refused = !space.founder.post();
    return refused && space.server.last_rule == "R-SRV-80";
  };
  CHECK(is_refused());
  auto entry = space.net.signed_by(space.net.founder, space.net.country("XA"), true);
  auto appended = space.server.ask<api::RosterPlaceReply>(space.founder.caller, api::RosterAppend{entry.encode()});
  REQUIRE_FALSE(appended);
  CHECK(appended.error().code == api::server_recovering);
  space.restart();
  CHECK(is_refused());
  space.end();
  CHECK(space.founder.post());
  space.restart();
  CHECK(space.founder.post());

  Restored other;
  other.restore();
  other.server.now = other.server.now + hours(24) - seconds(1);
  other.founder.caller = other.must_log_in(other.net.founder);
  CHECK_FALSE(other.founder.post());
  other.server.now = other.server.now + seconds(1);
  CHECK(other.founder.post());
}

TEST_CASE("R-SRV-81 only a restored server takes anything back") {
  Restored space;
  space.post(1);
  Caller caller = space.must_log_in(space.other);
  CHECK(space.refused(caller, space.founder.seen, {space.lost[0]}) == "R-SRV-81");
  CHECK_FALSE(space.give_roster(caller, 1, {space.net.entries[1].encode()}));
  CHECK(space.server.last_rule == "R-SRV-81");
  space.restore();
  space.end();
  CHECK(space.refused(space.must_log_in(space.other), space.before, space.lost) == "R-SRV-81");
}

TEST_CASE("R-SRV-82 from the server's own head on, in the order it had") {
  Restored space;
  space.post(1);
  record::LogHead middle = space.founder.seen;
  space.post(2);
  space.restore();
  Caller caller = space.must_log_in(space.other);
  CHECK(space.refused(caller, middle, {space.lost[1]}) == "R-SRV-82");
  CHECK(space.refused(caller, {space.before.seq, middle.hash}, space.lost) == "R-SRV-82");
  // The second names the first as seen: without it it doesn't stand.
  CHECK(space.refused(caller, space.before, {space.lost[1]}) == "R-SRV-13");
  CHECK(space.refused(caller, space.before, {space.lost[1], space.lost[0]}) == "R-SRV-13");
  REQUIRE(space.give(caller, space.before, {space.lost[0]}));
  CHECK(space.refused(caller, space.before, space.lost) == "R-SRV-82");
  CHECK(space.refused(caller, middle, {space.lost[0]}) == "R-SRV-82");
  CHECK(space.give(caller, middle, {space.lost[1]}));
}

TEST_CASE("what is altered, forged, or another channel's isn't taken") {
  Restored space;
  space.post(1);
  space.restore();
  Caller caller = space.must_log_in(space.other);
  Bytes altered = space.lost[0];
  altered[altered.size() - 70] ^= 1;
  CHECK(space.refused(caller, space.before, {altered}) == "R-SRV-14");
  auto header = space.founder.header();
  header.seen = space.before;
  // By the other's key, under the founder's name.
  header.device = space.other.id();
  Bytes forged = record::encode(record::sign_entry(header, TestMember::record_body(), space.other.key));
  header.device = space.net.founder.id();
  BytesView other = space.other.id().view(), founder = header.device.view();
  auto place = std::search(forged.begin(), forged.end(), other.begin(), other.end());
  REQUIRE(place != forged.end());
  std::copy(founder.begin(), founder.end(), place);
  CHECK(space.refused(caller, space.before, {forged}) == "R-SRV-14");
  header.channel = space.net.random.id<ChannelId>();
  CHECK(space.refused(caller, space.before, {space.founder.sign(header, TestMember::record_body())}) == "R-SRV-10");
  CHECK_FALSE(space.give(caller, space.before, {Bytes(9, 1)}));
}

TEST_CASE("R-SRV-84 who isn't in, and can't name the head, learns nothing of a channel") {
  Restored space;
  space.net.add_country("XA");
  auto focal = space.net.enter(space.net.founder, space.net.grant(Role::focal_point, "XA"));
  space.share_roster();
  ChannelId id = space.net.random.id<ChannelId>();
  TestMember creator(space, focal, id);
  REQUIRE(creator.create(committee(id, focal)));
  space.backup = space.server.store.snapshot();
  space.restore();
  auto give = [&](const TestDevice& who) {
    api::HandBack request{id, {Seq{9}, Hash32{}}, {Bytes(9, 1)}};
    CHECK_FALSE(space.server.ask<api::AppendReply>(space.must_log_in(who), request));
    return space.server.last_rule;
  };
  CHECK(give(space.other) == "R-SRV-84");
  CHECK(give(focal) == "R-SRV-82");
  CHECK_FALSE(space.server.ask<api::AppendReply>(space.server.open(), api::HandBack{id, {}, {Bytes(9, 1)}}));
  CHECK(space.server.last_rule == "R-SRV-03");
}

TEST_CASE("what has changed since doesn't count against an entry; what the roster said then does") {
  Restored space;
  // The other asks to leave, then is revoked: both are lost, both stand again.
  Caller caller = space.must_log_in(space.other);
  auto header = space.founder.header();
  header.device = space.other.id();
  Bytes theirs = record::encode(record::sign_entry(header, record::LeaveBody{}, space.other.key));
  REQUIRE(space.server.ask<api::AppendReply>(caller, api::Append{theirs}));
  space.net.must(space.net.founder,
                 space.net.revocation(roster::RevokeTarget::device, space.other.id().view(), space.roster_before + 1));
  space.restore();
  Caller founder = space.founder.caller;
  REQUIRE(space.give_roster(founder, space.roster_before, {space.net.entries.back().encode()}));
  CHECK_FALSE(space.log_in(space.other));
  auto placed = space.give(founder, space.before, {theirs});
  REQUIRE(placed);
  // An entry that names the revocation and is by the revoked device never stands.
  header.id = space.net.random.id<RecordId>();
  header.roster = space.roster_head();
  header.seen = placed->head;
  Bytes after = record::encode(record::sign_entry(header, record::LeaveBody{}, space.other.key));
  CHECK(space.refused(founder, placed->head, {after}) == "R-SRV-14");
}

TEST_CASE("roster entries come back from anybody, also before login, and only the right ones") {
  Restored space;
  auto newcomer = space.net.enter(space.net.founder, space.net.grant(Role::partner));
  std::vector<Bytes> entries;
  for (std::size_t i = space.roster_before; i < space.net.entries.size(); ++i) {
    entries.push_back(space.net.entries[i].encode());
  }
  REQUIRE(entries.size() >= 2);
  space.restore();
  CHECK_FALSE(space.log_in(newcomer));
  CHECK(space.server.last_rule == "R-SRV-08");
  Caller caller = space.server.open();
  auto early = space.give_roster(caller, space.roster_before, entries);
  CHECK(code_of(early) == Code::not_logged_in);
  space.greet(caller);
  Bytes altered = entries[0];
  altered[altered.size() - 3] ^= 1;
  CHECK_FALSE(space.give_roster(caller, space.roster_before, {altered}));
  CHECK_FALSE(space.give_roster(caller, space.roster_before, {entries[1]}));
  CHECK_FALSE(space.give_roster(caller, space.roster_before - 1, entries));
  CHECK(space.server.last_rule == "R-SRV-82");
  auto placed = space.give_roster(caller, space.roster_before, entries);
  REQUIRE(placed);
  CHECK(placed->head == space.roster_head());
  CHECK(space.log_in(newcomer));
  // Those who are here are told.
  CHECK(space.server.pushed<api::RosterPush>(space.founder.caller).size() == entries.size());
}

TEST_CASE("a channel that began after the backup comes back from its first entry on") {
  Restored space;
  space.net.add_country("XA");
  auto focal = space.net.enter(space.net.founder, space.net.grant(Role::focal_point, "XA"));
  space.share_roster();
  space.backup = space.server.store.snapshot();
  ChannelId id = space.net.random.id<ChannelId>();
  TestMember creator(space, focal, id);
  Bytes create = creator.sign(creator.header(), creator.creation(committee(id, focal)));
  REQUIRE(creator.append(create));
  record::LogHead head = creator.seen;
  space.restore();
  // By somebody who isn't in it, and holds it all the same.
  auto placed = space.server.ask<api::AppendReply>(space.must_log_in(space.other),
                                                   api::HandBack{id, record::log_start(space.net.id, id), {create}});
  REQUIRE(placed);
  CHECK(placed->head == head);
  Caller back = space.must_log_in(focal);
  CHECK(space.server.ask<api::LogReadReply>(back, api::LogRead{id, Seq{1}})->items.at(0).entry == create);
}

TEST_CASE("a record comes back though the uploads it pins are lost; a chunk that is lost is named") {
  Restored space;
  UploadId upload = space.net.random.id<UploadId>();
  Bytes chunk(500, 7);
  REQUIRE(space.begin(upload, chunk.size()).empty());
  REQUIRE(space.put_chunk(chunk).empty());
  record::RecordBody body{record::SharedSealed{Salt{}, Commitment{}, Bytes(256, 1)}, {upload}};
  space.write(space.founder.sign(space.founder.header(), body));
  space.restore();
  REQUIRE(space.give(space.must_log_in(space.other), space.before, space.lost));
  auto token = space.server.ask<api::TokenReply>(space.founder.caller, api::DownloadBegin{space.channel});
  REQUIRE(token);
  CHECK(code_of(space.get({space.channel, id_of(chunk), token->token, chunk.size()})) == Code::not_found);
  // Its author deletes it as ever.
  space.end();
  CHECK(space.remove(upload).empty());
}

TEST_CASE("R75 roster entries that anybody may bring are counted") {
  Restored space;
  space.restore();
  Caller caller = space.server.open();
  space.greet(caller);
  std::string rule;
  for (int i = 0; i < 200 && rule != "R75"; ++i) {
    CHECK_FALSE(space.give_roster(caller, space.roster_before, {Bytes(9, 1)}));
    rule = space.server.last_rule;
  }
  CHECK(rule == "R75");
}

TEST_CASE("R-SRV-85 a signpost reads out roster and logs, and takes nothing") {
  Board space;
  space.server.be_signpost();
  space.restart();
  Caller caller = space.founder.caller;
  CHECK(space.server.ask<api::RosterReadReply>(caller, api::RosterRead{RosterSeq{1}}));
  CHECK(space.server.ask<api::LogReadReply>(caller, api::LogRead{space.channel, Seq{1}}));
  auto posted = space.founder.post();
  REQUIRE_FALSE(posted);
  CHECK(posted.error().code == api::server_moved);
  CHECK(space.server.last_rule == "R-SRV-85");
  auto entry = space.net.signed_by(space.net.founder, space.net.country("XA"), true);
  CHECK_FALSE(space.server.ask<api::RosterPlaceReply>(caller, api::RosterAppend{entry.encode()}));
  CHECK(space.server.last_rule == "R-SRV-85");
}
