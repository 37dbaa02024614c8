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
  Bytes context = encoded(draft.provisional_context());
  TRY(auto nodes, encrypt_path(draft.tree(), path, draft.effect().new_leaves, context, random));
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
  out.content = std::make_shared<const AuthenticatedContent>(std::move(content));
  out.epoch.change = std::move(draft).finish(out.content);
  out.epoch.keys = epoch_keys(before.cipher_suite, leaves, std::move(derived.secrets), std::move(own));
  out.joiner_secret = std::move(derived.joiner_secret);
  out.member_secret = std::move(derived.member_secret);
  return out;
}

Result<GroupInfo> build_group_info(PublicGroup& group, BuiltCommit& built, const crypto::SigningKey& signer,
                                   ExtensionList extensions, bool with_external_pub, bool with_tree) {
  StagedChange& change = built.epoch.change;
  GroupInfo info;
  info.group_context = change.context;
  info.extensions = std::move(extensions);
  if (with_external_pub) {
    auto pair = external_key_pair(change.context.cipher_suite, built.epoch.keys->secrets.external);
    info.extensions.set(ExtensionType::external_pub, encoded(ExternalPub{pair.public_key}));
  }
  if (with_tree) {
    codec::Writer writer;
    group.with_staged_tree(change, [&](const RatchetTree& tree) { tree.encode(writer); });
    info.extensions.set(ExtensionType::ratchet_tree, writer.view());
  }
  info.confirmation_tag = built.content->auth.confirmation_tag;
  info.signer = change.effect.committer;
  info.sign(signer);
  return info;
}

Result<Welcome> build_welcome(const BuiltCommit& built, const GroupInfo& group_info, Random& random) {
  const CommitEffect& effect = built.epoch.change.effect;
  const crypto::Suite suite = group_info.group_context.cipher_suite;
  Welcome out;
  out.cipher_suite = suite;
  out.encrypted_group_info = seal_group_info(suite, welcome_secret(suite, built.member_secret), group_info);
  GroupSecrets secrets;
  secrets.joiner_secret = built.joiner_secret.duplicate();
  for (const PreSharedKeyId* psk : effect.psks()) secrets.psks.push_back(*psk);
  std::size_t next = 0;  // effect.added stands in the order of the Adds
  for (const CommittedProposal& entry : effect.proposals) {
    const Add* add = entry.proposal->as<Add>();
    if (add == nullptr) continue;
    const LeafIndex leaf = effect.added[next++].leaf;
    const PathSecret* secret = built.path ? built.path->secret_above(leaf) : nullptr;
    secrets.path_secret.reset();
    if (secret != nullptr) secrets.path_secret = secret->duplicate();
    TRY(auto sealed, seal_group_secrets(suite, add->key_package, secrets, out.encrypted_group_info, random));
    out.secrets.push_back(std::move(sealed));
  }
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
