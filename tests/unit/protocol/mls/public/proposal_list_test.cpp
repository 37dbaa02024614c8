#include "protocol/mls/public/proposal_list.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {
namespace {

// The references of proposals that were held, for a Commit.
ProposalOrRef by_reference(TestGroup& test, const AuthenticatedContent& message) {
  test.must_hold(message);
  return {message.proposal_ref(suite)};
}

Proposal resumption_psk(ResumptionPskUsage usage) {
  return psk([&](PreSharedKeyId& id) {
    id.type = PskType::resumption;
    id.usage = usage;
    id.psk_id.clear();
    id.psk_group_id = {1};
  });
}

ExtensionList external_senders(const Client& sender) {
  ExtensionList list;
  list.set(ExtensionType::external_senders,
           encoded(ExternalSenders{{{sender.key.public_key, Credential::basic(Bytes{1})}}}));
  return list;
}

}  // namespace

TEST_CASE("R-MLS-40 no Update is the committer's own") {
  TestGroup test(3);
  ProposalOrRef own = by_reference(test, test.member_proposal(0, test.update(0)));
  ProposalOrRef other = by_reference(test, test.member_proposal(1, test.update(1)));
  refused(test.stage(test.commit_of(0, {own})), Rule::no_update_by_committer);
  accepted(test.stage(test.commit_of(0, {other})));
}

TEST_CASE("R-MLS-41 no Remove removes the committer") {
  TestGroup test(3);
  refused(test.stage(test.commit(0, {remove(0)})), Rule::no_remove_of_committer);
  accepted(test.stage(test.commit(0, {remove(1)})));
}

TEST_CASE("R-MLS-42 a leaf is updated or removed once") {
  TestGroup test(3);
  ProposalOrRef update = by_reference(test, test.member_proposal(1, test.update(1)));
  refused(test.stage(test.commit_of(0, {update, {remove(1)}})), Rule::leaf_changed_once);
  refused(test.stage(test.commit(0, {remove(1), remove(1)})), Rule::leaf_changed_once);
}

TEST_CASE("R-MLS-43 no two Adds are of one client") {
  TestGroup test(1);
  Client newcomer;
  refused(test.stage(test.commit(0, {newcomer.add(), newcomer.add()})), Rule::adds_distinct);
}

TEST_CASE("R-MLS-44 no Add is of a member that stays") {
  TestGroup test(3);
  Client member{test.client(1).key.duplicate()};
  refused(test.stage(test.commit(0, {member.add()})), Rule::add_of_stranger);
  accepted(test.stage(test.commit(0, {member.add(), remove(1)})));
}

TEST_CASE("R-MLS-45 no two proposals name one PSK") {
  TestGroup test(1);
  refused(test.stage(test.commit(0, {psk(), psk()})), Rule::psks_distinct);
  accepted(test.stage(test.commit(0, {psk(), psk([](PreSharedKeyId& id) { id.psk_nonce[0] = 1; })})));
}

TEST_CASE("R-MLS-46 at most one GroupContextExtensions") {
  TestGroup test(1);
  refused(test.stage(test.commit(0, {extensions({}), extensions({})})), Rule::one_context_extensions);
}

TEST_CASE("R-MLS-47 a ReInit stands alone") {
  TestGroup test(2);
  refused(test.stage(test.commit(0, {reinit(), psk()})), Rule::reinit_alone);
  refused(test.stage(test.commit(0, {reinit(), reinit()})), Rule::reinit_alone);
  accepted(test.stage(test.commit(0, {reinit()})));
}

TEST_CASE("R-MLS-48 no ExternalInit in a member's Commit") {
  TestGroup test(1);
  refused(test.stage(test.commit(0, {external_init()})), Rule::no_external_init);
}

TEST_CASE("R-MLS-49 a Remove names a member") {
  TestGroup test(3);
  refused(test.stage(test.commit(0, {remove(3)})), Rule::remove_of_member);
  refused(test.stage(test.commit(0, {remove(0xffffffff)})), Rule::remove_of_member);
}

