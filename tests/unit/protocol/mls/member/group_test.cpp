// A group's life through group.h.
// Tests: protocol/mls/member/group_commit.cpp
// Tests: protocol/mls/member/commit_build.cpp
// Tests: protocol/mls/member/commit_bundle.cpp
#include "protocol/mls/member/group.h"

#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

TEST_CASE("a group is born with its creator") {
  Meeting meeting;
  const Group& group = meeting.group(0);
  CHECK(group.epoch() == Epoch{0});
  CHECK(group.own_leaf() == LeafIndex{0});
  CHECK(group.is_active());
  CHECK(group.tree().member_count() == 1);
  CHECK(group.epoch_authenticator().size() == 32);
  CHECK_FALSE(group.has_pending());
}

TEST_CASE("R-MLS-13 a creator's leaf supports its own credential type") {
  Meeting meeting;
  CreateParameters parameters;
  parameters.group_id = {1};
  parameters.identity = meeting.new_identity();
  parameters.identity.capabilities.credentials = {CredentialType::x509};
  refused(Group::create(std::move(parameters), meeting.random), Rule::leaf_supports_credentials);
}

TEST_CASE("members join, update, are removed, and agree in every epoch") {
  Meeting meeting(7);
  meeting.check_agreement();
  for (std::size_t i = 0; i < 7; ++i) {
    meeting.commit(i);
    meeting.check_agreement();
  }
  meeting.remove(3, 1);
  meeting.remove(0, 6);
  meeting.check_agreement();
  CHECK(meeting.group(0).tree().member_count() == 5);
  CHECK(meeting.leaf(meeting.add(5)) == LeafIndex{1});
  meeting.add(4, {.force_path = true});
  meeting.add(2, {.tree_in_welcome = false});
  meeting.commit(9);
  meeting.check_agreement();
}

TEST_CASE("one Commit adds several, changes extensions and removes") {
  Meeting meeting(4);
  std::vector<MemberIdentity> identities;
  std::vector<KeyPackageSecrets> secrets;
  CommitOptions options;
  for (int i = 0; i < 3; ++i) {
    identities.push_back(meeting.new_identity());
    secrets.push_back(meeting.new_key_package(identities.back()));
    options.proposals.push_back({Add{secrets.back().key_package}});
  }
  ExtensionList extensions;
  extensions.set(private_extension, Bytes{7});
  options.proposals.push_back({GroupContextExtensions{extensions}});
  options.proposals.push_back({Remove{meeting.leaf(2)}});
  CommitBundle bundle = must(meeting.group(1).commit(options, meeting.random));
  StagedCommit staged = must(meeting.group(0).stage(message_of(bundle.commit)));
  CHECK(staged.effect().added.size() == 3);
  CHECK(staged.effect().removed.size() == 1);
  CHECK(staged.effect().updated.size() == 1);
  CHECK(*staged.effect().extensions() == extensions);
  CHECK_FALSE(staged.removes_us());
  CHECK(must(meeting.group(2).stage(message_of(bundle.commit))).removes_us());
  meeting.deliver(1, bundle.commit);
  for (int i = 0; i < 3; ++i) {
    auto at = static_cast<std::size_t>(i);
    meeting.seats.push_back(
        {std::move(identities[at]), must(Group::join(welcome_of(bundle), std::move(secrets[at]), {}))});
  }
  meeting.check_agreement();
  CHECK(meeting.group(0).context().extensions == extensions);
  meeting.commit(6);
  meeting.check_agreement();
}

TEST_CASE("until merge the group is unchanged") {
  Meeting meeting(3);
  CommitBundle bundle = must(meeting.group(0).commit({}, meeting.random));
  Group& other = meeting.group(1);
  const SecretBytes before = other.encode();
  {
    StagedCommit dropped = must(other.stage(message_of(bundle.commit)));
    CHECK_FALSE(equal(dropped.epoch_authenticator(), other.epoch_authenticator()));
  }
  CHECK(equal(other.encode().view(), before.view()));
  // It can be staged again.
  other.merge(must(other.stage(message_of(bundle.commit))));
  CHECK(other.epoch() == Epoch{3});
}

