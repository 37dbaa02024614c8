#include "protocol/mls/member/joining.h"

#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

PreSharedKeyId tie(ResumptionPskUsage usage, std::uint8_t nonce = 1) {
  PreSharedKeyId id;
  id.type = PskType::resumption;
  id.usage = usage;
  id.psk_group_id = {4, 5};
  id.psk_epoch = Epoch{6};
  id.psk_nonce.assign(32, nonce);
  return id;
}

constexpr auto reinitialized = ResumptionPskUsage::reinit;
constexpr auto branched = ResumptionPskUsage::branch;
constexpr auto other_suite = crypto::Suite::x25519_aes128gcm_sha256_ed25519;

// A group and a successor of the same people, in epoch 1.
struct Descent {
  explicit Descent(std::size_t old_members = 2, std::size_t new_members = 2)
      : old(old_members), successor(1, {}, 3, {9}) {
    CommitOptions end;
    end.proposals.push_back({ReInit{{9}, ProtocolVersion::mls10, suite, {}}});
    old.commit(0, end);
    // The same credentials, other keys.
    CommitOptions options;
    for (std::size_t i = 0; i < new_members; ++i) {
      MemberIdentity identity = successor.new_identity();
      if (i < old_members) identity.credential = old.seats[i].identity.credential;
      secrets.push_back(successor.new_key_package(identity));
      if (i > 0) options.proposals.push_back({Add{secrets.back().key_package}});
      identities.push_back(std::move(identity));
    }
    CreateParameters parameters;
    parameters.group_id = {9};
    parameters.identity = identities[0].duplicate();
    parameters.lifetime = {0, 4'000'000'000};
    successor.seats[0] = {identities[0].duplicate(), must(Group::create(std::move(parameters), successor.random))};
    successor.commit(0, options);
  }
  // The tie to the old group as it stands.
  Succession tied(ResumptionPskUsage usage) {
    return {usage, old.group(0).context().group_id, old.group(0).context().epoch};
  }
  Status check(const Succession& succession, const std::function<void(GroupContext&)>& edit = {}) {
    GroupContext context = successor.group(0).context();
    if (edit) edit(context);
    return check_succession(succession, context, successor.group(0).tree(), &old.group(0));
  }
  Status check(ResumptionPskUsage usage, const std::function<void(GroupContext&)>& edit = {}) {
    return check(tied(usage), edit);
  }

  Meeting old;
  Meeting successor;
  std::vector<MemberIdentity> identities;
  std::vector<KeyPackageSecrets> secrets;
};

void refused_status(const Status& status, Rule rule) {
  REQUIRE(!status);
  CHECK(std::string(status.error().rule) == text_of(rule).name);
}

// Member 0 founds the successor of `old`, tied to it by `usage`, and member 1 follows.
void found_successor(Meeting& old, ResumptionPskUsage usage, Bytes group_id) {
  Meeting next(1, {}, 5, group_id);
  CreateParameters parameters;
  parameters.group_id = group_id;
  parameters.identity = old.seats[0].identity.duplicate();
  parameters.lifetime = {0, 4'000'000'000};
  Group founder = must(Group::create(std::move(parameters), next.random));
  KeyPackageSecrets secrets = next.new_key_package(old.seats[1].identity);
  std::vector<ResumptionPsk> psks;
  psks.push_back(old.group(0).resumption_psk());
  CommitOptions options;
  options.proposals.push_back({PreSharedKey{successor_psk_id(psks[0], usage)}});
  options.proposals.push_back({Add{secrets.key_package}});
  options.psks = {{}, psks};
  CommitBundle bundle = must(founder.commit(options, next.random));
  founder.merge_pending();
  JoinParameters join;
  join.predecessor = &old.group(1);
  Group follower = must(Group::join(welcome_of(bundle), std::move(secrets), join));
  CHECK(equal(founder.epoch_authenticator(), follower.epoch_authenticator()));
}

}  // namespace

TEST_CASE("a ReInit's successor is founded and joined") {
  Meeting old(2);
  CommitOptions end;
  end.proposals.push_back({ReInit{{9, 9}, ProtocolVersion::mls10, suite, {}}});
  old.commit(1, end);
  found_successor(old, ResumptionPskUsage::reinit, {9, 9});
}

TEST_CASE("a branch is founded and joined") {
  Meeting old(3);
  found_successor(old, ResumptionPskUsage::branch, {8});
}

TEST_CASE("R-MLS-112 a PSK of usage reinit or branch is the only such") {
  CHECK(must(succession_of({})).usage == ResumptionPskUsage::application);
  const std::vector<PreSharedKeyId> one = {tie(ResumptionPskUsage::application), tie(ResumptionPskUsage::branch), {}};
  CHECK(must(succession_of(one)).usage == ResumptionPskUsage::branch);
  const std::vector<PreSharedKeyId> two = {tie(ResumptionPskUsage::reinit, 1), tie(ResumptionPskUsage::reinit, 2)};
  refused(succession_of(two), Rule::one_successor_psk);
  const std::vector<PreSharedKeyId> both = {tie(ResumptionPskUsage::reinit), tie(ResumptionPskUsage::branch)};
  refused(succession_of(both), Rule::one_successor_psk);
}

TEST_CASE("R-MLS-118 a successor is joined in epoch 1") {
  Descent descent;
  CHECK(descent.check(reinitialized).has_value());
  for (ResumptionPskUsage usage : {reinitialized, branched}) {
    refused_status(descent.check(usage, [](GroupContext& context) { context.epoch = Epoch{2}; }),
                   Rule::successor_epoch);
  }
}

TEST_CASE("R-MLS-119 a reinitialized group is what the ReInit said") {
  Descent descent;
  refused_status(descent.check(reinitialized, [](GroupContext& context) { context.group_id = {8}; }),
                 Rule::reinit_parameters);
  refused_status(descent.check(reinitialized, [](GroupContext& context) { context.version = ProtocolVersion{2}; }),
                 Rule::reinit_parameters);
  refused_status(descent.check(reinitialized, [](GroupContext& context) { context.cipher_suite = other_suite; }),
                 Rule::reinit_parameters);
  refused_status(
      descent.check(reinitialized, [](GroupContext& context) { context.extensions.set(private_extension, Bytes{1}); }),
      Rule::reinit_parameters);
  // Its predecessor had no ReInit.
  Meeting other(2);
  refused_status(
      check_succession({reinitialized, other.group(0).context().group_id, other.group(0).epoch()},
                       descent.successor.group(0).context(), descent.successor.group(0).tree(), &other.group(0)),
      Rule::reinit_parameters);
}

TEST_CASE("R-MLS-120 all members of the old group are in the new one") {
  Descent descent(3, 2);
  refused_status(descent.check(reinitialized), Rule::reinit_members);
}

TEST_CASE("R-MLS-121 a branch has the version and suite of its origin") {
  Descent descent;
  CHECK(descent.check(branched).has_value());
  refused_status(descent.check(branched, [](GroupContext& context) { context.cipher_suite = other_suite; }),
                 Rule::branch_parameters);
  refused_status(descent.check(branched, [](GroupContext& context) { context.version = ProtocolVersion{2}; }),
                 Rule::branch_parameters);
}

TEST_CASE("R-MLS-122 the members of a branch are members of its origin") {
  Descent descent(2, 3);
  refused_status(descent.check(branched), Rule::branch_members);
}

TEST_CASE("R-MLS-126 a successor's PSK is of its predecessor, for a ReInit of its last epoch") {
  Descent descent;
  for (ResumptionPskUsage usage : {reinitialized, branched}) {
    Succession foreign = descent.tied(usage);
    foreign.group_id = {7};
    refused_status(descent.check(foreign), Rule::successor_psk);
  }
  // Who was removed before the end knows what the ReInit said, and an old epoch's PSK.
  Succession earlier = descent.tied(reinitialized);
  earlier.epoch = Epoch{earlier.epoch.value - 1};
  refused_status(descent.check(earlier), Rule::successor_psk);
  earlier.usage = branched;
  CHECK(descent.check(earlier).has_value());
  const std::vector<PreSharedKeyId> one = {tie(reinitialized)};
  CHECK(must(succession_of(one)).epoch == one[0].psk_epoch);
  CHECK(must(succession_of(one)).group_id == one[0].psk_group_id);
}

TEST_CASE("R-MLS-126 a group without a tie to the predecessor isn't its successor") {
  Descent descent;
  const GroupContext& context = descent.successor.group(0).context();
  const RatchetTree& tree = descent.successor.group(0).tree();
  refused_status(check_succession({}, context, tree, &descent.old.group(0)), Rule::successor_psk);
  CHECK(check_succession({}, context, tree, nullptr).has_value());
}

TEST_CASE("a successor can't be joined without its predecessor") {
  Descent descent;
  CHECK_FALSE(check_succession(descent.tied(branched), descent.successor.group(0).context(),
                               descent.successor.group(0).tree(), nullptr));
}

}  // namespace encuentro::mls::member::testing
