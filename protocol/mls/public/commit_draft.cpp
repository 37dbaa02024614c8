#include "protocol/mls/public/commit_draft.h"

#include <algorithm>

#include "protocol/base/sorting.h"
#include "protocol/mls/public/public_group.h"
#include "protocol/mls/public/rules.h"
#include "protocol/mls/public/transcript.h"

namespace encuentro::mls {

CommitDraft::CommitDraft(PublicGroup& group, TreeChange change, const LifetimePolicy& lifetime)
    : group_(&group), change_(std::move(change)), lifetime_(lifetime) {}

CommitDraft::CommitDraft(CommitDraft&& other) noexcept
    : group_(std::exchange(other.group_, nullptr)),
      change_(std::move(other.change_)),
      lifetime_(other.lifetime_),
      demands_(std::move(other.demands_)),
      effect_(std::move(other.effect_)),
      path_(std::move(other.path_)) {}

CommitDraft::~CommitDraft() {
  if (group_ != nullptr) tree().undo(change_);
}

RatchetTree& CommitDraft::tree() { return group_->tree_; }

Result<CommitDraft> CommitDraft::begin(PublicGroup& group, Sender sender, ProposalList list, bool has_path,
                                       const LifetimePolicy& lifetime) {
  CommitDraft draft(group, group.tree_.begin(), lifetime);
  draft.effect_.sender = sender;
  draft.effect_.has_path = has_path;
  draft.effect_.proposals = std::move(list);
  TRY_OK(draft.check_proposals());
  TRY_OK(draft.apply_proposals());
  if (has_path) {
    if (draft.effect_.committer.value >= draft.tree().leaf_count().value) return fail(Code::invalid_commit);
    draft.path_ = draft.tree().filtered_direct_path(draft.effect_.committer);
  }
  return draft;
}

Status CommitDraft::check_proposals() {
  const ProposalList& list = effect_.proposals;
  const GroupContext& context = group_->context_;
  // §12.3: the new extensions are the ones the other proposals are judged by.
  const ExtensionList* changed = effect_.extensions();
  TRY(demands_, LeafDemands::of(context.cipher_suite, changed != nullptr ? *changed : context.extensions));
  if (effect_.is_external()) {
    TRY_OK(check_list_of_joiner(list));
    TRY_OK(demand(Rule::external_commit_path, effect_.has_path));
  } else {
    TRY_OK(check_list_of_member(list, effect_.sender.leaf(), tree()));
    TRY_OK(demand(Rule::path_if_no_proposals, effect_.has_path || !list.empty()));
    TRY_OK(demand(Rule::path_if_required, effect_.has_path || !path_required(list)));
  }
  ProposalContext surroundings{context, tree(), demands_, lifetime_};
  for (const CommittedProposal& entry : list) {
    TRY_OK(check_proposal(*entry.proposal, entry.sender, surroundings));
    // A proposal that is held was verified when it came.
    if (!entry.by_reference) TRY_OK(check_proposal_signatures(*entry.proposal, entry.sender, context));
  }
  return {};
}

// §12.3: Updates, then Removes, then Adds in the order of the list.
Status CommitDraft::apply_proposals() {
  const ProposalList& list = effect_.proposals;
  for (const CommittedProposal& entry : list) {
    const Update* update = entry.proposal->as<Update>();
    if (update == nullptr) continue;
    LeafIndex at = entry.sender.leaf();
    effect_.updated.push_back({at, tree().leaf_pointer(at), update->leaf_node});
    tree().update(change_, at, update->leaf_node);
  }
  for (const CommittedProposal& entry : list) {
    const Remove* remove = entry.proposal->as<Remove>();
    if (remove == nullptr || tree().leaf(remove->removed) == nullptr) continue;
    effect_.removed.push_back({remove->removed, tree().leaf_pointer(remove->removed), nullptr});
    tree().remove(change_, remove->removed);
  }
  for (const CommittedProposal& entry : list) {
    const Add* add = entry.proposal->as<Add>();
    if (add == nullptr) continue;
    if (tree().next_free_leaf().value >= limits::mls_leaves_max) {
      return fail(Code::too_large, "", limits::mls_leaves_max, limits::mls_leaves_max + 1);
    }
    LeafIndex at = tree().add(change_, add->key_package->leaf_node);
    effect_.added.push_back({at, nullptr, add->key_package->leaf_node});
    effect_.new_leaves.push_back(at);
  }
  put_in_order(effect_.new_leaves);
  if (effect_.is_external()) {
    if (tree().next_free_leaf().value >= limits::mls_leaves_max) {
      return fail(Code::too_large, "", limits::mls_leaves_max, limits::mls_leaves_max + 1);
    }
    effect_.committer = tree().make_room(change_);
  } else {
    effect_.committer = effect_.sender.leaf();
  }
  return {};
}

Digest CommitDraft::set_path(std::span<const PublicKeyBytes> keys) {
  return tree().set_path(change_, effect_.committer, keys);
}

void CommitDraft::set_leaf(LeafPointer leaf) {
  LeafChange changed{effect_.committer, tree().leaf_pointer(effect_.committer), leaf};
  (effect_.is_external() ? effect_.added : effect_.updated).push_back(std::move(changed));
  tree().replace_leaf(change_, effect_.committer, std::move(leaf));
}

Status CommitDraft::check_path_leaf(const LeafNode& leaf) {
  TRY_OK(demand(Rule::path_leaf_source, leaf->source == LeafNodeSource::commit));
  TRY_OK(check_leaf(leaf.content(), demands_, lifetime_));
  if (const LeafNode* current = tree().leaf(effect_.committer)) {
    TRY_OK(demand(Rule::path_leaf_key_differs, leaf->encryption_key != (*current)->encryption_key));
  }
  // A joiner's Remove replaces its old leaf, so the new one is held to what an Update would be (§12.2).
  if (effect_.is_external() && !effect_.removed.empty()) {
    const LeafNode& old = *effect_.removed.front().before;
    TRY_OK(demand(Rule::resync_key_differs, leaf->encryption_key != old->encryption_key));
  }
  const GroupContext& context = group_->context_;
  return check_leaf_signature(leaf, context.cipher_suite, {context.group_id, effect_.committer});
}

Status CommitDraft::check_path_keys(const UpdatePath& path) {
  TRY_OK(demand(Rule::path_length, path.nodes.size() == path_.size(), path_.size(), path.nodes.size()));
  if (path.nodes.size() != path_.size()) return fail(Code::invalid_commit);
  std::vector<PublicKeyBytes> keys{path.leaf_node->content().encryption_key};
  for (std::size_t i = 0; i < path_.size(); ++i) {
    std::size_t receivers = tree().resolution_without(path_[i].copath, effect_.new_leaves).size();
    std::size_t ciphertexts = path.nodes[i].encrypted_path_secret.size();
    TRY_OK(demand(Rule::path_ciphertexts, ciphertexts == receivers, receivers, ciphertexts));
    TRY_OK(check_hpke_key(path.nodes[i].encryption_key, demands_.suite));
    keys.push_back(path.nodes[i].encryption_key);
  }
  // The committer's own current key in the new leaf is R-MLS-77's.
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto holder = tree().node_with_encryption_key(keys[i].view());
    bool own = i == 0 && holder == node_of(effect_.committer);
    TRY_OK(demand(Rule::path_keys_fresh, !holder || own, 0, holder ? holder->value : 0));
  }
  put_in_order(keys);
  bool twice = std::adjacent_find(keys.begin(), keys.end()) != keys.end();
  return demand(Rule::path_keys_fresh, !twice);
}

