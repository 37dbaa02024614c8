// Tests: protocol/policy/staged_facts.cpp
#include "protocol/policy/creation_rules.h"

#include "protocol/mls/member/group.h"
#include "protocol/policy/staged_facts.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::policy;
using roster::Role;
using tests::rule_of;
using tests::TestDevice;

namespace {

using mls::member::Group;

struct Space : tests::TestNetwork {
  TestDevice xa, xb;
  ChannelPolicy policy;

  Space() {
    add_country("XA");
    add_country("XB");
    xa = enter(founder, grant(Role::focal_point, "XA"));
    xb = enter(founder, grant(Role::focal_point, "XB"));
    PolicyWish wish;
    wish.channel = random.id<ChannelId>();
    wish.creator = xa.member;
    wish.kind = ChannelKind::network;
    policy = *make_policy(wish);
  }
  mls::member::MemberIdentity identity(const TestDevice& device) {
    LeafIdentity who{id, device.member, device.id()};
    return {crypto::to_mls(device.key),
            who.credential(),
            mls::member::library_capabilities({crypto::encuentro_suite}, {policy_extension}),
            {}};
  }
  mls::Lifetime lifetime() {
    auto from = static_cast<std::uint64_t>(now.ms / 1000);
    return {from, from + 86400};
  }
  Group group(const TestDevice& creator, const ChannelPolicy& with, bool required = true) {
    mls::member::CreateParameters parameters;
    parameters.group_id = Bytes(32, 4);
    mls::RequiredCapabilities demands;
    if (required) demands.extension_types = {policy_extension};
    parameters.extensions.set(mls::ExtensionType::required_capabilities, mls::encoded(demands));
    parameters.extensions.set(policy_extension, with.encoded());
    parameters.identity = identity(creator);
    parameters.lifetime = lifetime();
    auto made = Group::create(std::move(parameters), random);
    REQUIRE(made);
    return std::move(*made);
  }
  static mls::PublicGroup seen(const Group& group) {
    auto info = mls::decoded<mls::MlsMessage>(*group.group_info({}, true));
    auto joined = mls::PublicGroup::join(*info->as<mls::GroupInfo>(), nullptr, {});
    REQUIRE(joined);
    return std::move(*joined);
  }
  mls::Add adding(const TestDevice& device) {
    auto secrets =
        mls::member::KeyPackageSecrets::generate(crypto::encuentro_suite, identity(device), lifetime(), {}, random);
    return {secrets.key_package};
  }
};

}  // namespace

TEST_CASE("R-POL-64 R-POL-65 a channel begins with its creator alone and its own policy") {
  Space s;
  auto view = s.roster.newest();
  auto group = s.group(s.xa, s.policy);
  auto seen = Space::seen(group);
  CHECK(*judge_creation(seen, view, s.policy.channel, s.xa.id()) == s.policy);
  CHECK(rule_of(judge_creation(seen, view, s.policy.channel, s.xb.id())) == "R-POL-52");
  CHECK(rule_of(judge_creation(seen, view, s.random.id<ChannelId>(), s.xa.id())) == "R-POL-65");
  CHECK(leaf_index_of(seen.tree(), view, s.xa.id()) == mls::LeafIndex{0});
  CHECK_FALSE(leaf_index_of(seen.tree(), view, s.xb.id()));

  auto silent = Space::seen(s.group(s.xa, s.policy, false));
  CHECK(rule_of(judge_creation(silent, view, s.policy.channel, s.xa.id())) == "R-POL-64");
  auto foreign = s.policy;
  foreign.creator = s.xb.member;
  CHECK(rule_of(judge_creation(Space::seen(s.group(s.xa, foreign)), view, s.policy.channel, s.xa.id())) == "R-POL-32");

  mls::member::CommitOptions options;
  options.proposals.push_back({s.adding(s.xb)});
  REQUIRE(group.commit(options, s.random));
  group.merge_pending();
  CHECK(rule_of(judge_creation(Space::seen(group), view, s.policy.channel, s.xa.id())) == "R-POL-64");
}

TEST_CASE("R-POL-36 a restart begins alone too, with the policy there was") {
  Space s;
  auto view = s.roster.newest();
  auto after = s.policy;
  after.predecessor = Predecessor{Bytes(32, 9), Epoch{3}, {}, Seq{5}, {}};
  auto seen = Space::seen(s.group(s.xb, after));
  CHECK(*judge_restart(seen, s.policy, view, s.xb.id()) == after);
  CHECK(rule_of(judge_creation(seen, view, s.policy.channel, s.xb.id())) == "R-POL-65");
  after.posts = {};
  CHECK(rule_of(judge_restart(Space::seen(s.group(s.xb, after)), s.policy, view, s.xb.id())) == "R-POL-36");
}

TEST_CASE("the facts of a staged Commit are those of its proposals, by value") {
  Space s;
  auto group = s.group(s.xa, s.policy);
  auto watcher = Space::seen(group);
  mls::member::CommitOptions options;
  options.proposals.push_back({s.adding(s.xb)});
  options.force_path = true;
  auto bundle = group.commit(options, s.random);
  REQUIRE(bundle);
  auto message = mls::decoded<mls::MlsMessage>(bundle->commit);
  auto staged = watcher.stage(*message->as<mls::PublicMessage>(), {});
  REQUIRE(staged);
  StagedFacts facts(watcher, *staged, {s.xb.member}, true);
  CHECK(facts.leaves.size() == 1);
  CHECK(facts.facts.sender == 0u);
  CHECK(facts.facts.added.size() == 1);
  CHECK(facts.facts.removed.empty());
  CHECK(facts.facts.committer_leaf.has_value());
  CHECK(facts.facts.new_extensions == nullptr);
  CHECK_FALSE(facts.facts.external_init);
  CHECK_FALSE(facts.facts.other_proposals);
  CHECK(facts.facts.held_leaf_before_restart);
  auto verdict = judge_commit(facts.facts, s.roster.newest(), s.xa.id());
  REQUIRE(verdict);
  CHECK(verdict->added[0].device == s.xb.id());
}

TEST_CASE("a proposal by reference is none of the four") {
  Space s;
  auto group = s.group(s.xa, s.policy);
  auto watcher = Space::seen(group);
  auto proposal = group.propose({s.adding(s.xb)}, {}, s.random);
  REQUIRE(proposal);
  auto sent = mls::decoded<mls::MlsMessage>(*proposal);
  REQUIRE(watcher.handle_proposal(sent->as<mls::PublicMessage>()->authenticated(), {}));
  mls::member::CommitOptions options;
  options.references = {group.held_proposals()[0].reference};
  auto bundle = group.commit(options, s.random);
  REQUIRE(bundle);
  auto message = mls::decoded<mls::MlsMessage>(bundle->commit);
  auto staged = watcher.stage(*message->as<mls::PublicMessage>(), {});
  REQUIRE(staged);
  StagedFacts facts(watcher, *staged, {}, false);
  CHECK(rule_of(judge_commit(facts.facts, s.roster.newest(), s.xa.id())) == "R-POL-50");
}
