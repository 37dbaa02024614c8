// Making Commits and GroupInfos (RFC 9420 §12.4.1, §12.4.3).
#include "protocol/mls/member/commit_build.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

// The new leaf says what the current one says, or what a new identity wants it to.
LeafNodeContent leaf_for_path(const LeafNodeContent& current, const MemberIdentity* identity) {
  LeafNodeContent out = current;
  out.lifetime = {};
  if (identity == nullptr) return out;
  out.signature_key = identity->signing_key.public_key;
  out.credential = identity->credential;
  out.capabilities = identity->capabilities;
  out.extensions = identity->leaf_extensions;
  return out;
}

}  // namespace

Result<CommitBundle> Group::commit(const CommitOptions& options, Random& random) {
  TRY_OK(state_->demand_can_change());
  GroupState& state = *state_;
  CommitPlan plan;
  plan.sender = Sender::member(state.own_leaf);
  TRY_OK(plan_proposals(plan, state.shared, options.references, options.proposals, random));
  plan.framing = options.framing;
  plan.signer = &state.signing_key;
  plan.leaf_signer = options.new_identity != nullptr ? &options.new_identity->signing_key : &state.signing_key;
  if (options.force_path || options.new_identity != nullptr || plan.proposals.empty() ||
      path_required(plan.proposals)) {
    plan.leaf = leaf_for_path(state.shared.tree().leaf(state.own_leaf)->content(), options.new_identity);
  }
  const std::vector<ResumptionPsk> own = state.own_psks();
  TRY(plan.psk, psk_secret_for(state.suite(), plan.proposals, {{}, own}, options.psks));
  plan.init = state.keys->secrets.init.duplicate();
  plan.path_keys = &state.keys->path;
  plan.lifetime = options.lifetime;

  TRY(BuiltCommit built, build_commit(state.shared, plan, random));
  if (options.new_identity != nullptr) built.epoch.signing_key = options.new_identity->signing_key.duplicate();
  return bundle_commit(state, std::move(built), *plan.leaf_signer, options, random);
}

Result<Bytes> Group::group_info(const ExtensionList& extensions, bool with_tree) const {
  TRY_OK(state_->demand_active());
  const EpochSecrets& secrets = state_->keys->secrets;
  GroupInfo info;
  info.group_context = context();
  info.extensions = extensions;
  info.extensions.set(ExtensionType::external_pub,
                      encoded(ExternalPub{external_key_pair(state_->suite(), secrets.external).public_key}));
  if (with_tree) info.extensions.set(ExtensionType::ratchet_tree, encoded_tree());
  info.confirmation_tag = confirmation_tag(state_->suite(), secrets.confirmation, context().confirmed_transcript_hash);
  info.signer = state_->own_leaf;
  info.sign(state_->signing_key);
  return encoded(MlsMessage{std::move(info)});
}

}  // namespace encuentro::mls::member
