// Tests: server/service/channel.cpp server/service/channel_ server/service/service_channels.cpp
#include "tests/unit/server/service/test_server.h"

using namespace encuentro;
using namespace encuentro::tests;
using roster::CountryStatus;
using roster::Role;

namespace {

// XA and XB are members, XO observes, XT is training-only; one focal point each.
struct Peopled : TestSpace {
  TestDevice xa, xb, xo, xt, laptop;
  ChannelId channel = net.random.id<ChannelId>();

  explicit Peopled(Rates rates = {}) : TestSpace(rates) {
    net.add_country("XA");
    net.add_country("XB");
    net.add_country("XO", CountryStatus::observer);
    net.add_country("XT", CountryStatus::training_only);
    xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
    xb = net.enter(net.founder, net.grant(Role::focal_point, "XB"));
    xo = net.enter(net.founder, net.grant(Role::focal_point, "XO"));
    xt = net.enter(net.founder, net.grant(Role::focal_point, "XT"));
    laptop = net.add_device(xa);
    share_roster();
  }
  policy::ChannelPolicy committee(const TestDevice& creator, policy::History history = policy::History::shared) {
    policy::PolicyWish wish;
    wish.channel = channel;
    wish.creator = creator.member;
    wish.kind = policy::ChannelKind::committee;
    wish.history = history;
    wish.countries = {country_of("XA"), country_of("XB"), country_of("XO")};
    return *policy::make_policy(wish);
  }
  // The rule by which the entry is refused, "" if it is taken.
  std::string rule(TestMember& member, const record::EntryHeader& header, const record::Body& body) {
    auto placed = member.append(member.sign(header, body));
    if (placed) return "";
    return server.last_rule.empty() ? std::string(name(placed.error().code)) : server.last_rule;
  }
};

std::vector<ChannelId> seen_by(TestSpace& space, Caller caller) {
  auto reply = space.server.ask<api::ChannelsReply>(caller, api::Channels{});
  REQUIRE(reply);
  std::vector<ChannelId> ids;
  for (const auto& head : reply->channels) ids.push_back(head.channel);
  return ids;
}

std::string read_rule(TestSpace& space, Caller caller, const ChannelId& id) {
  auto reply = space.server.ask<api::LogReadReply>(caller, api::LogRead{id, Seq{1}, 90000});
  return reply ? "" : space.server.last_rule;
}

}  // namespace

TEST_CASE("a channel lives: created, joined, spoken in, read, left behind by whom it removes") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  Caller bob = space.must_log_in(space.xb), outsider = space.must_log_in(space.xt);
  CHECK(seen_by(space, bob).empty());
  CHECK(read_rule(space, bob, space.channel) == "R-SRV-50");

  REQUIRE(alice.add(space.xb));
  auto told = space.server.pushed<api::ChannelPush>(bob);
  REQUIRE(told.size() == 1);
  CHECK(told[0].head.relation == api::Relation::leaf);
  CHECK(told[0].head.at.epoch == Epoch{1});
  CHECK(seen_by(space, bob) == std::vector{space.channel});
  CHECK(seen_by(space, outsider).empty());

  REQUIRE(space.server.ask<api::Empty>(bob, api::Subscribe{{space.channel}}));
  auto placed = alice.post();
  REQUIRE(placed);
  CHECK(placed->head.seq == Seq{3});
  auto news = space.server.pushed<api::EntryPush>(bob);
  REQUIRE(news.size() == 1);
  CHECK(news[0].item.seq == Seq{3});

  // A reader computes the chain and meets the server's head.
  auto log = space.server.ask<api::LogReadReply>(bob, api::LogRead{space.channel, Seq{1}, 90000});
  REQUIRE(log);
  REQUIRE(log->items.size() == 3);
  auto head = record::log_start(space.net.id, space.channel);
  for (const auto& item : log->items) head = record::log_next(head, item.entry);
  CHECK(head == log->head);
  CHECK(head == placed->head);

  REQUIRE(alice.remove(space.xb));
  CHECK(space.server.pushed<api::EntryPush>(bob).size() == 1);
  CHECK(read_rule(space, bob, space.channel) == "R-SRV-50");
  REQUIRE(alice.post());
  CHECK(space.server.pushed<api::EntryPush>(bob).empty());
}

