#include "tests/hostile/bad_commit.h"

#include "client/core/commit_work.h"
#include "client/core/history.h"
#include "client/core/key_packages.h"
#include "protocol/mls/member/commit_build.h"
#include "protocol/mls/public/transcript.h"

namespace encuentro::hostile {
namespace {

using namespace mls;
using namespace mls::member;

// One encrypted path secret of all is exchanged for one that opens to something else, or not at all.
void spoil(std::vector<UpdatePathNode>& nodes, std::vector<UpdatePathNode> others, std::size_t which) {
  std::size_t count = 0;
  for (const auto& node : nodes) count += node.encrypted_path_secret.size();
  REQUIRE(count > 0);
  std::size_t at = which % count;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    auto& secrets = nodes[i].encrypted_path_secret;
    if (at < secrets.size()) {
      secrets[at] = others[i].encrypted_path_secret[at];
      return;
    }
    at -= secrets.size();
  }
}

Result<CommitSecret> add_spoilt_path(CommitDraft& draft, const CommitPlan& plan, const GroupContext& before,
                                     Commit& commit, PathKeys& own, BuiltCommit& out, const BadCommit& wish,
                                     Random& random) {
  DrawnPath path = draw_path(before.cipher_suite, draft.path(), random);
  crypto::HpkeKeyPair pair = crypto::hpke_generate(before.cipher_suite, random);
  LeafNodeContent content = *plan.leaf;
  content.source = LeafNodeSource::commit;
  content.lifetime = {};
  content.encryption_key = pair.public_key;
  content.parent_hash = draft.set_path(path.public_keys());
  auto leaf = std::make_shared<const LeafNode>(
      LeafNode::sign(std::move(content), before.cipher_suite, *plan.leaf_signer, {before.group_id, draft.committer()}));
  draft.set_leaf(leaf);
  TRY_OK(draft.check_result());
  Bytes context = encoded(draft.provisional_context());
  TRY(auto nodes, encrypt_path(draft.tree(), path, draft.effect().new_leaves, context, random));
  if (wish.fault == Fault::path_secret) {
    DrawnPath another = draw_path(before.cipher_suite, draft.path(), random);
    Bytes other_context = wish.subtree % 2 == 0 ? context : Bytes{};
    TRY(auto others, encrypt_path(draft.tree(), another, draft.effect().new_leaves, other_context, random));
    spoil(nodes, std::move(others), wish.subtree);
  }
  commit.path = UpdatePath{std::move(leaf), std::move(nodes)};
  own = plan.path_keys->duplicate();
  own.set_leaf_key(std::move(pair.private_key));
  own.keep_what_is_in(draft.tree());
  path.move_keys_to(own);
  CommitSecret secret = std::move(path.commit_secret);
  out.path = std::move(path);
  return secret;
}

Result<BuiltCommit> build_spoilt(GroupState& state, const BadCommit& wish, Random& random) {
  CommitPlan plan;
  plan.sender = Sender::member(state.own_leaf);
  TRY_OK(plan_proposals(plan, state.shared, {}, wish.proposals, random));
  plan.signer = plan.leaf_signer = &state.signing_key;
  plan.leaf = state.shared.tree().leaf(state.own_leaf)->content();
  TRY(plan.psk, psk_secret_for(state.suite(), plan.proposals, {}, {}));
  plan.init = state.keys->secrets.init.duplicate();
  plan.path_keys = &state.keys->path;
  plan.lifetime = core::lifetime_policy();

  const GroupContext before = state.shared.context();
  BuiltCommit out;
  TRY(CommitDraft draft, CommitDraft::begin(state.shared, plan.sender, plan.proposals, true, plan.lifetime));
  Commit commit;
  commit.proposals = plan.wire_proposals;
  PathKeys own;
  TRY(CommitSecret secret, add_spoilt_path(draft, plan, before, commit, own, out, wish, random));
  AuthenticatedContent content;
  content.wire_format = WireFormat::public_message;
  content.content.group_id = before.group_id;
  content.content.epoch = before.epoch;
  content.content.sender = plan.sender;
  content.content.body = std::move(commit);
  content.sign(before.cipher_suite, *plan.signer, &before);
  GroupContext context = draft.provisional_context();
  context.confirmed_transcript_hash =
      confirmed_transcript_hash(before.cipher_suite, state.shared.interim_transcript_hash(), content);
  DerivedEpoch derived = derive_epoch(context, plan.init, secret, plan.psk);
  Digest tag = confirmation_tag(before.cipher_suite, derived.secrets.confirmation, context.confirmed_transcript_hash);
  if (wish.fault == Fault::confirmation_tag) tag.span()[wish.subtree % tag.size()] ^= 1;
  content.auth.confirmation_tag = tag;
  const LeafCount leaves = draft.tree().leaf_count();
  out.epoch.change = std::move(draft).finish(std::make_shared<const AuthenticatedContent>(std::move(content)));
  out.epoch.keys = epoch_keys(before.cipher_suite, leaves, std::move(derived.secrets), std::move(own));
  out.joiner_secret = std::move(derived.joiner_secret);
  out.member_secret = std::move(derived.member_secret);
  return out;
}

Bytes with_another_external_key(const Bytes& bytes, const crypto::SigningKey& key, Random& random) {
  auto message = decoded<MlsMessage>(bytes);
  REQUIRE(message);
  GroupInfo info = *message->as<GroupInfo>();
  auto pair = crypto::hpke_generate(crypto::encuentro_suite, random);
  info.extensions.set(ExtensionType::external_pub, encoded(ExternalPub{pair.public_key}));
  info.sign(key);
  return encoded(MlsMessage{std::move(info)});
}

Bytes spoilt_welcome(const Bytes& bytes) {
  auto message = decoded<MlsMessage>(bytes);
  REQUIRE(message);
  Welcome welcome = *message->as<Welcome>();
  welcome.encrypted_group_info.back() ^= 1;
  return encoded(MlsMessage{std::move(welcome)});
}

}  // namespace

