#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

// Everybody but the sender holds it; returns its reference.
ProposalRef spread(Meeting& meeting, std::size_t sender, BytesView message) {
  for (std::size_t i = 0; i < meeting.seats.size(); ++i) {
    if (i != sender) must(meeting.group(i).handle_proposal(message_of(message)));
  }
  return meeting.group(sender).held_proposals().back().reference;
}

}  // namespace

TEST_CASE("proposals by reference: Update, Remove, Add, PreSharedKey") {
  Meeting meeting(4);
  MemberIdentity newcomer = meeting.new_identity();
  KeyPackageSecrets secrets = meeting.new_key_package(newcomer);
  PreSharedKey psk;
  psk.psk.psk_id = {5};
  const std::vector<ExternalPsk> lent = [] {
    std::vector<ExternalPsk> out;
    out.push_back({{5}, SecretBytes(BytesView(Bytes{1, 2, 3}))});
    return out;
  }();
  CommitOptions options;
  options.psks = {lent, {}};
  options.references = {
      spread(meeting, 1, must(meeting.group(1).propose_update({}, meeting.random))),
      spread(meeting, 1, must(meeting.group(1).propose({Remove{meeting.leaf(2)}}, {}, meeting.random))),
      spread(meeting, 3, must(meeting.group(3).propose({Add{secrets.key_package}}, {}, meeting.random))),
      spread(meeting, 3, must(meeting.group(3).propose({psk}, {}, meeting.random))),
  };
  CHECK(meeting.group(0).held_proposals().size() == 4);
  CommitBundle bundle = meeting.commit(0, options);
  JoinParameters parameters;
  parameters.psks = {lent, {}};
  meeting.seats.push_back({std::move(newcomer), must(Group::join(welcome_of(bundle), std::move(secrets), parameters))});
  meeting.check_agreement();
  CHECK(meeting.group(0).held_proposals().empty());
  meeting.commit(1);
  meeting.check_agreement();
}

TEST_CASE("an Update may bring a new signing key") {
  Meeting meeting(3);
  MemberIdentity renewed = meeting.new_identity();
  Bytes message = must(meeting.group(1).propose_update({}, meeting.random, &renewed));
  ProposalRef reference = spread(meeting, 1, message);
  meeting.commit(2, {.references = {reference}});
  CHECK((*meeting.group(0).tree().leaf(meeting.leaf(1)))->signature_key == renewed.signing_key.public_key);
  meeting.commit(1);
  meeting.check_agreement();
}

TEST_CASE("a Commit refers only to what is held") {
  Meeting meeting(2);
  CHECK(meeting.group(0).commit({.references = {{Digest(Bytes(32, 1))}}}, meeting.random).error().code ==
        Code::unknown_proposal);
  must(meeting.group(0).propose({Remove{meeting.leaf(1)}}, {}, meeting.random));
  ProposalRef reference = meeting.group(0).held_proposals()[0].reference;
  meeting.group(0).forget_proposal(reference);
  CHECK_FALSE(meeting.group(0).commit({.references = {reference}}, meeting.random));
}

TEST_CASE("an own Update that is forgotten leaves no private key") {
  Meeting meeting(2);
  Group& group = meeting.group(0);
  must(group.propose_update({}, meeting.random));
  must(group.propose_update({}, meeting.random));
  REQUIRE(state_of(group).updates.size() == 2);
  const HeldProposal kept = group.held_proposals()[1];
  group.forget_proposal(group.held_proposals()[0].reference);
  const GroupState state = state_of(group);
  REQUIRE(state.updates.size() == 1);
  CHECK(state.updates[0].encryption_key == (*kept.proposal->as<Update>()->leaf_node)->encryption_key);
}