TEST_CASE("everything is there again after a restart, and goes on") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  REQUIRE(alice.add(space.xb));
  REQUIRE(alice.post());
  space.server.restart();
  CHECK(space.server.load_error.code == Code::none);
  CHECK(space.server.service->channel_entries() == 3);
  alice.caller = space.must_log_in(space.xa);
  REQUIRE(alice.add(space.xo));
  REQUIRE(alice.post());
}

TEST_CASE("a restart refuses to serve a log whose hashes don't hold") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  storage::ChangeSet change{{"ch", std::string(as_text(space.channel.view()))}, {}, {}};
  change.writes.push_back(storage::Append{Bytes{1}, Bytes(400, 3)});
  space.server.store.commit(std::move(change), [](Result<storage::CommitResult> result) { REQUIRE(result); });
  space.server.restart();
  CHECK(space.server.load_error.code == Code::storage_failed);
}

TEST_CASE("Nicaragua's like enters no committee; Peru's like does, and creates none") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  auto policy = space.committee(space.xa);
  REQUIRE(alice.create(policy));
  CHECK_FALSE(alice.add(space.xt));
  CHECK(space.server.last_rule == "R-POL-54");
  REQUIRE(alice.add(space.xo));
  space.channel = space.net.random.id<ChannelId>();
  TestMember observer(space, space.xo, space.channel);
  CHECK_FALSE(observer.create(space.committee(space.xo)));
  CHECK(space.server.last_rule == "R-POL-31");
}

TEST_CASE("R-SRV-51 R-SRV-14 only over its own device's connection, signed by it") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  Bytes entry = alice.sign(alice.header(), TestMember::record_body());
  Caller other = space.must_log_in(space.laptop);
  CHECK_FALSE(space.server.ask<api::AppendReply>(other, api::Append{entry}));
  CHECK(space.server.last_rule == "R-SRV-51");
  entry.back() ^= 1;
  CHECK_FALSE(alice.append(entry));
  CHECK(space.server.last_rule == "R-SRV-14");
}

TEST_CASE("R-SRV-10 to R-SRV-13 what an entry stands on is this log and this roster") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  auto body = TestMember::record_body();
  auto h = alice.header();
  h.network = space.net.random.id<NetworkId>();
  CHECK(space.rule(alice, h, body) == "R-SRV-10");
  h = alice.header();
  h.roster.hash = space.net.random.id<Hash32>();
  CHECK(space.rule(alice, h, body) == "R-SRV-11");
  h = alice.header();
  h.roster.seq = h.roster.seq.next();
  CHECK(space.rule(alice, h, body) == "R-SRV-11");
  auto older = *space.net.roster.head_at(RosterSeq{h.roster.seq.value - 2});
  h = alice.header();
  h.roster = {older.seq, older.hash};
  CHECK(space.rule(alice, h, body) == "R-SRV-12");
  h = alice.header();
  h.seen = {Seq{9}, h.seen.hash};
  CHECK(space.rule(alice, h, body) == "R-SRV-13");
  h = alice.header();
  h.seen.hash = space.net.random.id<Hash32>();
  CHECK(space.rule(alice, h, body) == "R-SRV-13");
  h = alice.header();
  CHECK(space.rule(alice, h, body) == "");
  auto back = alice.header();
  back.seen = record::log_start(space.net.id, space.channel);
  CHECK(space.rule(alice, back, body) == "R-SRV-13");
}

