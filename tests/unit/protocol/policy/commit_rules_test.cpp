#include "protocol/policy/commit_rules.h"

#include "protocol/base/limits.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::policy;
using roster::CountryStatus;
using roster::Role;
using tests::rule_of;
using tests::TestDevice;

namespace {

// A committee of XA and XB with leaves xa (0) and xb (1); XT is training-only.
struct Committee : tests::TestNetwork {
  TestDevice xa, xb, xt, delegate, laptop;
  ChannelPolicy policy;
  mls::ExtensionList extensions;
  mls::ExtensionList changed;
  std::vector<PlacedLeaf> leaves;
  std::vector<MemberId> leaving;
  CommitFacts facts;

  Committee() {
    for (auto code : {"XA", "XB"}) add_country(code);
    add_country("XT", CountryStatus::training_only);
    xa = enter(founder, grant(Role::focal_point, "XA"));
    xb = enter(founder, grant(Role::focal_point, "XB"));
    xt = enter(founder, grant(Role::focal_point, "XT"));
    delegate = enter(xa, grant(Role::delegate, "XA"));
    laptop = add_device(delegate);
    PolicyWish wish;
    wish.channel = random.id<ChannelId>();
    wish.creator = xa.member;
    wish.kind = ChannelKind::committee;
    wish.countries = {tests::country_of("XA"), tests::country_of("XB")};
    policy = *make_policy(wish);
    policy.removes = {};
    extensions.set(mls::ExtensionType::required_capabilities, Bytes(4, 1));
    extensions.set(policy_extension, policy.encoded());
    leaves = {{0, leaf(xa)}, {1, leaf(xb)}, {2, leaf(delegate)}};
    by(0, xa);
  }
  Leaf leaf(const TestDevice& device) {
    return {LeafIdentity{id, device.member, device.id()}.credential(), PublicKeyBytes(device.key.public_key.view())};
  }
  void by(std::uint32_t index, const TestDevice& device) {
    facts = {};
    facts.extensions = &extensions;
    facts.sender = index;
    facts.committer_leaf = leaf(device);
  }
  void from_outside(const TestDevice& device) {
    by(0, device);
    facts.sender.reset();
    facts.external_init = true;
  }
  void admit(Admission admission) {
    auto after = policy;
    after.admission = std::move(admission);
    changed = extensions;
    changed.set(policy_extension, after.encoded());
    facts.new_extensions = &changed;
  }
  Result<CommitVerdict> judge(const TestDevice& device) {
    facts.leaves = leaves;
    facts.leaving = leaving;
    return judge_commit(facts, roster.newest(), device.id());
  }
  std::string rule(const TestDevice& device) { return rule_of(judge(device)); }
};

}  // namespace

TEST_CASE("an empty Commit by a member stands") {
  Committee c;
  auto verdict = c.judge(c.xa);
  REQUIRE(verdict);
  CHECK(verdict->committer.device == c.xa.id());
  CHECK_FALSE(verdict->admission_changed);
  CHECK(verdict->policy == c.policy);
}

TEST_CASE("R-POL-50 R-POL-63 only the four proposals, each in its place") {
  Committee c;
  c.facts.other_proposals = true;
  CHECK(c.rule(c.xa) == "R-POL-50");
  c.by(0, c.xa);
  c.facts.external_init = true;
  CHECK(c.rule(c.xa) == "R-POL-63");
  c.from_outside(c.xa);
  c.facts.external_init = false;
  CHECK(c.rule(c.xa) == "R-POL-63");
}

TEST_CASE("R-POL-51 R-POL-52 the committer is the envelope's device, before and after") {
  Committee c;
  CHECK(c.rule(c.xb) == "R-POL-52");
  c.by(1, c.xa);
  CHECK(c.rule(c.xa) == "R-POL-51");
  c.by(9, c.xa);
  c.facts.committer_leaf.reset();
  CHECK(c.rule(c.xa) == "R-POL-51");
  c.by(0, c.xa);
  c.facts.committer_leaf.reset();
  CHECK(c.rule(c.xa) == "");
  c.by(0, c.xt);
  CHECK(c.rule(c.xt) == "R-POL-13");
}

TEST_CASE("R-POL-53 extensions change in admission alone, by whom the policy lets") {
  Committee c;
  auto wider = c.policy.admission;
  wider.roles.push_back(Role::partner);
  c.admit(wider);
  auto verdict = c.judge(c.xa);
  REQUIRE(verdict);
  CHECK(verdict->admission_changed);
  CHECK(verdict->policy.admission == wider);
  c.by(2, c.delegate);
  c.admit(wider);
  CHECK(c.rule(c.delegate) == "R-POL-23");

  auto refused = [&](auto change) {
    c.by(0, c.xa);
    c.changed = c.extensions;
    auto after = c.policy;
    change(after);
    c.changed.set(policy_extension, after.encoded());
    c.facts.new_extensions = &c.changed;
    return c.rule(c.xa);
  };
  CHECK(refused([](auto& p) { p.posts = {}; }) == "R-POL-53");
  CHECK(refused([](auto& p) { p.history = History::sealed; }) == "R-POL-53");
  CHECK(refused([](auto& p) { p.creator = MemberId{}; }) == "R-POL-53");
  CHECK(refused([](auto& p) { p.kind = ChannelKind::network; }) == "R-POL-53");
  CHECK(refused([](auto& p) { p.admits = {Role::delegate}; }) == "R-POL-53");
  c.by(0, c.xa);
  c.changed = c.extensions;
  c.changed.set(mls::ExtensionType::required_capabilities, Bytes(4, 2));
  c.facts.new_extensions = &c.changed;
  CHECK(c.rule(c.xa) == "R-POL-53");
  c.changed = {};
  CHECK(c.rule(c.xa) == "R-POL-53");
}

