// Joining by a Welcome (RFC 9420 §12.4.3.1).
#include "protocol/crypto/compare.h"
#include "protocol/mls/member/commit_build.h"
#include "protocol/mls/member/joining.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

Result<GroupSecrets> open_own_entry(const Welcome& welcome, const KeyPackageSecrets& own) {
  TRY_OK(demand(Rule::welcome_suite, welcome.cipher_suite == own.key_package->cipher_suite,
                static_cast<std::uint64_t>(own.key_package->cipher_suite),
                static_cast<std::uint64_t>(welcome.cipher_suite)));
  const Digest reference = own.key_package.reference();
  const EncryptedGroupSecrets* found = nullptr;
  for (const EncryptedGroupSecrets& entry : welcome.secrets) {
    if (entry.new_member == reference) found = &entry;
  }
  TRY_OK(demand(Rule::welcome_names_us, found != nullptr));
  if (found == nullptr) return fail(Code::invalid_welcome);
  return open_group_secrets(welcome, *found, own.init_key.view(), own.key_package->init_key.view());
}

Result<PskSecret> psk_of_welcome(const GroupSecrets& secrets, crypto::Suite suite, const JoinParameters& parameters) {
  std::vector<ResumptionPsk> of_predecessor;
  if (parameters.predecessor != nullptr) of_predecessor = GroupState::of(*parameters.predecessor).own_psks();
  return psk_secret_of(suite, secrets.psks, {{}, of_predecessor}, parameters.psks, Rule::welcome_psks_available);
}

// R-MLS-115.
Result<LeafIndex> find_own_leaf(const RatchetTree& tree, const LeafNode& own) {
  const std::optional<LeafIndex> at = tree.leaf_with_signature_key(own->signature_key.view());
  TRY_OK(demand(Rule::own_leaf_in_tree, at.has_value()));
  if (!at) return fail(Code::invalid_welcome);
  TRY_OK(demand(Rule::own_leaf_in_tree, *tree.leaf(*at) == own));
  return *at;
}

// R-MLS-117.
Status check_tag(const GroupInfo& info, const ConfirmationKey& key) {
  if (!enforced(Rule::welcome_tag)) return {};
  const Digest expected =
      confirmation_tag(info.group_context.cipher_suite, key, info.group_context.confirmed_transcript_hash);
  if (crypto::equal_constant_time(expected.view(), info.confirmation_tag.view())) return {};
  return broken(Rule::welcome_tag);
}

}  // namespace

Result<Group> Group::join(const Welcome& welcome, KeyPackageSecrets own, const JoinParameters& parameters) {
  const crypto::Suite suite = own.key_package->cipher_suite;
  TRY(GroupSecrets secrets, open_own_entry(welcome, own));
  TRY(Succession succession, succession_of(secrets.psks));
  TRY(PskSecret psk, psk_of_welcome(secrets, suite, parameters));
  const MemberSecret member = member_secret(suite, secrets.joiner_secret, psk);
  TRY(GroupInfo info, open_group_info(welcome, welcome_secret(suite, member)));
  TRY_OK(demand(Rule::group_info_suite, info.group_context.cipher_suite == suite));
  TRY_OK(check_group_id_is_new(info.group_context.group_id, parameters.current_groups));

  TRY(PublicGroup shared, PublicGroup::join(info, parameters.tree, parameters.lifetime));
  TRY(LeafIndex own_leaf, find_own_leaf(shared.tree(), own.key_package.leaf()));
  PathKeys path(own_leaf, std::move(own.encryption_key));
  if (secrets.path_secret) {
    TRY_OK(adopt_path_secret(shared.tree(), info.signer, std::move(*secrets.path_secret), path));
  }
  EpochSecrets epoch = EpochSecrets::derive(suite, epoch_secret(suite, member, encoded(info.group_context)));
  TRY_OK(check_tag(info, epoch.confirmation));
  TRY_OK(check_succession(succession, shared.context(), shared.tree(), parameters.predecessor));

  const LeafCount leaves = shared.tree().leaf_count();
  return GroupState::group(GroupState{.shared = std::move(shared),
                                      .own_leaf = own_leaf,
                                      .signing_key = std::move(own.signing_key),
                                      .options = parameters.options,
                                      .keys = epoch_keys(suite, leaves, std::move(epoch), std::move(path)),
                                      .past = {},
                                      .updates = {},
                                      .pending = std::nullopt,
                                      .counter = 0});
}

}  // namespace encuentro::mls::member
