// Birth, looks and merging of a Group; its other operations stand in group_*.cpp.
#include "protocol/mls/member/group.h"

#include "protocol/mls/member/commit_build.h"
#include "protocol/mls/member/group_state.h"
#include "protocol/mls/public/rules.h"
#include "protocol/mls/public/transcript.h"

namespace encuentro::mls::member {

namespace {

// §11: epoch 0 begins with a random init secret and no PSK; its confirmation tag is over an empty transcript.
EpochSecrets first_epoch(const GroupContext& context, Random& random) {
  const std::size_t bytes = crypto::parameters(context.cipher_suite).hash_bytes;
  InitSecret init = InitSecret::zero(bytes);
  random.fill(init.span());
  return derive_epoch(context, init, no_commit_secret(context.cipher_suite), PskSecret::zero(bytes)).secrets;
}

}  // namespace

Group::Group(std::unique_ptr<GroupState> state) : state_(std::move(state)) {}
Group::Group(Group&&) noexcept = default;
Group& Group::operator=(Group&&) noexcept = default;
Group::~Group() = default;

StagedCommit::StagedCommit(std::unique_ptr<StagedEpoch> epoch) : epoch_(std::move(epoch)) {}
StagedCommit::StagedCommit(StagedCommit&&) noexcept = default;
StagedCommit& StagedCommit::operator=(StagedCommit&&) noexcept = default;
StagedCommit::~StagedCommit() = default;

const CommitEffect& StagedCommit::effect() const { return epoch_->change.effect; }
const GroupContext& StagedCommit::context() const { return epoch_->change.context; }
BytesView StagedCommit::authenticated_data() const { return epoch_->change.commit->content.authenticated_data; }
bool StagedCommit::removes_us() const { return !epoch_->keys.has_value(); }

EpochExporter StagedCommit::exporter() const {
  ENC_CHECK(!removes_us());
  return {context().cipher_suite, epoch_->keys->secrets.exporter};
}

BytesView StagedCommit::epoch_authenticator() const {
  ENC_CHECK(!removes_us());
  return epoch_->keys->secrets.authenticator.view();
}

PublicKeyBytes StagedCommit::external_key() const {
  ENC_CHECK(!removes_us());
  return external_key_pair(context().cipher_suite, epoch_->keys->secrets.external).public_key;
}

Result<Group> Group::create(CreateParameters parameters, Random& random) {
  const crypto::Suite suite = parameters.suite;
  if (!crypto::supported(suite)) return fail(Code::unsupported_suite, "", 0, static_cast<std::uint64_t>(suite));
  KeyPackageSecrets own = KeyPackageSecrets::generate(suite, parameters.identity, parameters.lifetime, {}, random);
  TRY(LeafDemands demands, LeafDemands::of(suite, parameters.extensions));
  TRY_OK(check_leaf(own.key_package.leaf().content(), demands, {}));

  RatchetTree tree(suite, own.key_package->leaf_node);
  TRY_OK(check_leaf_credentials(own.key_package.leaf().content(), tree));
  GroupContext context;
  context.cipher_suite = suite;
  context.group_id = std::move(parameters.group_id);
  context.tree_hash = tree.tree_hash();
  context.extensions = std::move(parameters.extensions);
  EpochSecrets secrets = first_epoch(context, random);
  const Digest tag = confirmation_tag(suite, secrets.confirmation, context.confirmed_transcript_hash);
  const Digest interim = interim_transcript_hash(suite, context.confirmed_transcript_hash, tag);
  const LeafCount leaves = tree.leaf_count();
  return GroupState::group(GroupState{
      .shared = PublicGroup(std::move(context), std::move(tree), interim),
      .own_leaf = LeafIndex{0},
      .signing_key = std::move(own.signing_key),
      .options = parameters.options,
      .keys = epoch_keys(suite, leaves, std::move(secrets), PathKeys(LeafIndex{0}, std::move(own.encryption_key))),
      .past = {},
      .updates = {},
      .pending = std::nullopt,
      .counter = 0,
  });
}

const GroupContext& Group::context() const { return state_->shared.context(); }
const RatchetTree& Group::tree() const { return state_->shared.tree(); }
LeafIndex Group::own_leaf() const { return state_->own_leaf; }
bool Group::is_active() const { return state_->keys.has_value(); }
std::uint64_t Group::state_counter() const { return state_->counter; }

const ReInit* Group::reinit() const {
  const std::optional<ReInit>& reinit = state_->shared.reinit();
  return reinit ? &*reinit : nullptr;
}

EpochExporter Group::exporter() const {
  ENC_CHECK(is_active());
  return {state_->suite(), state_->keys->secrets.exporter};
}

BytesView Group::epoch_authenticator() const {
  ENC_CHECK(is_active());
  return state_->keys->secrets.authenticator.view();
}

PublicKeyBytes Group::external_key() const {
  ENC_CHECK(is_active());
  return external_key_pair(state_->suite(), state_->keys->secrets.external).public_key;
}

ResumptionPsk Group::resumption_psk() const {
  ENC_CHECK(is_active());
  return {context().group_id, context().epoch, state_->keys->secrets.resumption.duplicate()};
}

Bytes Group::encoded_tree() const { return encoded(tree()); }

bool Group::has_pending() const { return state_->pending.has_value(); }
bool Group::is_pending(BytesView message) const { return has_pending() && equal(state_->pending->message, message); }

const StagedCommit& Group::pending() const {
  ENC_CHECK(has_pending());
  return state_->pending->staged;
}

void Group::merge_pending() {
  ENC_CHECK(has_pending());
  StagedCommit staged = std::move(state_->pending->staged);
  merge(std::move(staged));
}

void Group::drop_pending() {
  state_->pending.reset();
  ++state_->counter;
}

void Group::merge(StagedCommit staged) { state_->enter(std::move(GroupState::epoch_of(staged))); }

SecretBytes Group::encode() const { return state_->encode(); }

Result<Group> Group::decode(BytesView input) {
  TRY(GroupState state, GroupState::decode(input));
  return GroupState::group(std::move(state));
}

Status GroupState::demand_active() const {
  if (!keys) return fail(Code::removed_from_group);
  return {};
}

Status GroupState::demand_can_change() const {
  TRY_OK(demand_active());
  if (pending) return fail(Code::pending_commit);
  return demand(Rule::none_after_reinit, !shared.reinit().has_value());
}

std::vector<ResumptionPsk> GroupState::own_psks() const {
  std::vector<ResumptionPsk> out;
  out.reserve(past.size() + 1);
  for (const ResumptionPsk& psk : past) out.push_back(psk.duplicate());
  if (keys) out.push_back({shared.context().group_id, shared.context().epoch, keys->secrets.resumption.duplicate()});
  return out;
}

// Everything of the old epoch goes: its secrets with `keys`, updates nobody committed, a Commit of our own that lost.
void GroupState::enter(StagedEpoch epoch) {
  const std::size_t kept_max = options.past_resumption_psks;
  if (keys && kept_max != 0) {
    if (past.size() >= kept_max) past.erase(past.begin());
    past.push_back({shared.context().group_id, shared.context().epoch, std::move(keys->secrets.resumption)});
  }
  if (epoch.change.effect.is_external() && !keys && epoch.keys) own_leaf = epoch.change.effect.committer;
  shared.merge(std::move(epoch.change));
  if (epoch.signing_key) signing_key = std::move(*epoch.signing_key);
  keys = std::move(epoch.keys);
  updates.clear();
  pending.reset();
  ++counter;
}

StagedCommit GroupState::staged_commit(StagedEpoch epoch) {
  return StagedCommit(std::make_unique<StagedEpoch>(std::move(epoch)));
}

Group GroupState::group(GroupState state) {
  ENC_CHECK(state.options.are_bounded());
  return Group(std::make_unique<GroupState>(std::move(state)));
}

PreSharedKeyId successor_psk_id(const ResumptionPsk& psk, ResumptionPskUsage usage) {
  PreSharedKeyId id;
  id.type = PskType::resumption;
  id.usage = usage;
  id.psk_group_id = psk.group_id;
  id.psk_epoch = psk.epoch;
  return id;
}

}  // namespace encuentro::mls::member