TEST_CASE("a proposal that the pending Commit refers to is forgotten with it, not before") {
  Meeting meeting(3);
  ProposalRef reference =
      spread(meeting, 1, must(meeting.group(1).propose({Remove{meeting.leaf(2)}}, {}, meeting.random)));
  CommitBundle bundle = must(meeting.group(0).commit({.references = {reference}}, meeting.random));
  meeting.group(0).forget_proposal(reference);
  CHECK(meeting.group(0).held_proposals().size() == 1);
  // What is stored now can be loaded, and goes on.
  meeting.group(0) = clone_of(meeting.group(0));
  SECTION("it comes back") {
    meeting.deliver(0, bundle.commit);
    CHECK(meeting.group(0).held_proposals().empty());
    meeting.check_agreement();
  }
  SECTION("it is given up") {
    meeting.group(0).drop_pending();
    meeting.group(0).forget_proposal(reference);
    CHECK(meeting.group(0).held_proposals().empty());
  }
}

TEST_CASE("what may not be proposed is refused before it is sent") {
  Meeting meeting(2);
  Group& group = meeting.group(0);
  CHECK_FALSE(group.propose({ExternalInit{{1}}}, {}, meeting.random));
  CHECK_FALSE(group.propose({Update{group.tree().leaf_pointer({0})}}, {}, meeting.random));
  CHECK(group.held_proposals().empty());
}

// §10.1 for who proposes as for who receives: a KeyPackage past its time would be refused by everybody else.
TEST_CASE("R-MLS-14 an Add of a KeyPackage past its time is not proposed by who knows the time") {
  Meeting meeting(2);
  KeyPackageSecrets secrets = KeyPackageSecrets::generate(suite, meeting.new_identity(), {0, 1000}, {}, meeting.random);
  const Proposal add{Add{secrets.key_package}};
  const LifetimePolicy late{Timestamp{1001 * 1000}}, early{Timestamp{1000 * 1000}};
  refused(meeting.group(0).propose(add, {}, meeting.random, late), Rule::leaf_lifetime_now);
  CHECK(meeting.group(0).held_proposals().empty());
  must(meeting.group(0).propose(add, {}, meeting.random, early));
  CHECK(meeting.group(0).held_proposals().size() == 1);
}

TEST_CASE("external senders propose, and newcomers propose themselves") {
  Meeting meeting(2);
  MemberIdentity service = meeting.new_identity();
  ExtensionList extensions;
  extensions.set(ExtensionType::external_senders,
                 encoded(ExternalSenders{{{service.signing_key.public_key, service.credential}}}));
  CommitOptions options;
  options.proposals.push_back({GroupContextExtensions{extensions}});
  meeting.commit(0, options);

  auto outside = [&](Sender sender, Proposal proposal, const crypto::SigningKey& key) {
    AuthenticatedContent content;
    content.content.group_id = meeting.group(0).context().group_id;
    content.content.epoch = meeting.group(0).epoch();
    content.content.sender = sender;
    content.content.body = std::move(proposal);
    content.sign(suite, key, nullptr);
    return MlsMessage{PublicMessage{content.content, content.auth, {}}};
  };
  MemberIdentity newcomer = meeting.new_identity();
  KeyPackageSecrets secrets = meeting.new_key_package(newcomer);
  MlsMessage remove = outside(Sender::external(0), {Remove{meeting.leaf(1)}}, service.signing_key);
  MlsMessage add = outside(Sender::new_member_proposal(), {Add{secrets.key_package}}, newcomer.signing_key);
  for (std::size_t i : {0u, 1u}) {
    must(meeting.group(i).handle_proposal(remove));
    must(meeting.group(i).handle_proposal(add));
  }
  CommitOptions both;
  for (const HeldProposal& held : meeting.group(0).held_proposals()) both.references.push_back(held.reference);
  CommitBundle bundle = meeting.commit(0, both);
  meeting.seats.push_back({std::move(newcomer), must(Group::join(welcome_of(bundle), std::move(secrets), {}))});
  meeting.check_agreement();
  CHECK(meeting.group(0).tree().member_count() == 2);
}

}  // namespace encuentro::mls::member::testing
