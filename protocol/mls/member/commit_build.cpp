#include "protocol/mls/member/commit_build.h"

#include "protocol/mls/public/rules.h"
#include "protocol/mls/public/transcript.h"

namespace encuentro::mls::member {

namespace {

// Draws and encrypts the path, makes and signs the new leaf. Leaves the private keys in `own`.
Result<CommitSecret> add_path(CommitDraft& draft, const CommitPlan& plan, const GroupContext& before, Commit& commit,
                              PathKeys& own, BuiltCommit& out, Random& random) {
  const crypto::Suite suite = before.cipher_suite;
  DrawnPath path = draw_path(suite, draft.path(), random);
  crypto::HpkeKeyPair leaf_pair = crypto::hpke_generate(suite, random);
  LeafNodeContent content = *plan.leaf;
  content.source = LeafNodeSource::commit;
  content.encryption_key = leaf_pair.public_key;
  content.parent_hash = draft.set_path(path.public_keys());
  auto leaf = std::make_shared<const LeafNode>(
      LeafNode::sign(std::move(content), suite, *plan.leaf_signer, {before.group_id, draft.committer()}));
  draft.set_leaf(leaf);
  TRY_OK(draft.check_result());
  const GroupContext context = draft.provisional_context();
  // §7.3: our own leaf too, which a new identity may have made unfit for this group.
  TRY(LeafDemands demands, LeafDemands::of(suite, context.extensions));
  TRY_OK(check_leaf(leaf->content(), demands, plan.lifetime));
  TRY(auto nodes, encrypt_path(draft.tree(), path, draft.effect().new_leaves, encoded(context), random));
  commit.path = UpdatePath{std::move(leaf), std::move(nodes)};

  own = plan.path_keys != nullptr ? plan.path_keys->duplicate() : PathKeys(draft.committer(), {});
  own.set_leaf_key(std::move(leaf_pair.private_key));
  own.keep_what_is_in(draft.tree());
  path.move_keys_to(own);
  CommitSecret secret = std::move(path.commit_secret);
  out.path = std::move(path);
  return secret;
}

AuthenticatedContent signed_content(const CommitPlan& plan, const GroupContext& before, Commit commit) {
  AuthenticatedContent content;
  content.wire_format = plan.framing.wire_format;
  content.content.group_id = before.group_id;
  content.content.epoch = before.epoch;
  content.content.sender = plan.sender;
  content.content.authenticated_data = plan.framing.authenticated_data;
  content.content.body = std::move(commit);
  content.sign(before.cipher_suite, *plan.signer, &before);
  return content;
}

}  // namespace

DerivedEpoch derive_epoch(const GroupContext& context, const InitSecret& init, const CommitSecret& commit,
                          const PskSecret& psk) {
  const crypto::Suite suite = context.cipher_suite;
  const Bytes encoded_context = encoded(context);
  DerivedEpoch out;
  out.joiner_secret = joiner_secret(suite, init, commit, encoded_context);
  out.member_secret = member_secret(suite, out.joiner_secret, psk);
  out.secrets = EpochSecrets::derive(suite, epoch_secret(suite, out.member_secret, encoded_context));
  return out;
}

EpochKeys epoch_keys(crypto::Suite suite, LeafCount leaves, EpochSecrets secrets, PathKeys path) {
  SecretTree messages(suite, leaves, std::move(secrets.encryption));
  return {std::move(secrets), std::move(messages), std::move(path)};
}

Result<BuiltCommit> build_commit(PublicGroup& group, const CommitPlan& plan, Random& random) {
  const GroupContext before = group.context();
  BuiltCommit out;
  TRY(CommitDraft draft, CommitDraft::begin(group, plan.sender, plan.proposals, plan.leaf.has_value(), plan.lifetime));
  Commit commit;
  commit.proposals = plan.wire_proposals;
  CommitSecret commit_secret = no_commit_secret(before.cipher_suite);
  PathKeys own;
  if (plan.leaf) {
    TRY(commit_secret, add_path(draft, plan, before, commit, own, out, random));
  } else {
    TRY_OK(draft.check_result());
    own = plan.path_keys->duplicate();
    own.keep_what_is_in(draft.tree());
  }

  AuthenticatedContent content = signed_content(plan, before, std::move(commit));
  GroupContext context = draft.provisional_context();
  context.confirmed_transcript_hash =
      confirmed_transcript_hash(before.cipher_suite, group.interim_transcript_hash(), content);
  DerivedEpoch derived = derive_epoch(context, plan.init, commit_secret, plan.psk);
  content.auth.confirmation_tag =
      confirmation_tag(before.cipher_suite, derived.secrets.confirmation, context.confirmed_transcript_hash);
  const LeafCount leaves = draft.tree().leaf_count();
  out.epoch.change = std::move(draft).finish(std::make_shared<const AuthenticatedContent>(std::move(content)));
  out.epoch.keys = epoch_keys(before.cipher_suite, leaves, std::move(derived.secrets), std::move(own));
  out.joiner_secret = std::move(derived.joiner_secret);
  out.member_secret = std::move(derived.member_secret);
  return out;
}

Status plan_proposals(CommitPlan& plan, const PublicGroup& group, std::span<const ProposalRef> references,
                      std::span<const Proposal> by_value, Random& random) {
  for (const ProposalRef& reference : references) {
    const HeldProposal* held = group.proposals().find(reference);
    if (held == nullptr) return broken(Rule::proposal_held);
    plan.proposals.push_back({held->proposal, held->sender, true});
    plan.wire_proposals.push_back({reference});
  }
  for (Proposal proposal : by_value) {
    if (auto* psk = std::get_if<PreSharedKey>(&proposal.value); psk != nullptr && psk->psk.psk_nonce.empty()) {
      psk->psk.psk_nonce.resize(crypto::parameters(group.suite()).hash_bytes);
      random.fill(psk->psk.psk_nonce);
    }
    plan.wire_proposals.push_back({proposal});
    plan.proposals.push_back({std::make_shared<const Proposal>(std::move(proposal)), plan.sender, false});
  }
  return {};
}

Result<PskSecret> psk_secret_for(crypto::Suite suite, const ProposalList& list, const PskSource& own,
                                 const PskSource& lent) {
  std::vector<PreSharedKeyId> ids;
  for (const CommittedProposal& entry : list) {
    if (const auto* psk = entry.proposal->as<PreSharedKey>()) ids.push_back(psk->psk);
  }
  return psk_secret_of(suite, ids, own, lent, Rule::psks_available);
}

}  // namespace encuentro::mls::member
