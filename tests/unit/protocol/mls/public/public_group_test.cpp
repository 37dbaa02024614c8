#include "protocol/mls/public/public_group.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {
namespace {

const Digest tag(Bytes(32, 3));

GroupInfo group_info_of(const GroupContext& context, const Client& signer, std::uint32_t leaf) {
  GroupInfo info;
  info.group_context = context;
  info.confirmation_tag = tag;
  info.signer = {leaf};
  info.sign(signer.key);
  return info;
}

GroupInfo with_tree(TestGroup& test, std::uint32_t signer = 0) {
  GroupInfo info = group_info_of(test.group().context(), test.client(signer), signer);
  info.extensions.set(ExtensionType::ratchet_tree, encoded(test.group().tree()));
  info.sign(test.client(signer).key);
  return info;
}

CommitEdits editing_content(std::function<void(FramedContent&)> content) {
  CommitEdits edits;
  edits.content = std::move(content);
  return edits;
}

}  // namespace

TEST_CASE("R-MLS-72 a message names this group") {
  TestGroup test(2);
  auto other = editing_content([](FramedContent& content) { content.group_id.push_back(1); });
  refused(test.stage(test.commit(0, {}, other)), Rule::group_id_matches);
}

TEST_CASE("R-MLS-73 a message names the current epoch") {
  TestGroup test(2);
  auto later = editing_content([](FramedContent& content) { content.epoch = content.epoch.next(); });
  auto refusal = test.stage(test.commit(0, {}, later));
  refused(refusal, Rule::epoch_matches);
  CHECK(refusal.error().expected == 1);
  CHECK(refusal.error().got == 2);
  // What was good for the epoch before isn't any more.
  AuthenticatedContent old = test.commit(0, {});
  test.must(old);
  refused(test.stage(old), Rule::epoch_matches);
}

TEST_CASE("R-MLS-74 a member's message names a member") {
  TestGroup test(3);
  for (std::uint32_t leaf : {3u, 4u, 0xffffffffu}) {
    auto nobody = editing_content([&](FramedContent& content) { content.sender = Sender::member({leaf}); });
    refused(test.stage(test.commit(0, {}, nobody)), Rule::sender_is_member);
  }
}

TEST_CASE("R-MLS-75 a Commit's signature verifies") {
  TestGroup test(2);
  CommitEdits edits;
  edits.signed_content = [](AuthenticatedContent& message) { message.auth.signature[0] ^= 1; };
  refused(test.stage(test.commit(0, {}, edits)), Rule::commit_signature);
  refused(test.stage(test.external_commit(Client(), {external_init()}, edits)), Rule::commit_signature);
}

TEST_CASE("R-MLS-76 a proposal's signature verifies") {
  TestGroup test(2);
  auto message = test.member_proposal(1, psk());
  message.auth.signature[0] ^= 1;
  refused(test.group().handle_proposal(message, {}), Rule::proposal_signature);
}

TEST_CASE("R-MLS-76 who isn't a member signs with the key that is listed or in the Add") {
  Client service, newcomer, stranger;
  ExtensionList list;
  list.set(ExtensionType::external_senders,
           encoded(ExternalSenders{{{service.key.public_key, Credential::basic(Bytes{1})}}}));
  TestGroup test(2, list);
  auto from = [&](Sender sender, const Client& signer, Proposal body) {
    return test.group().handle_proposal(test.proposal(sender, signer.key, std::move(body)), {});
  };
  refused(from(Sender::external(0), stranger, remove(1)), Rule::proposal_signature);
  accepted(from(Sender::external(0), service, remove(1)));
  refused(from(Sender::new_member_proposal(), stranger, newcomer.add()), Rule::proposal_signature);
  accepted(from(Sender::new_member_proposal(), newcomer, newcomer.add()));
  // A member's proposal isn't another member's.
  refused(from(Sender::member({1}), test.client(0), psk()), Rule::proposal_signature);
}