TEST_CASE("R-POL-54 R-POL-55 who is added is admitted, by one who may add or is the same member") {
  Committee c;
  c.facts.added = {c.leaf(c.xt)};
  CHECK(c.rule(c.xa) == "R-POL-54");
  auto forged = c.leaf(c.laptop);
  forged.signature_key = PublicKeyBytes(c.xa.key.public_key.view());
  c.facts.added = {forged};
  CHECK(c.rule(c.xa) == "R-POL-54");
  c.facts.added = {c.leaf(c.laptop)};
  CHECK(c.rule(c.xa) == "");
  c.by(2, c.delegate);
  c.facts.added = {c.leaf(c.laptop)};
  CHECK(c.rule(c.delegate) == "");
  c.facts.added = {c.leaf(c.founder)};
  CHECK(c.rule(c.delegate) == "R-POL-55");
  c.by(0, c.xa);
  c.facts.added = {c.leaf(c.founder)};
  CHECK(c.judge(c.xa)->added[0].device == c.founder.id());
}

TEST_CASE("R-POL-56 removing is for whom the policy lets, of oneself, the leaving and the not admitted for all") {
  Committee c;
  c.facts.removed = {2};
  CHECK(c.rule(c.xa) == "");
  c.by(1, c.xb);
  c.facts.removed = {2};
  CHECK(c.rule(c.xb) == "R-POL-56");
  c.leaving = {c.delegate.member};
  CHECK(c.rule(c.xb) == "");
  c.leaving.clear();
  c.facts.removed = {7};
  CHECK(c.rule(c.xb) == "R-POL-56");
  c.leaves.push_back({3, c.leaf(c.laptop)});
  c.by(2, c.delegate);
  c.facts.removed = {3};
  CHECK(c.rule(c.delegate) == "");
  c.must(c.xa, c.revocation(roster::RevokeTarget::member, c.delegate.member.view()));
  c.by(1, c.xb);
  c.facts.removed = {2, 3};
  CHECK(c.rule(c.xb) == "");
}

TEST_CASE("R-POL-57 no leaf that isn't admitted is left in") {
  Committee c;
  c.leaves.push_back({3, c.leaf(c.xt)});
  CHECK(c.rule(c.xa) == "R-POL-57");
  c.facts.removed = {3};
  CHECK(c.rule(c.xa) == "");
  // Who narrows admission removes those it shuts out.
  c.leaves.pop_back();
  auto narrower = c.policy.admission;
  narrower.countries = {tests::country_of("XA")};
  c.by(0, c.xa);
  c.admit(narrower);
  CHECK(c.rule(c.xa) == "R-POL-57");
  c.facts.removed = {1};
  CHECK(c.rule(c.xa) == "");
  c.by(1, c.xb);
  c.admit(narrower);
  CHECK(c.rule(c.xb) == "R-POL-16");
}

TEST_CASE("R-POL-58 R-POL-62 one leaf a device, and not too many") {
  Committee c;
  c.facts.added = {c.leaf(c.xb)};
  CHECK(c.rule(c.xa) == "R-POL-58");
  c.facts.added = {c.leaf(c.laptop), c.leaf(c.laptop)};
  CHECK(c.rule(c.xa) == "R-POL-58");
}

TEST_CASE("R-POL-59 to R-POL-61 from outside: a first entry where the policy has it, else only back") {
  Committee c;
  c.from_outside(c.laptop);
  CHECK(c.rule(c.laptop) == "R-POL-60");
  c.facts.held_leaf_before_restart = true;
  CHECK(c.rule(c.laptop) == "");
  c.from_outside(c.delegate);
  CHECK(c.rule(c.delegate) == "R-POL-60");
  c.facts.removed = {2};
  CHECK(c.rule(c.delegate) == "");
  c.facts.removed = {1};
  CHECK(c.rule(c.delegate) == "R-POL-61");
  c.facts.removed = {2, 1};
  CHECK(c.rule(c.delegate) == "R-POL-61");
  c.from_outside(c.delegate);
  c.facts.removed = {2};
  c.facts.added = {c.leaf(c.laptop)};
  CHECK(c.rule(c.delegate) == "R-POL-61");
  c.from_outside(c.xt);
  CHECK(c.rule(c.xt) == "R-POL-13");

  c.policy.history = History::sealed;
  c.extensions.set(policy_extension, c.policy.encoded());
  c.from_outside(c.delegate);
  c.facts.removed = {2};
  CHECK(c.rule(c.delegate) == "R-POL-59");

  // A board that everybody may enter by himself: with nobody to be removed by him.
  auto board = general_board(c.random.id<ChannelId>(), c.founder.member);
  c.extensions.set(policy_extension, board.encoded());
  c.from_outside(c.xt);
  CHECK(c.rule(c.xt) == "");
  c.from_outside(c.xa);
  CHECK(c.rule(c.xa) == "R-POL-58");
}

TEST_CASE("whoever joins or links looks at all leaves") {
  Committee c;
  CHECK(all_admitted(c.policy, c.roster.newest(), c.leaves));
  c.leaves.push_back({3, c.leaf(c.xa)});
  CHECK(rule_of(all_admitted(c.policy, c.roster.newest(), c.leaves)) == "R-POL-58");
  c.leaves.back() = {3, c.leaf(c.xt)};
  CHECK(rule_of(all_admitted(c.policy, c.roster.newest(), c.leaves)) == "R-POL-57");
}
