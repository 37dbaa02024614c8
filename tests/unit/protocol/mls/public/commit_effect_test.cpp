#include "protocol/mls/public/commit_effect.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {

TEST_CASE("the effect of a Commit is laid open") {
  TestGroup test(5);
  auto update = test.member_proposal(1, test.update(1));
  test.must_hold(update);
  Client newcomer;
  ExtensionList list;
  list.set(ExtensionType::external_senders, encoded(ExternalSenders{}));
  auto staged = test.stage(
      test.commit_of(0, {{update.proposal_ref(suite)}, {remove(3)}, {newcomer.add()}, {extensions(list)}, {psk()}}));
  accepted(staged);
  const CommitEffect& effect = staged->effect;
  CHECK(effect.committer == LeafIndex{0});
  CHECK_FALSE(effect.is_external());
  CHECK(effect.has_path);
  REQUIRE(effect.added.size() == 1);
  CHECK(effect.added[0].leaf == LeafIndex{3});  // the leaf that was just freed
  CHECK(effect.added[0].after->content().signature_key == newcomer.key.public_key);
  REQUIRE(effect.removed.size() == 1);
  CHECK(effect.removed[0].leaf == LeafIndex{3});
  REQUIRE(effect.updated.size() == 2);
  CHECK(effect.updated[0].leaf == LeafIndex{1});
  CHECK(effect.updated[1].leaf == LeafIndex{0});
  REQUIRE(effect.extensions() != nullptr);
  CHECK(*effect.extensions() == list);
  CHECK(effect.psks().size() == 1);
  CHECK(effect.reinit() == nullptr);
  REQUIRE(effect.proposals.size() == 5);
  CHECK(effect.proposals[0].by_reference);
  CHECK(effect.proposals[0].sender == Sender::member({1}));
  CHECK(staged->context.extensions == list);
}

}  // namespace encuentro::mls::testing
