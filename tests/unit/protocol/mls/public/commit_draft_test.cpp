#include "protocol/mls/public/commit_draft.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {
namespace {

CommitEdits without_path() {
  CommitEdits edits;
  edits.without_path = true;
  return edits;
}

CommitEdits editing_path(std::function<void(UpdatePath&)> path) {
  CommitEdits edits;
  edits.path = std::move(path);
  return edits;
}

}  // namespace

TEST_CASE("R-MLS-65 an external Commit has a path") {
  TestGroup test(2);
  refused(test.stage(test.external_commit(Client(), {external_init()}, without_path())), Rule::external_commit_path);
}

TEST_CASE("R-MLS-70 a Commit without proposals has a path") {
  TestGroup test(2);
  refused(test.stage(test.commit(0, {}, without_path())), Rule::path_if_no_proposals);
}

TEST_CASE("R-MLS-71 a Commit of proposals that require it has a path") {
  TestGroup test(2);
  refused(test.stage(test.commit(0, {remove(1)}, without_path())), Rule::path_if_required);
  refused(test.stage(test.commit(0, {extensions({})}, without_path())), Rule::path_if_required);
  refused(test.stage(test.commit(0, {psk(), extensions({})}, without_path())), Rule::path_if_required);
  accepted(test.stage(test.commit(0, {Client().add(), psk()}, without_path())));
  accepted(test.stage(test.commit(0, {reinit()}, without_path())));
}

TEST_CASE("R-MLS-77 the committer's new leaf has a new encryption key") {
  TestGroup test(2);
  PublicKeyBytes old = test.group().tree().leaf({0})->content().encryption_key;
  CommitEdits edits;
  edits.leaf = [&](LeafNodeContent& leaf) { leaf.encryption_key = old; };
  refused(test.stage(test.commit(0, {}, edits)), Rule::path_leaf_key_differs);
}

TEST_CASE("R-MLS-78 no key of a path is in the tree already") {
  TestGroup test(4);
  PublicKeyBytes of_leaf = test.group().tree().leaf({3})->content().encryption_key;
  PublicKeyBytes of_parent = test.group().tree().parent({3})->encryption_key;
  // A path's parent hash covers its keys, so the leaf is signed over the hash of these very keys.
  auto with_key = [&](std::size_t node, const PublicKeyBytes& key) {
    CommitEdits edits;
    edits.path = [&test, node, key](UpdatePath& path) {
      path.nodes[node].encryption_key = key;
      RatchetTree tree = test.group().tree();
      TreeChange change = tree.begin();
      std::vector<PublicKeyBytes> keys;
      for (const UpdatePathNode& step : path.nodes) keys.push_back(step.encryption_key);
      LeafNodeContent leaf = path.leaf_node->content();
      leaf.parent_hash = tree.set_path(change, {0}, keys);
      LeafPosition position{test.group().context().group_id, {0}};
      path.leaf_node = std::make_shared<const LeafNode>(LeafNode::sign(leaf, suite, test.client(0).key, position));
    };
    return edits;
  };
  refused(test.stage(test.commit(0, {}, with_key(0, of_leaf))), Rule::path_keys_fresh);
  refused(test.stage(test.commit(0, {}, with_key(0, of_parent))), Rule::path_keys_fresh);
  refused(test.stage(test.commit(0, {}, with_key(1, of_parent))), Rule::path_keys_fresh);
  CommitEdits leaf_taken;
  leaf_taken.leaf = [&](LeafNodeContent& leaf) { leaf.encryption_key = of_leaf; };
  refused(test.stage(test.commit(0, {}, leaf_taken)), Rule::path_keys_fresh);
}

TEST_CASE("R-MLS-79 the new leaf's parent hash is the path's") {
  TestGroup test(4);
  CommitEdits edits;
  edits.leaf = [](LeafNodeContent& leaf) { leaf.parent_hash.data()[0] ^= 1; };
  refused(test.stage(test.commit(0, {}, edits)), Rule::path_parent_hash);
  edits.leaf = [](LeafNodeContent& leaf) { leaf.parent_hash.clear(); };
  refused(test.stage(test.commit(0, {}, edits)), Rule::path_parent_hash);
}