TEST_CASE("R-SRV-15 the group and epoch that are current, or the one there is now") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  auto late = alice.header();
  REQUIRE(alice.add(space.xb));
  late.seen = alice.seen;
  auto refused = alice.append(alice.sign(late, TestMember::record_body()));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::epoch_changed);
  CHECK(refused.error().expected == 1);
  auto h = alice.header();
  h.at.group_id = Bytes(32, 99);
  CHECK(space.rule(alice, h, TestMember::record_body()) == "R-SRV-15");
}

TEST_CASE("a repeated (device, id) gets the place it has, before and after the epoch moved") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  Bytes entry = alice.sign(alice.header(), TestMember::record_body());
  auto first = alice.append(entry);
  REQUIRE(first);
  CHECK(alice.append(entry)->head == first->head);
  REQUIRE(alice.add(space.xb));
  CHECK(alice.append(entry)->head == first->head);
  space.server.restart();
  alice.caller = space.must_log_in(space.xa);
  CHECK(alice.append(entry)->head == first->head);
  CHECK(space.server.service->channel_entries() == 3);
}

TEST_CASE("R-SRV-16 R-SRV-28 records come from leaves, in the form the history has") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  TestMember second(space, space.laptop, space.channel);
  auto h = alice.header();
  h.device = space.laptop.id();
  CHECK(space.rule(second, h, TestMember::record_body()) == "R-SRV-16");
  record::RecordBody sealed{record::MlsSealed{Bytes(80, 1)}, {}};
  CHECK(space.rule(alice, alice.header(), sealed) == "R-SRV-28");

  space.channel = space.net.random.id<ChannelId>();
  TestMember quiet(space, space.xa, space.channel);
  REQUIRE(quiet.create(space.committee(space.xa, policy::History::sealed)));
  CHECK(space.rule(quiet, quiet.header(), TestMember::record_body()) == "R-SRV-28");
  auto message = quiet.group->protect(Bytes(40, 2), {}, space.net.random);
  REQUIRE(message);
  CHECK(space.rule(quiet, quiet.header(), record::RecordBody{record::MlsSealed{*message}, {}}) == "");
}

TEST_CASE("R-SRV-20 to R-SRV-22 a channel is created once, whole, and by whom may") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  auto policy = space.committee(space.xa);
  auto body = alice.creation(policy);
  auto h = alice.header();
  CHECK(space.rule(alice, h, TestMember::record_body()) == "R-SRV-50");
  auto foreign = policy;
  foreign.channel = space.net.random.id<ChannelId>();
  auto wrong = alice.creation(foreign);
  CHECK(space.rule(alice, alice.header(), wrong) == "R-POL-65");
  auto info = alice.group->group_info(mls::ExtensionList{}, true);
  CHECK(space.rule(alice, alice.header(), record::CreateBody{*info}) == "R-SRV-22");
  CHECK(space.rule(alice, alice.header(), record::CreateBody{Bytes(20, 1)}) == "unknown_version");
  CHECK(space.rule(alice, h, body) == "");
  alice.creation(policy);
  auto again = alice.header();
  CHECK(space.rule(alice, again, alice.creation(policy)) == "R-SRV-21");
  again = alice.header();
  auto fresh = alice.creation(policy);
  again.at = {alice.group->context().group_id, Epoch{0}};
  CHECK(space.rule(alice, again, fresh) == "R-SRV-20");
}