TEST_CASE("R-MLS-82 nothing follows a ReInit") {
  TestGroup test(2);
  test.must(test.commit(0, {reinit()}));
  CHECK(test.group().reinit().has_value());
  refused(test.stage(test.commit(1, {})), Rule::none_after_reinit);
  refused(test.group().handle_proposal(test.member_proposal(1, psk()), {}), Rule::none_after_reinit);
}

TEST_CASE("R-MLS-83 a PublicMessage holds no application data") {
  TestGroup test(2);
  PublicMessage message;
  message.content = test.framed(Sender::member({0}));
  message.content.body = Bytes{1, 2, 3};
  refused(test.group().stage(message, {}), Rule::no_public_application);
}

TEST_CASE("R-MLS-84 a sender sends what its type may") {
  TestGroup test(2);
  auto as = [](Sender sender) { return editing_content([=](FramedContent& content) { content.sender = sender; }); };
  for (Sender sender : {Sender::external(0), Sender::new_member_proposal()}) {
    FramedContent content = test.framed(sender);
    content.body = Commit{};
    auto checked = test.group().check_framing(content);
    refused(checked, Rule::sender_may_send);
  }
  FramedContent content = test.framed(Sender::new_member_commit());
  content.body = psk();
  refused(test.group().check_framing(content), Rule::sender_may_send);
  accepted(test.stage(test.commit(0, {}, as(Sender::member({0})))));
}

TEST_CASE("R-MLS-85 a GroupInfo's signer is a member") {
  TestGroup test(3);
  GroupInfo info = group_info_of(test.group().context(), test.client(0), 3);
  refused(test.group().check_group_info(info), Rule::group_info_signer);
}

TEST_CASE("R-MLS-86 a GroupInfo's signature verifies") {
  TestGroup test(3);
  GroupInfo info = group_info_of(test.group().context(), test.client(1), 1);
  accepted(test.group().check_group_info(info));
  info.signer = {2};
  refused(test.group().check_group_info(info), Rule::group_info_signature);
}

TEST_CASE("R-MLS-87 a GroupInfo's context is the group's") {
  TestGroup test(3);
  GroupContext other = test.group().context();
  other.confirmed_transcript_hash.data()[0] ^= 1;
  refused(test.group().check_group_info(group_info_of(other, test.client(0), 0)), Rule::group_info_context);
  other = test.group().context();
  other.extensions.set(odd_extension, {});
  refused(test.group().check_group_info(group_info_of(other, test.client(0), 0)), Rule::group_info_context);
}

TEST_CASE("R-MLS-88 a GroupInfo's confirmation tag is the Commit's") {
  TestGroup test(3);
  GroupInfo info = group_info_of(test.group().context(), test.client(0), 0);
  info.confirmation_tag.data()[0] ^= 1;
  info.sign(test.client(0).key);
  refused(test.group().check_group_info(info), Rule::group_info_tag);
}

TEST_CASE("R-MLS-97 the tree is the one the context names") {
  TestGroup test(3);
  TestGroup other(3);
  GroupInfo info = with_tree(test);
  info.extensions.set(ExtensionType::ratchet_tree, encoded(other.group().tree()));
  info.sign(test.client(0).key);
  refused(test.group().check_group_info(info), Rule::tree_hash_matches);
  // A leaf that signs for this group but isn't in its tree hash.
  GroupContext context = test.group().context();
  context.tree_hash.data()[0] ^= 1;
  GroupInfo joined = group_info_of(context, test.client(0), 0);
  auto nodes = decoded<RatchetTreeNodes>(encoded(test.group().tree()));
  REQUIRE(nodes);
  refused(PublicGroup::join(joined, &*nodes, {}), Rule::tree_hash_matches);
}

TEST_CASE("a group joined by its GroupInfo is the group that was followed") {
  TestGroup test(6);
  test.must(test.commit(1, {remove(3)}));
  auto joined = PublicGroup::join(with_tree(test), nullptr, {});
  accepted(joined);
  CHECK(encoded(*joined) == encoded(test.group()));
  auto no_tree = PublicGroup::join(group_info_of(test.group().context(), test.client(0), 0), nullptr, {});
  REQUIRE_FALSE(no_tree);
  CHECK(no_tree.error().code == Code::invalid_tree);
}