TEST_CASE("R-MLS-50 no PSK of usage reinit outside of a reinitialization") {
  TestGroup test(2);
  refused(test.stage(test.commit(0, {resumption_psk(ResumptionPskUsage::reinit)})), Rule::psk_not_reinit);
  accepted(test.stage(test.commit(0, {resumption_psk(ResumptionPskUsage::application)})));
  TestGroup successor(1);
  Client joiner;
  refused(
      successor.stage(successor.external_commit(joiner, {external_init(), resumption_psk(ResumptionPskUsage::reinit)})),
      Rule::psk_not_reinit);
  accepted(successor.stage(successor.commit(0, {resumption_psk(ResumptionPskUsage::reinit)})));
}

TEST_CASE("R-MLS-51 no PSK of usage branch outside of a branch") {
  TestGroup test(2);
  refused(test.stage(test.commit(0, {resumption_psk(ResumptionPskUsage::branch)})), Rule::psk_not_branch);
  TestGroup successor(1);
  Client joiner;
  refused(
      successor.stage(successor.external_commit(joiner, {external_init(), resumption_psk(ResumptionPskUsage::branch)})),
      Rule::psk_not_branch);
  accepted(successor.stage(successor.commit(0, {resumption_psk(ResumptionPskUsage::branch)})));
}

TEST_CASE("R-MLS-52 a PSK's nonce has the hash's length") {
  TestGroup test(1);
  for (std::size_t bytes : {0, 31, 33}) {
    auto other = psk([&](PreSharedKeyId& id) { id.psk_nonce.assign(bytes, 1); });
    refused(test.stage(test.commit(0, {other})), Rule::psk_nonce_length);
  }
}

TEST_CASE("R-MLS-53 a ReInit doesn't lower the version") {
  TestGroup test(2);
  refused(test.stage(test.commit(0, {reinit(ProtocolVersion{0})})), Rule::reinit_version);
  accepted(test.stage(test.commit(0, {reinit(ProtocolVersion{2})})));
}

TEST_CASE("R-MLS-54 all members have newly required capabilities") {
  TestGroup test(2);
  auto with_odd = [](LeafNodeContent& leaf) { leaf.capabilities.proposals = {odd_proposal}; };
  CommitEdits edits;
  edits.leaf = with_odd;
  Proposal demand_odd = extensions(required({{}, {odd_proposal}, {}}));
  refused(test.stage(test.commit(0, {demand_odd}, edits)), Rule::required_capabilities_met);
  // Whom the same Commit removes isn't asked.
  accepted(test.stage(test.commit(0, {demand_odd, remove(1)}, edits)));
}

TEST_CASE("R-MLS-55 all members support new GroupContext extensions") {
  TestGroup test(2);
  CommitEdits edits;
  edits.leaf = [](LeafNodeContent& leaf) { leaf.capabilities.extensions = {odd_extension}; };
  ExtensionList list;
  list.set(odd_extension, {});
  refused(test.stage(test.commit(0, {extensions(list)}, edits)), Rule::context_extensions_supported);
  accepted(test.stage(test.commit(0, {extensions(list), remove(1)}, edits)));
}

TEST_CASE("R-MLS-56 an external sender proposes neither Update nor ExternalInit") {
  Client service;
  TestGroup test(2, external_senders(service));
  auto from_service = [&](Proposal proposal) {
    return test.group().handle_proposal(test.proposal(Sender::external(0), service.key, std::move(proposal)), {});
  };
  refused(from_service(external_init()), Rule::external_proposal_kind);
  refused(from_service(test.update(1)), Rule::external_proposal_kind);
  accepted(from_service(remove(1)));
  accepted(from_service(Client().add()));
  accepted(from_service(psk()));
  accepted(from_service(reinit()));
  accepted(from_service(extensions(external_senders(service))));
}

TEST_CASE("R-MLS-57 a new member proposes an Add") {
  TestGroup test(2);
  Client newcomer;
  auto from_newcomer = [&](Proposal proposal) {
    return test.group().handle_proposal(test.proposal(Sender::new_member_proposal(), newcomer.key, std::move(proposal)),
                                        {});
  };
  refused(from_newcomer(remove(1)), Rule::new_member_adds);
  accepted(from_newcomer(newcomer.add()));
}