TEST_CASE("R-SRV-24 to R-SRV-27 a Commit's parts belong together") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  TestMember::Proposed list;
  alice.add(list, TestMember::package(space.net, space.xb).key_package, space.xb);
  const auto whole = alice.commit_body(list);
  auto h = alice.header();
  auto refused = [&](auto change) {
    record::CommitBody body = whole;
    change(body);
    h.id = space.net.random.id<RecordId>();
    return space.rule(alice, h, body);
  };
  CHECK(refused([&](auto& b) { b.commit = b.group_info; }) == "R-SRV-24");
  CHECK(refused([&](auto& b) { b.group_info = b.commit; }) == "R-SRV-25");
  CHECK(refused([&](auto& b) { b.group_info = record::Part::of(*alice.group->group_info({}, false)); }) == "R-SRV-22");
  CHECK(refused([&](auto& b) { b.welcome.reset(); }) == "R-SRV-26");
  CHECK(refused([&](auto& b) { b.added = {space.xo.id()}; }) == "R-SRV-26");
  CHECK(refused([&](auto& b) { b.added.clear(); }) == "R-SRV-26");
  record::Link link{h.at, {h.at.group_id, Epoch{1}}, {}, {}, Bytes(48, 1)};
  CHECK(refused([&](auto& b) {
          b.link = link;
          b.link->newer.epoch = Epoch{2};
        }) == "R-SRV-27");
  // The present epoch's GroupInfo is not the next one's.
  auto stale = alice.group->group_info(*TestMember::archive(true)(alice.group->exporter()), false);
  CHECK(refused([&](auto& b) { b.group_info = record::Part::of(*stale); }).starts_with("R-MLS"));
  CHECK(refused([&](auto& b) { b.link = link; }) == "");
}

TEST_CASE("R-SRV-17 right at the head it names, but no longer, is for the sender to look at again") {
  Peopled space;
  auto& net = space.net;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  REQUIRE(alice.add(space.xb));
  auto old = alice.header();
  TestMember::Proposed nothing;
  auto commit = alice.commit_body(nothing);
  net.must(net.founder, net.country("XB", CountryStatus::suspended), true);
  space.share_roster();
  alice.caller = space.must_log_in(space.xa);
  auto refused = alice.append(alice.sign(old, commit));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::roster_changed);
  alice.group->drop_pending();
  // At the new head the leaf has to go.
  CHECK_FALSE(alice.commit(nothing));
  CHECK(space.server.last_rule == "R-POL-57");
  CHECK(alice.remove(space.xb));
}

TEST_CASE("one of two Commits of an epoch wins") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  auto keys = TestMember::package(space.net, space.xb);
  TestMember::Proposed list, other;
  alice.add(list, keys.key_package, space.xb);
  auto one = alice.sign(alice.header(), alice.commit_body(list));
  alice.group->drop_pending();
  alice.add(other, TestMember::package(space.net, space.xo).key_package, space.xo);
  auto two = alice.sign(alice.header(), alice.commit_body(other));
  REQUIRE(alice.append(one));
  auto loser = space.server.ask<api::AppendReply>(alice.caller, api::Append{two});
  REQUIRE_FALSE(loser);
  CHECK(loser.error().code == Code::epoch_changed);
}

TEST_CASE("a member who asked to leave is removed by anybody") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  auto policy = space.committee(space.xa);
  policy.removes = {};
  policy.creator = space.xa.member;
  REQUIRE(alice.create(policy));
  auto keys = TestMember::package(space.net, space.xb);
  TestMember::Proposed list;
  alice.add(list, keys.key_package, space.xb);
  auto body = alice.commit_body(list);
  REQUIRE(alice.append(alice.sign(alice.header(), body)));
  alice.group->merge_pending();

  TestMember bob(space, space.xb, space.channel);
  bob.seen = alice.seen;
  auto welcome = mls::decoded<mls::MlsMessage>(body.welcome->bytes());
  auto tree = mls::decoded<mls::RatchetTreeNodes>(alice.group->encoded_tree());
  mls::member::JoinParameters parameters;
  parameters.tree = &*tree;
  auto joined = mls::member::Group::join(*welcome->as<mls::Welcome>(), std::move(keys), parameters);
  REQUIRE(joined);
  bob.group = std::make_unique<mls::member::Group>(std::move(*joined));
  TestMember::Proposed removal;
  removal.proposals.push_back({mls::Remove{*bob.leaf_of(space.xa)}});
  CHECK_FALSE(bob.commit(removal));
  CHECK(space.server.last_rule == "R-POL-56");
  REQUIRE(alice.append(alice.sign(alice.header(), record::LeaveBody{})));
  bob.seen = alice.seen;
  CHECK(bob.commit(removal));
}

