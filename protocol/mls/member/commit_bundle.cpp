// What goes to the delivery service with a Commit (RFC 9420 §12.4.1, §12.4.3).
#include "protocol/mls/member/commit_build.h"

namespace encuentro::mls::member {

namespace {

// A guess at what a member's leaf and a parent take, so that the buffer needn't grow and be copied.
constexpr std::size_t member_bytes = 384;

Bytes encoded_tree(const RatchetTree& tree) {
  codec::Writer writer(member_bytes * tree.leaf_count().value);
  tree.encode(writer);
  return writer.take();
}

// The GroupInfo of the new epoch.
Result<GroupInfo> build_group_info(PublicGroup& group, BuiltCommit& built, const crypto::SigningKey& signer,
                                   const GroupInfoExtensions& extensions, bool with_external_pub, bool with_tree) {
  StagedChange& change = built.epoch.change;
  GroupInfo info;
  info.group_context = change.context;
  if (extensions) {
    TRY(info.extensions, extensions({change.context.cipher_suite, built.epoch.keys->secrets.exporter}));
  }
  if (with_external_pub) {
    auto pair = external_key_pair(change.context.cipher_suite, built.epoch.keys->secrets.external);
    info.extensions.set(ExtensionType::external_pub, encoded(ExternalPub{pair.public_key}));
  }
  if (with_tree) {
    Bytes tree = group.with_staged_tree(change, encoded_tree);
    std::erase_if(info.extensions.items, [](const Extension& e) { return e.type == ExtensionType::ratchet_tree; });
    info.extensions.items.push_back({ExtensionType::ratchet_tree, std::move(tree)});
  }
  info.confirmation_tag = change.commit->auth.confirmation_tag;
  info.signer = change.effect.committer;
  info.sign(signer);
  return info;
}

// One Welcome for all leaves that Add proposals brought.
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

}  // namespace

Result<CommitBundle> bundle_commit(GroupState& state, BuiltCommit built, const crypto::SigningKey& leaf_signer,
                                   const CommitOptions& options, Random& random) {
  CommitBundle out;
  if (!built.epoch.change.effect.new_leaves.empty()) {
    TRY(GroupInfo info,
        build_group_info(state.shared, built, leaf_signer, options.welcome_extensions, false, options.tree_in_welcome));
    TRY(Welcome welcome, build_welcome(built, info, random));
    codec::Writer writer(welcome.encrypted_group_info.size() + member_bytes * (1 + welcome.secrets.size()));
    MlsMessage{std::move(welcome)}.encode(writer);
    out.welcome = writer.take();
  }
  if (options.group_info) {
    TRY(GroupInfo info,
        build_group_info(state.shared, built, leaf_signer, options.group_info, true, options.tree_in_group_info));
    out.group_info = encoded(MlsMessage{std::move(info)});
  }
  TRY(out.commit, state.seal(*built.epoch.change.commit, random));
  state.pending = PendingCommit{GroupState::staged_commit(std::move(built.epoch)), out.commit};
  ++state.counter;
  return out;
}

}  // namespace encuentro::mls::member