TEST_CASE("R-MLS-80 a path has as many nodes as the filtered direct path") {
  TestGroup test(4);
  auto shorter = editing_path([](UpdatePath& path) { path.nodes.pop_back(); });
  refused(test.stage(test.commit(0, {}, shorter)), Rule::path_length);
  auto longer = editing_path([](UpdatePath& path) { path.nodes.push_back(path.nodes.back()); });
  refused(test.stage(test.commit(0, {}, longer)), Rule::path_length);
}

TEST_CASE("R-MLS-81 a path node has as many ciphertexts as there are receivers") {
  TestGroup test(4);
  auto fewer = editing_path([](UpdatePath& path) { path.nodes[0].encrypted_path_secret.clear(); });
  refused(test.stage(test.commit(0, {}, fewer)), Rule::path_ciphertexts);
  auto more = editing_path([](UpdatePath& path) {
    auto& ciphertexts = path.nodes[1].encrypted_path_secret;
    ciphertexts.push_back(ciphertexts.back());
  });
  refused(test.stage(test.commit(0, {}, more)), Rule::path_ciphertexts);
}

TEST_CASE("new leaves are left out of the receivers") {
  TestGroup test(3);
  Client newcomer;
  auto staged = test.stage(test.commit(0, {newcomer.add(), Client().add()}));
  accepted(staged);
  CHECK(staged->effect.new_leaves == std::vector<LeafIndex>{{3}, {4}});
}

TEST_CASE("a draft that is dropped leaves the group as it was") {
  TestGroup test(4);
  Bytes before = encoded(test.group());
  {
    auto draft = CommitDraft::begin(test.group(), Sender::member({1}), {}, true, {});
    REQUIRE(draft);
    std::vector<PublicKeyBytes> keys(draft->path().size());
    for (auto& key : keys) key = fresh_key();
    draft->set_path(keys);
    CHECK(draft->tree().tree_hash() != test.group().context().tree_hash);
  }
  CHECK(encoded(test.group()) == before);
}

TEST_CASE("a committer's draft and a receiver's judgement come to the same epoch") {
  TestGroup test(5);
  PublicGroup receiver = test.group();
  Client& committer = test.client(2);
  auto proposal = std::make_shared<const Proposal>(remove(4));
  auto draft =
      CommitDraft::begin(test.group(), Sender::member({2}), {{proposal, Sender::member({2}), false}}, true, {});
  REQUIRE(draft);
  UpdatePath path;
  std::vector<PublicKeyBytes> keys;
  for (const PathStep& step : draft->path()) {
    std::size_t receivers = draft->tree().resolution_without(step.copath, draft->effect().new_leaves).size();
    path.nodes.push_back({fresh_key(), std::vector<crypto::HpkeCiphertext>(receivers)});
    keys.push_back(path.nodes.back().encryption_key);
  }
  LeafNodeContent leaf = committer.content();
  leaf.source = LeafNodeSource::commit;
  leaf.parent_hash = draft->set_path(keys);
  LeafPosition position{receiver.context().group_id, {2}};
  path.leaf_node = std::make_shared<const LeafNode>(LeafNode::sign(std::move(leaf), suite, committer.key, position));
  draft->set_leaf(path.leaf_node);
  REQUIRE(draft->check_result());

  AuthenticatedContent message;
  message.content = test.framed(Sender::member({2}));
  message.content.body = Commit{{{*proposal}}, path};
  message.sign(suite, committer.key, &receiver.context());
  message.auth.confirmation_tag = Digest(Bytes(32, 8));
  StagedChange own = std::move(*draft).finish(std::make_shared<const AuthenticatedContent>(message));
  auto theirs = receiver.stage(message, {});
  accepted(theirs);
  CHECK(own.context == theirs->context);
  CHECK(own.interim_transcript_hash == theirs->interim_transcript_hash);
  test.group().merge(std::move(own));
  receiver.merge(std::move(*theirs));
  CHECK(encoded(test.group()) == encoded(receiver));
}

}  // namespace encuentro::mls::testing
