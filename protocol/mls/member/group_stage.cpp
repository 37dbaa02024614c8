// Judging somebody else's Commit (RFC 9420 §12.4.2).
#include "protocol/crypto/compare.h"
#include "protocol/mls/member/commit_build.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

bool removes(const CommitEffect& effect, LeafIndex leaf) {
  for (const LeafChange& change : effect.removed) {
    if (change.leaf == leaf) return true;
  }
  return false;
}

// Our own Update was committed: its private key becomes the leaf's, and its signing key, if new, ours. R-MLS-107.
Status take_own_update(const GroupState& state, const CommitEffect& effect, PathKeys& path,
                       std::optional<crypto::SigningKey>& signing_key) {
  for (const LeafChange& change : effect.updated) {
    if (change.leaf != state.own_leaf) continue;
    const HeldUpdate* held = nullptr;
    for (const HeldUpdate& update : state.updates) {
      if (update.encryption_key == (*change.after)->encryption_key) held = &update;
    }
    TRY_OK(demand(Rule::own_update_key, held != nullptr));
    if (held == nullptr) return fail(Code::missing_key);
    path.set_leaf_key(held->private_key.duplicate());
    if (held->signing_key) signing_key = held->signing_key->duplicate();
  }
  return {};
}

// §8.3: an external Commit brings its own init secret.
Result<InitSecret> init_secret_for(const GroupState& state, const CommitEffect& effect) {
  const ExternalInit* external = effect.external_init();
  if (!effect.is_external() || external == nullptr) return state.keys->secrets.init.duplicate();
  return receive_external_init(state.suite(), state.keys->secrets.external, external->kem_output);
}

struct OpenedTree {
  CommitSecret commit_secret;
  PathKeys path;
  LeafCount leaves;
};

// With the tree in its new state: drops the keys of blanked nodes and opens the path.
Result<OpenedTree> open_tree(GroupState& state, StagedEpoch& epoch) {
  StagedChange& change = epoch.change;
  OpenedTree out{no_commit_secret(state.suite()), state.keys->path.duplicate(), {}};
  TRY_OK(take_own_update(state, change.effect, out.path, epoch.signing_key));
  GroupContext provisional = change.context;
  provisional.confirmed_transcript_hash = state.shared.context().confirmed_transcript_hash;
  const std::optional<UpdatePath>& path = change.commit->content.as<Commit>()->path;
  Status opened = state.shared.with_staged_tree(change, [&](const RatchetTree& tree) -> Status {
    out.leaves = tree.leaf_count();
    out.path.keep_what_is_in(tree);
    if (!path) return {};
    TRY(OpenedPath result,
        open_path(tree, change.effect.committer, *path, change.effect.new_leaves, encoded(provisional), out.path));
    out.commit_secret = std::move(result.commit_secret);
    return {};
  });
  TRY_OK(std::move(opened));
  return out;
}

}  // namespace

Result<StagedCommit> Group::stage(const MlsMessage& message, const PskSource& psks, const LifetimePolicy& lifetime) {
  GroupState& state = *state_;
  TRY_OK(state.demand_active());
  TRY(OpenedHandshake opened, state.open(message));
  if (opened.content.content.as<Commit>() == nullptr) return fail(Code::unknown_kind);
  // Ours is pending, or was dropped: its secrets aren't in it for us.
  if (opened.content.content.sender == Sender::member(state.own_leaf)) return fail(Code::pending_commit);
  StagedEpoch epoch;
  TRY(epoch.change, state.shared.stage(std::move(opened.content), lifetime));
  const CommitEffect& effect = epoch.change.effect;
  if (removes(effect, state.own_leaf)) return GroupState::staged_commit(std::move(epoch));

  const std::vector<ResumptionPsk> own = state.own_psks();
  TRY(PskSecret psk, psk_secret_for(state.suite(), effect.proposals, {{}, own}, psks));
  TRY(InitSecret init, init_secret_for(state, effect));
  TRY(OpenedTree tree, open_tree(state, epoch));
  DerivedEpoch derived = derive_epoch(epoch.change.context, init, tree.commit_secret, psk);
  if (enforced(Rule::confirmation_tag)) {
    Digest expected =
        confirmation_tag(state.suite(), derived.secrets.confirmation, epoch.change.context.confirmed_transcript_hash);
    if (!crypto::equal_constant_time(expected.view(), epoch.change.commit->auth.confirmation_tag.view())) {
      return broken(Rule::confirmation_tag);
    }
  }
  epoch.keys = epoch_keys(state.suite(), tree.leaves, std::move(derived.secrets), std::move(tree.path));
  return GroupState::staged_commit(std::move(epoch));
}

}  // namespace encuentro::mls::member
