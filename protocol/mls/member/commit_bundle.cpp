// What goes to the delivery service with a Commit (RFC 9420 §12.4.1, §12.4.3).
#include "protocol/mls/member/commit_build.h"

namespace encuentro::mls::member {

namespace {

// The GroupInfo of the new epoch, signed by `signer` and encoded.
Result<Bytes> group_info_of(GroupState& state, BuiltCommit& built, const crypto::SigningKey& signer,
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
  info.confirmation_tag = change.commit->auth.confirmation_tag;
  info.signer = change.effect.committer;
  if (!with_tree) return info.sign(signer);
  std::erase_if(info.extensions.items, [](const Extension& e) { return e.type == ExtensionType::ratchet_tree; });
  return state.shared.with_staged_tree(change, [&](const RatchetTree& tree) { return info.sign(signer, &tree); });
}

// One Welcome for all leaves that Add proposals brought, as a message.
Result<Bytes> build_welcome(const BuiltCommit& built, Bytes group_info, Random& random) {
  const CommitEffect& effect = built.epoch.change.effect;
  const crypto::Suite suite = built.epoch.change.context.cipher_suite;
  Welcome out;
  out.cipher_suite = suite;
  out.encrypted_group_info = seal_group_info(suite, welcome_secret(suite, built.member_secret), std::move(group_info));
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
  constexpr std::size_t newcomer_bytes = 384;  // about what one takes, so that the buffer needn't grow
  codec::Writer writer(out.encrypted_group_info.size() + newcomer_bytes * (1 + out.secrets.size()));
  MlsMessage{std::move(out)}.encode(writer);
  return writer.take();
}

}  // namespace

Result<CommitBundle> bundle_commit(GroupState& state, BuiltCommit built, const crypto::SigningKey& leaf_signer,
                                   const CommitOptions& options, Random& random) {
  CommitBundle out;
  if (!built.epoch.change.effect.new_leaves.empty()) {
    TRY(Bytes info,
        group_info_of(state, built, leaf_signer, options.welcome_extensions, false, options.tree_in_welcome));
    TRY(out.welcome, build_welcome(built, std::move(info), random));
  }
  if (options.group_info) {
    TRY(Bytes info, group_info_of(state, built, leaf_signer, options.group_info, true, options.tree_in_group_info));
    out.group_info = as_message(WireFormat::group_info, info);
  }
  TRY(out.commit, state.seal(*built.epoch.change.commit, random));
  state.pending = PendingCommit{GroupState::staged_commit(std::move(built.epoch)), out.commit};
  ++state.counter;
  return out;
}

}  // namespace encuentro::mls::member