TEST_CASE("staging changes nothing until merge") {
  TestGroup test(5);
  Bytes before = encoded(test.group());
  Client joiner{test.client(2).key.duplicate()};
  auto external = test.stage(test.external_commit(joiner, {external_init(), remove(2)}));
  auto removal = test.stage(test.commit(0, {remove(4), Client().add()}));
  accepted(external);
  accepted(removal);
  CHECK(encoded(test.group()) == before);

  Digest seen = test.group().with_staged_tree(*removal, [](const RatchetTree& tree) {
    RatchetTree copy = tree;
    return copy.tree_hash();
  });
  CHECK(seen == removal->context.tree_hash);
  CHECK(encoded(test.group()) == before);

  test.group().merge(std::move(*external));
  CHECK(test.group().context().epoch == Epoch{5});
  CHECK(encoded(test.group()) != before);
}

TEST_CASE("an external Commit gives its joiner the leftmost free leaf") {
  TestGroup test(4);
  Client joiner;
  auto staged = test.stage(test.external_commit(joiner, {external_init()}));
  accepted(staged);
  CHECK(staged->effect.is_external());
  CHECK(staged->effect.committer == LeafIndex{4});
  CHECK(staged->effect.new_leaves.empty());
  REQUIRE(staged->effect.added.size() == 1);
  CHECK(staged->effect.external_init() != nullptr);
  test.group().merge(std::move(*staged));
  CHECK(test.group().tree().leaf_count().value == 8);

  Client again{joiner.key.duplicate()};
  auto resync = test.stage(test.external_commit(again, {external_init(), remove(4)}));
  accepted(resync);
  CHECK(resync->effect.committer == LeafIndex{4});
  CHECK(resync->effect.removed.size() == 1);
}

TEST_CASE("a GroupInfo is checked against the epoch a staged Commit leads to") {
  TestGroup test(4);
  auto staged = test.stage(test.commit(1, {remove(2)}));
  accepted(staged);
  // Signed by the key that the committer's new leaf still has.
  accepted(test.group().check_group_info(group_info_of(staged->context, test.client(1), 1), *staged));
}

TEST_CASE("R-MLS-85 a member that a staged Commit removes signs no GroupInfo of it") {
  TestGroup test(4);
  auto staged = test.stage(test.commit(1, {remove(2)}));
  accepted(staged);
  refused(test.group().check_group_info(group_info_of(staged->context, test.client(2), 2), *staged),
          Rule::group_info_signer);
}

TEST_CASE("R-MLS-87 a GroupInfo of the next epoch isn't one of this") {
  TestGroup test(4);
  auto staged = test.stage(test.commit(1, {remove(2)}));
  accepted(staged);
  refused(test.group().check_group_info(group_info_of(staged->context, test.client(1), 1)), Rule::group_info_context);
}

TEST_CASE("a stored group goes on where it was") {
  TestGroup test(5);
  test.must(test.commit(2, {remove(1)}));
  test.must_hold(test.member_proposal(3, psk()));
  Bytes stored = encoded(test.group());
  auto loaded = decoded<PublicGroup>(stored);
  REQUIRE(loaded);
  CHECK(encoded(*loaded) == stored);
  AuthenticatedContent next = test.commit(0, {});
  auto here = test.stage(next);
  auto there = loaded->stage(next, {});
  accepted(here);
  accepted(there);
  CHECK(here->context == there->context);
  for (std::size_t cut = 0; cut < stored.size(); cut += 7) {
    CHECK_FALSE(decoded<PublicGroup>(BytesView(stored).first(cut)).has_value());
  }
  stored.push_back(0);
  CHECK_FALSE(decoded<PublicGroup>(stored).has_value());
}

}  // namespace encuentro::mls::testing