Bytes bad_commit(const StolenDevice& thief, const core::Core& reader, const ChannelId& channel, BadCommit wish,
                 Random& random) {
  auto look = reader.channel(channel);
  bool shared = look->policy.history == policy::History::shared;
  record::GroupEpoch older = look->at, newer{older.group_id, older.epoch.next()};
  GroupState state = GroupState::take(thief.group(channel));
  auto signer = crypto::to_mls(thief.key());
  CommitOptions options;
  options.tree_in_welcome = false;
  options.lifetime = core::lifetime_policy();
  options.group_info = core::archive_extension(older.group_id, newer.epoch, shared);
  auto built = build_spoilt(state, wish, random);
  if (!built) FAIL("bad_commit: " << name(built.error().code) << " " << built.error().rule);
  auto bundle = bundle_commit(state, std::move(*built), signer, options, random);
  REQUIRE(bundle);
  Bytes group_info = *bundle->group_info;
  if (wish.fault == Fault::external_key) group_info = with_another_external_key(group_info, signer, random);

  record::CommitBody body{record::Part::of(bundle->commit), record::Part::of(group_info), {}, wish.added, {}};
  if (bundle->welcome) {
    body.welcome = record::Part::of(wish.fault == Fault::welcome ? spoilt_welcome(*bundle->welcome) : *bundle->welcome);
  }
  if (shared) {
    auto newer_key = core::archive_key_of(state.pending->staged.exporter(), newer);
    REQUIRE(newer_key);
    std::array<std::uint8_t, content::ArchiveKey::bytes> another{};
    random.fill(another);
    bool wrong = wish.fault == Fault::link;
    body.link = content::seal_link(
        *newer_key, newer, wrong ? content::ArchiveKey(another) : thief.archive_key(channel, older), older, random);
  }
  return thief.entry(thief.header(reader, channel, random), body);
}

}  // namespace encuentro::hostile