Status CommitDraft::apply_path(const UpdatePath& path) {
  TRY_OK(check_path_leaf(*path.leaf_node));
  TRY_OK(check_path_keys(path));
  std::vector<PublicKeyBytes> keys;
  keys.reserve(path.nodes.size());
  for (const UpdatePathNode& node : path.nodes) keys.push_back(node.encryption_key);
  Digest parent_hash = set_path(keys);
  TRY_OK(demand(Rule::path_parent_hash, path.leaf_node->content().parent_hash == parent_hash));
  set_leaf(path.leaf_node);
  return {};
}

Status CommitDraft::check_result() {
  TRY_OK(demand(Rule::signature_key_unique, !tree().has_duplicate_signature_keys()));
  TRY_OK(demand(Rule::encryption_key_unique, !tree().has_duplicate_encryption_keys()));
  for (const auto* changes : {&effect_.added, &effect_.updated}) {
    for (const LeafChange& changed : *changes) TRY_OK(check_leaf_credentials(changed.after->content(), tree()));
  }
  if (effect_.extensions() == nullptr) return {};
  for (ExtensionType type : demands_.extensions) {
    TRY_OK(demand(Rule::context_extensions_supported, tree().all_support(type), static_cast<std::uint64_t>(type)));
  }
  const RequiredCapabilities& required = demands_.required;
  auto all_support = [&](auto type) { return tree().all_support(type); };
  bool met = std::all_of(required.extension_types.begin(), required.extension_types.end(), all_support) &&
             std::all_of(required.proposal_types.begin(), required.proposal_types.end(), all_support) &&
             std::all_of(required.credential_types.begin(), required.credential_types.end(), all_support);
  return demand(Rule::required_capabilities_met, met);
}

GroupContext CommitDraft::provisional_context() {
  GroupContext context = group_->context_;
  context.epoch = context.epoch.next();
  context.tree_hash = tree().tree_hash();
  if (const ExtensionList* changed = effect_.extensions()) context.extensions = *changed;
  return context;
}

StagedChange CommitDraft::finish(std::shared_ptr<const AuthenticatedContent> commit) && {
  StagedChange staged;
  staged.context = provisional_context();
  crypto::Suite suite = staged.context.cipher_suite;
  staged.context.confirmed_transcript_hash =
      confirmed_transcript_hash(suite, group_->interim_transcript_hash_, *commit);
  staged.interim_transcript_hash =
      interim_transcript_hash(suite, staged.context.confirmed_transcript_hash, commit->auth.confirmation_tag);
  tree().undo(change_);
  group_ = nullptr;
  staged.commit = std::move(commit);
  staged.effect = std::move(effect_);
  staged.tree = std::move(change_);
  return staged;
}

}  // namespace encuentro::mls