TEST_CASE("an own Commit is pending until it comes back") {
  Meeting meeting(3);
  Group& own = meeting.group(0);
  const Epoch epoch = own.epoch();
  CommitBundle bundle = must(own.commit({}, meeting.random));
  CHECK(own.epoch() == epoch);
  CHECK(own.has_pending());
  CHECK(own.is_pending(bundle.commit));
  CHECK_FALSE(own.is_pending(Bytes{1}));
  CHECK(own.pending().effect().committer == own.own_leaf());
  CHECK(own.commit({}, meeting.random).error().code == Code::pending_commit);
  CHECK(own.propose({Remove{meeting.leaf(1)}}, {}, meeting.random).error().code == Code::pending_commit);
  CHECK(own.stage(message_of(bundle.commit)).error().code == Code::pending_commit);

  SECTION("it does") {
    meeting.deliver(0, bundle.commit);
    CHECK(own.epoch() == epoch.next());
  }
  SECTION("it is given up") {
    own.drop_pending();
    CHECK_FALSE(own.has_pending());
    meeting.commit(0);
  }
  SECTION("somebody else's came first") {
    CommitBundle winner = must(meeting.group(1).commit({}, meeting.random));
    meeting.deliver(1, winner.commit);
    CHECK_FALSE(own.has_pending());
  }
  meeting.check_agreement();
}

TEST_CASE("who is removed can only look") {
  Meeting meeting(3);
  Group& removed = meeting.group(2);
  CommitOptions options;
  options.proposals.push_back({Remove{removed.own_leaf()}});
  CommitBundle bundle = must(meeting.group(0).commit(options, meeting.random));
  StagedCommit staged = must(removed.stage(message_of(bundle.commit)));
  CHECK(staged.removes_us());
  removed.merge(std::move(staged));
  CHECK_FALSE(removed.is_active());
  CHECK(removed.epoch() == Epoch{3});
  CHECK(removed.protect(Bytes{1}, {}, meeting.random).error().code == Code::removed_from_group);
  CHECK(removed.commit({}, meeting.random).error().code == Code::removed_from_group);
  CHECK(removed.group_info({}, false).error().code == Code::removed_from_group);
  CHECK(removed.stage(message_of(bundle.commit)).error().code == Code::removed_from_group);
  CHECK_FALSE(clone_of(removed).is_active());
}

TEST_CASE("the new epoch's exporter is at hand while a Commit is made") {
  Meeting meeting(2);
  SecretBytes seen;
  CommitOptions options;
  options.group_info = [&](const EpochExporter& exporter) -> Result<ExtensionList> {
    TRY(seen, exporter.derive("archive", as_bytes("id"), 32));
    ExtensionList list;
    list.set(private_extension, Bytes{42});
    return list;
  };
  CommitBundle bundle = must(meeting.group(0).commit(options, meeting.random));
  StagedCommit staged = must(meeting.group(1).stage(message_of(bundle.commit)));
  CHECK(equal(must(staged.exporter().derive("archive", as_bytes("id"), 32)).view(), seen.view()));
  meeting.deliver(0, bundle.commit);
  CHECK(equal(must(meeting.group(1).exporter().derive("archive", as_bytes("id"), 32)).view(), seen.view()));
  GroupInfo info = group_info_of(*bundle.group_info);
  CHECK(info.extensions.find(private_extension)->data == Bytes{42});
  CHECK(info.extensions.contains(ExtensionType::external_pub));
  CHECK_FALSE(info.extensions.contains(ExtensionType::ratchet_tree));
  CHECK(info.signer == meeting.leaf(0));
  CHECK_FALSE(bundle.welcome.has_value());
}

TEST_CASE("what the function for GroupInfo extensions fails with, the Commit fails with") {
  Meeting meeting(2);
  CommitOptions options;
  options.group_info = [](const EpochExporter&) -> Result<ExtensionList> { return fail(Code::not_allowed); };
  CHECK(meeting.group(0).commit(options, meeting.random).error().code == Code::not_allowed);
  CHECK_FALSE(meeting.group(0).has_pending());
  meeting.commit(0);
  meeting.check_agreement();
}

