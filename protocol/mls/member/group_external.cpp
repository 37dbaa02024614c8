// Joining by an external Commit (RFC 9420 §12.4.3.2, §8.3).
#include "protocol/mls/member/commit_build.h"
#include "protocol/mls/member/joining.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

std::vector<Proposal> external_proposals(Bytes kem_output, const ExternalJoinParameters& parameters) {
  std::vector<Proposal> out;
  out.push_back({ExternalInit{std::move(kem_output)}});
  if (parameters.replaces) out.push_back({Remove{*parameters.replaces}});
  for (const PreSharedKeyId& psk : parameters.use_psks) out.push_back({PreSharedKey{psk}});
  return out;
}

LeafNodeContent joiner_leaf(const MemberIdentity& identity) {
  LeafNodeContent out;
  out.signature_key = identity.signing_key.public_key;
  out.credential = identity.credential;
  out.capabilities = identity.capabilities;
  out.extensions = identity.leaf_extensions;
  return out;
}

}  // namespace

Result<ExternalJoin> Group::join_externally(const GroupInfo& group_info, const ExternalJoinParameters& parameters,
                                            Random& random) {
  const crypto::Suite suite = group_info.group_context.cipher_suite;
  TRY_OK(check_group_id_is_new(group_info.group_context.group_id, parameters.current_groups));
  TRY(auto external_pub, group_info.extensions.get<ExternalPub>(ExtensionType::external_pub));
  TRY_OK(demand(Rule::external_pub_there, external_pub.has_value()));
  if (!external_pub) return fail(Code::invalid_welcome);
  TRY(PublicGroup shared, PublicGroup::join(group_info, parameters.tree, parameters.lifetime));
  TRY(ExternalInitSecret external, draw_external_init(suite, external_pub->external_pub.view(), random));

  CommitPlan plan;
  plan.sender = Sender::new_member_commit();
  TRY_OK(plan_proposals(plan, shared, {}, external_proposals(std::move(external.kem_output), parameters), random));
  plan.framing.authenticated_data = parameters.authenticated_data;
  plan.leaf = joiner_leaf(parameters.identity);
  plan.signer = plan.leaf_signer = &parameters.identity.signing_key;
  TRY(plan.psk, psk_secret_for(suite, plan.proposals, {}, parameters.psks));
  plan.init = std::move(external.init);
  plan.lifetime = parameters.lifetime;
  TRY(BuiltCommit built, build_commit(shared, plan, random));

  GroupState state{.shared = std::move(shared),
                   .own_leaf = built.epoch.change.effect.committer,
                   .signing_key = parameters.identity.signing_key.duplicate(),
                   .options = parameters.options,
                   .keys = std::nullopt,
                   .past = {},
                   .updates = {},
                   .pending = std::nullopt,
                   .counter = 0};
  CommitOptions options;
  options.group_info = parameters.group_info;
  options.tree_in_group_info = parameters.tree_in_group_info;
  TRY(CommitBundle bundle, bundle_commit(state, std::move(built), parameters.identity.signing_key, options, random));
  return ExternalJoin{GroupState::group(std::move(state)), std::move(bundle)};
}

}  // namespace encuentro::mls::member