TEST_CASE("R-MLS-58 an external sender is listed") {
  Client service;
  TestGroup test(2, external_senders(service));
  auto from = [&](std::uint32_t place) {
    return test.group().handle_proposal(test.proposal(Sender::external(place), service.key, remove(1)), {});
  };
  refused(from(1), Rule::external_sender_listed);
  accepted(from(0));
  TestGroup without(2);
  auto message = without.proposal(Sender::external(0), service.key, remove(1));
  refused(without.group().handle_proposal(message, {}), Rule::external_sender_listed);
}

TEST_CASE("R-MLS-60 an external Commit has exactly one ExternalInit") {
  TestGroup test(2);
  Client joiner;
  refused(test.stage(test.external_commit(joiner, {})), Rule::one_external_init);
  refused(test.stage(test.external_commit(joiner, {external_init(), external_init()})), Rule::one_external_init);
  accepted(test.stage(test.external_commit(joiner, {external_init(), psk()})));
}

TEST_CASE("R-MLS-61 an external Commit has at most one Remove") {
  TestGroup test(4);
  Client joiner;
  refused(test.stage(test.external_commit(joiner, {external_init(), remove(1), remove(2)})), Rule::one_resync_remove);
  accepted(test.stage(test.external_commit(joiner, {external_init(), remove(1)})));
}

TEST_CASE("R-MLS-62 an external Commit has no other proposals") {
  TestGroup test(2);
  Client joiner;
  refused(test.stage(test.external_commit(joiner, {external_init(), Client().add()})), Rule::external_commit_kinds);
  refused(test.stage(test.external_commit(joiner, {external_init(), extensions({})})), Rule::external_commit_kinds);
}

TEST_CASE("R-MLS-63 a rejoiner's leaf has a new encryption key") {
  TestGroup test(3);
  Client joiner{test.client(1).key.duplicate()};
  CommitEdits edits;
  PublicKeyBytes old = test.group().tree().leaf({1})->content().encryption_key;
  edits.leaf = [&](LeafNodeContent& leaf) { leaf.encryption_key = old; };
  refused(test.stage(test.external_commit(joiner, {external_init(), remove(1)}, edits)), Rule::resync_key_differs);
  accepted(test.stage(test.external_commit(joiner, {external_init(), remove(1)})));
}

TEST_CASE("R-MLS-64 an external Commit refers to no proposal") {
  TestGroup test(3);
  ProposalOrRef held = by_reference(test, test.member_proposal(0, psk()));
  Client joiner;
  CommitEdits edits;
  edits.content = [&](FramedContent& content) { std::get<Commit>(content.body).proposals.push_back(held); };
  refused(test.stage(test.external_commit(joiner, {external_init()}, edits)), Rule::external_commit_by_value);
}

TEST_CASE("R-MLS-69 a proposal referred to is held") {
  TestGroup test(2);
  ProposalOrRef known = by_reference(test, test.member_proposal(1, psk()));
  ProposalOrRef unknown{ProposalRef{Digest(Bytes(32, 1))}};
  refused(test.stage(test.commit_of(0, {known, unknown})), Rule::proposal_held);
  accepted(test.stage(test.commit_of(0, {known})));
}

TEST_CASE("a proposal is held once, forgotten by name and with its epoch") {
  TestGroup test(2);
  auto message = test.member_proposal(1, psk());
  test.must_hold(message);
  test.must_hold(message);
  CHECK(test.group().proposals().held().size() == 1);
  test.group().forget_proposal(message.proposal_ref(suite));
  CHECK(test.group().proposals().held().empty());
  test.must_hold(message);
  test.must(test.commit(0, {}));
  CHECK(test.group().proposals().held().empty());
}

TEST_CASE("the pool of proposals is bounded") {
  ProposalPool pool;
  auto proposal = std::make_shared<const Proposal>(remove(1));
  for (std::size_t i = 0; i < limits::proposals_held_max; ++i) {
    Bytes name{static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)};
    REQUIRE(pool.hold({{Digest(name)}, proposal, Sender::member({0})}));
  }
  auto full = pool.hold({{Digest(Bytes(3, 0))}, proposal, Sender::member({0})});
  REQUIRE_FALSE(full);
  CHECK(full.error().code == Code::too_many);
}

}  // namespace encuentro::mls::testing