TEST_CASE("a board is entered by oneself, a committee isn't") {
  Peopled space;
  space.channel = space.net.random.id<ChannelId>();
  TestMember founder(space, space.net.founder, space.channel);
  REQUIRE(founder.create(policy::general_board(space.channel, space.net.founder.member)));
  auto join = [&](TestMember& who, const TestMember& inside) {
    auto info = mls::decoded<mls::MlsMessage>(
        *inside.group->group_info(*TestMember::archive(true)(inside.group->exporter()), true));
    mls::member::ExternalJoinParameters parameters;
    parameters.identity = TestMember::identity(space.net, who.device);
    parameters.group_info = TestMember::archive(true);
    auto joined = mls::member::Group::join_externally(*info->as<mls::GroupInfo>(), parameters, space.net.random);
    REQUIRE(joined);
    auto h = const_cast<TestMember&>(inside).header();
    h.device = who.device.id();
    h.seen = inside.seen;
    record::CommitBody body{
        record::Part::of(joined->bundle.commit), record::Part::of(*joined->bundle.group_info), {}, {}, {}};
    return space.rule(who, h, body);
  };
  TestMember trainee(space, space.xt, space.channel);
  CHECK(seen_by(space, trainee.caller) == std::vector{space.channel});
  CHECK(join(trainee, founder) == "");

  space.channel = space.net.random.id<ChannelId>();
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  TestMember second(space, space.laptop, space.channel);
  CHECK(join(second, alice) == "R-POL-60");
}

TEST_CASE("an entry the store didn't take is answered with the error, and the channel goes on from what it holds") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  space.server.store.fail_call(1, {Code::storage_full});
  auto refused = alice.post();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage_full);
  CHECK(alice.post());
  // Left open but stored: asked again under the same id, it has its place.
  Bytes entry = alice.sign(alice.header(), TestMember::record_body(9));
  space.server.store.leave_undecided(1, true);
  CHECK_FALSE(alice.append(entry));
  auto placed = alice.append(entry);
  REQUIRE(placed);
  CHECK(placed->head.seq == Seq{3});
  CHECK(alice.post()->head.seq == Seq{4});
}

TEST_CASE("entries sent without waiting are stored in order, each answered when durable") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  std::vector<std::uint32_t> ids;
  for (int i = 0; i < 20; ++i) {
    ids.push_back(space.server.next_request_id());
    api::Append request{alice.sign(alice.header(), TestMember::record_body(static_cast<std::uint8_t>(i)))};
    space.server.service->on_frame(alice.caller, api::request_frame(ids.back(), request));
  }
  space.server.run();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    CHECK(space.server.answer<api::AppendReply>(ids[i])->head.seq == Seq{i + 2});
  }
}

TEST_CASE("R75 messages are rationed") {
  Rates rates;
  rates.messages_burst = 5;
  rates.messages_per_second = 1;
  Peopled space(rates);
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  for (int i = 0; i < 4; ++i) CHECK(alice.post());
  auto refused = alice.post();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::too_many);
  space.server.now = space.server.now + seconds(1);
  CHECK(alice.post());
}

TEST_CASE("R-SRV-50 subscribing is for those who may read") {
  Peopled space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee(space.xa)));
  Caller outsider = space.must_log_in(space.xt);
  CHECK_FALSE(space.server.ask<api::Empty>(outsider, api::Subscribe{{space.channel}}));
  CHECK(space.server.last_rule == "R-SRV-50");
  // Another device of the member may read before it is in.
  Caller second = space.must_log_in(space.laptop);
  CHECK(space.server.ask<api::Empty>(second, api::Subscribe{{space.channel}}));
}