TEST_CASE("a member changes its signing key and credential with a Commit") {
  Meeting meeting(3);
  MemberIdentity renewed = meeting.new_identity();
  meeting.commit(1, {.new_identity = &renewed});
  CHECK((*meeting.group(0).tree().leaf(meeting.leaf(1)))->credential == renewed.credential);
  meeting.commit(1);
  meeting.commit(0);
  meeting.check_agreement();
  Bytes sealed = must(meeting.group(1).protect(as_bytes("hola"), {}, meeting.random));
  CHECK(must(meeting.group(2).unprotect(private_of(sealed))).sender == meeting.leaf(1));
}

TEST_CASE("R-MLS-24 a member's new identity lists the group's suite") {
  Meeting meeting(2);
  MemberIdentity identity = meeting.new_identity();
  identity.capabilities.cipher_suites.clear();
  CommitOptions options;
  options.new_identity = &identity;
  refused(meeting.group(0).commit(options, meeting.random), Rule::leaf_supports_suite);
  CHECK_FALSE(meeting.group(0).has_pending());
}

TEST_CASE("Commits and proposals as PrivateMessage") {
  Meeting meeting(3, {.padding_multiple = 128});
  const Framing hidden{WireFormat::private_message, {9}};
  Bytes proposal = must(meeting.group(1).propose({Remove{meeting.leaf(2)}}, hidden, meeting.random));
  ProposalRef reference = must(meeting.group(0).handle_proposal(message_of(proposal)));
  must(meeting.group(2).handle_proposal(message_of(proposal)));
  // Its key is used up.
  CHECK(meeting.group(0).handle_proposal(message_of(proposal)).error().code == Code::key_consumed);
  CommitOptions options{.references = {reference}, .framing = hidden};
  CommitBundle bundle = must(meeting.group(0).commit(options, meeting.random));
  CHECK(message_of(bundle.commit).wire_format() == WireFormat::private_message);
  StagedCommit staged = must(meeting.group(1).stage(message_of(bundle.commit)));
  CHECK(equal(staged.authenticated_data(), Bytes{9}));
  meeting.deliver(0, bundle.commit);
  meeting.check_agreement();
  CHECK(meeting.group(0).tree().member_count() == 2);
}

TEST_CASE("a GroupInfo can be asked for at any time") {
  Meeting meeting(3);
  meeting.commit(2);
  GroupInfo info = group_info_of(must(meeting.group(1).group_info({}, true)));
  CHECK(PublicGroup::join(info, nullptr, {}).has_value());
  CHECK(info.group_context == meeting.group(0).context());
}

TEST_CASE("each change raises the counter") {
  Meeting meeting(2);
  Group& group = meeting.group(0);
  std::uint64_t last = group.state_counter();
  auto raised = [&] { return std::exchange(last, group.state_counter()) < last; };
  must(group.protect(Bytes{1}, {}, meeting.random));
  CHECK(raised());
  must(group.propose({Remove{meeting.leaf(1)}}, {}, meeting.random));
  CHECK(raised());
  group.forget_proposal(group.held_proposals()[0].reference);
  CHECK(raised());
  must(group.commit({}, meeting.random));
  CHECK(raised());
  group.drop_pending();
  CHECK(raised());
  must(group.propose_update({}, meeting.random));
  CHECK(raised());
  Bytes proposal = must(meeting.group(1).propose_update({}, meeting.random));
  must(group.handle_proposal(message_of(proposal)));
  CHECK(raised());
  meeting.group(1).forget_proposal(meeting.group(1).held_proposals()[0].reference);
  Bytes sealed = must(meeting.group(1).protect(Bytes{1}, {}, meeting.random));
  must(group.unprotect(private_of(sealed)));
  CHECK(raised());
  meeting.commit(1);
  CHECK(raised());
  must(group.commit({}, meeting.random));
  CHECK(raised());
  group.merge_pending();
  CHECK(raised());
}

}  // namespace encuentro::mls::member::testing
