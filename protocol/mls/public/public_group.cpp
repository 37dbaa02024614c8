#include "protocol/mls/public/public_group.h"

#include "protocol/mls/public/rules.h"
#include "protocol/mls/public/transcript.h"
#include "protocol/mls/public/tree_validation.h"

namespace encuentro::mls {
namespace {

Status check_group_info_signature(const GroupInfo& group_info, const RatchetTree& tree) {
  const LeafNode* signer = tree.leaf(group_info.signer);
  TRY_OK(demand(Rule::group_info_signer, signer != nullptr, 0, group_info.signer.value));
  if (signer == nullptr) return fail(Code::invalid_tree);
  if (!enforced(Rule::group_info_signature)) return {};
  return demand(Rule::group_info_signature, group_info.verify((*signer)->signature_key.view()).has_value());
}

// Each node of a tree that somebody else built (§12.4.3.1).
Status check_nodes(const RatchetTree& tree, const GroupContext& context, const LifetimePolicy& lifetime) {
  TRY(LeafDemands demands, LeafDemands::of(context.cipher_suite, context.extensions));
  for (std::uint32_t i = 0; i < tree.leaf_count().value; ++i) {
    const LeafNode* leaf = tree.leaf({i});
    if (leaf == nullptr) continue;
    TRY_OK(check_leaf(leaf->content(), demands, lifetime));
    TRY_OK(check_leaf_credentials(leaf->content(), tree));
    TRY_OK(check_leaf_signature(*leaf, context.cipher_suite, {context.group_id, {i}}));
  }
  for (std::uint32_t i = 1; i < node_count(tree.leaf_count()); i += 2) {
    const ParentNode* parent = tree.parent({i});
    if (parent != nullptr) TRY_OK(check_hpke_key(parent->encryption_key, context.cipher_suite));
  }
  return {};
}

bool may_send(SenderType sender, ContentType content) {
  switch (sender) {
    case SenderType::member:
      return true;
    case SenderType::external:
    case SenderType::new_member_proposal:
      return content == ContentType::proposal;
    case SenderType::new_member_commit:
      return content == ContentType::commit;
  }
  return false;
}

}  // namespace

PublicGroup::PublicGroup(GroupContext context, RatchetTree tree, Digest interim)
    : context_(std::move(context)), tree_(std::move(tree)), interim_transcript_hash_(interim) {}

Result<PublicGroup> PublicGroup::join(const GroupInfo& group_info, const RatchetTreeNodes* nodes,
                                      const LifetimePolicy& lifetime) {
  const GroupContext& context = group_info.group_context;
  RatchetTreeNodes given;
  if (nodes != nullptr) {
    given = *nodes;
  } else {
    TRY(auto in_extension, group_info.extensions.get<RatchetTreeNodes>(ExtensionType::ratchet_tree));
    if (!in_extension) return fail(Code::invalid_tree);
    given = std::move(*in_extension);
  }
  TRY(RatchetTree tree, RatchetTree::load(context.cipher_suite, std::move(given)));
  TRY_OK(demand(Rule::tree_hash_matches, tree.tree_hash() == context.tree_hash));
  TRY_OK(check_group_info_signature(group_info, tree));
  TRY_OK(check_tree(tree));
  TRY_OK(check_nodes(tree, context, lifetime));
  Digest interim = mls::interim_transcript_hash(context.cipher_suite, context.confirmed_transcript_hash,
                                                group_info.confirmation_tag);
  return PublicGroup(context, std::move(tree), interim);
}

Status PublicGroup::check_framing(const FramedContent& content) const {
  TRY_OK(demand(Rule::group_id_matches, content.group_id == context_.group_id));
  TRY_OK(demand(Rule::epoch_matches, content.epoch == context_.epoch, context_.epoch.value, content.epoch.value));
  TRY_OK(demand(Rule::none_after_reinit, !reinit_.has_value()));
  TRY_OK(demand(Rule::sender_may_send, may_send(content.sender.type, content.type())));
  if (content.sender.type != SenderType::member) return {};
  return demand(Rule::sender_is_member, tree_.leaf(content.sender.leaf()) != nullptr, 0, content.sender.index);
}

Result<PublicKeyBytes> PublicGroup::signature_key_of(const FramedContent& content) const {
  switch (content.sender.type) {
    case SenderType::member: {
      const LeafNode* leaf = tree_.leaf(content.sender.leaf());
      TRY_OK(demand(Rule::sender_is_member, leaf != nullptr, 0, content.sender.index));
      if (leaf == nullptr) return fail(Code::not_a_member);
      return (*leaf)->signature_key;
    }
    case SenderType::external: {
      TRY(auto senders, context_.extensions.get<ExternalSenders>(ExtensionType::external_senders));
      std::size_t count = senders ? senders->items.size() : 0;
      bool listed = content.sender.index < count;
      TRY_OK(demand(Rule::external_sender_listed, listed, count, content.sender.index));
      if (!listed) return fail(Code::not_allowed);
      return senders->items[content.sender.index].signature_key;
    }
    case SenderType::new_member_proposal: {
      const Proposal* proposal = content.as<Proposal>();
      const Add* add = proposal != nullptr ? proposal->as<Add>() : nullptr;
      TRY_OK(demand(Rule::new_member_adds, add != nullptr));
      if (add == nullptr) return fail(Code::not_allowed);
      return add->key_package.leaf()->signature_key;
    }
    case SenderType::new_member_commit: {
      const Commit* commit = content.as<Commit>();
      bool has_path = commit != nullptr && commit->path.has_value();
      TRY_OK(demand(Rule::external_commit_path, has_path));
      if (!has_path) return fail(Code::invalid_commit);
      return commit->path->leaf_node->content().signature_key;
    }
  }
  return fail(Code::unknown_kind);
}

Result<ProposalRef> PublicGroup::handle_proposal(const AuthenticatedContent& message, const LifetimePolicy& lifetime) {
  const FramedContent& content = message.content;
  const Proposal* proposal = content.as<Proposal>();
  if (proposal == nullptr) return fail(Code::invalid_proposal);
  TRY_OK(check_framing(content));
  if (content.sender.type == SenderType::external) {
    bool allowed = proposal->type() != ProposalType::update && proposal->type() != ProposalType::external_init;
    TRY_OK(demand(Rule::external_proposal_kind, allowed, 0, static_cast<std::uint64_t>(proposal->type())));
  }
  TRY(PublicKeyBytes key, signature_key_of(content));
  const GroupContext* signed_context = signs_context(content.sender.type) ? &context_ : nullptr;
  if (enforced(Rule::proposal_signature)) {
    TRY_OK(demand(Rule::proposal_signature, message.verify(suite(), key.view(), signed_context).has_value()));
  }
  TRY(LeafDemands demands, LeafDemands::of(suite(), context_.extensions));
  TRY_OK(check_proposal(*proposal, content.sender, {context_, tree_, demands, lifetime}));
  TRY_OK(check_proposal_signatures(*proposal, content.sender, context_));
  return hold_own_proposal(message);
}

Result<ProposalRef> PublicGroup::hold_own_proposal(const AuthenticatedContent& message) {
  const Proposal* proposal = message.content.as<Proposal>();
  ENC_CHECK(proposal != nullptr);
  ProposalRef reference = message.proposal_ref(suite());
  TRY_OK(proposals_.hold({reference, std::make_shared<const Proposal>(*proposal), message.content.sender}));
  return reference;
}

Result<StagedChange> PublicGroup::stage(AuthenticatedContent message, const LifetimePolicy& lifetime) {
  if (message.content.as<Commit>() == nullptr) return fail(Code::invalid_commit);
  TRY_OK(check_framing(message.content));
  TRY(PublicKeyBytes key, signature_key_of(message.content));
  if (enforced(Rule::commit_signature)) {
    TRY_OK(demand(Rule::commit_signature, message.verify(suite(), key.view(), &context_).has_value()));
  }
  auto shared = std::make_shared<const AuthenticatedContent>(std::move(message));
  const Commit& commit = *shared->content.as<Commit>();
  TRY(ProposalList list, list_of(shared, proposals_));
  TRY(CommitDraft draft,
      CommitDraft::begin(*this, shared->content.sender, std::move(list), commit.path.has_value(), lifetime));
  if (commit.path) TRY_OK(draft.apply_path(*commit.path));
  TRY_OK(draft.check_result());
  return std::move(draft).finish(std::move(shared));
}

Result<StagedChange> PublicGroup::stage(PublicMessage message, const LifetimePolicy& lifetime) {
  TRY_OK(demand(Rule::no_public_application, message.content.type() != ContentType::application));
  return stage(AuthenticatedContent{WireFormat::public_message, std::move(message.content), std::move(message.auth)},
               lifetime);
}

void PublicGroup::merge(StagedChange staged) {
  ENC_CHECK(staged.context.epoch == context_.epoch.next());
  tree_.redo(staged.tree);
  tree_.keep(std::move(staged.tree));
  context_ = std::move(staged.context);
  interim_transcript_hash_ = staged.interim_transcript_hash;
  if (const ReInit* reinit = staged.effect.reinit()) reinit_ = *reinit;
  proposals_.clear();
}

Status PublicGroup::check_against(const GroupInfo& group_info, const GroupContext& context, const Digest& interim,
                                  const RatchetTree& tree) {
  TRY_OK(demand(Rule::group_info_context, group_info.group_context == context));
  Digest told = mls::interim_transcript_hash(context.cipher_suite, context.confirmed_transcript_hash,
                                             group_info.confirmation_tag);
  TRY_OK(demand(Rule::group_info_tag, told == interim));
  // A tree has one encoding, so the one that belongs to the tree hash is the one we would write.
  if (const Extension* extension = group_info.extensions.find(ExtensionType::ratchet_tree)) {
    TRY_OK(demand(Rule::tree_hash_matches, extension->data == encoded(tree)));
  }
  return check_group_info_signature(group_info, tree);
}

Status PublicGroup::check_group_info(const GroupInfo& group_info) const {
  return check_against(group_info, context_, interim_transcript_hash_, tree_);
}

Status PublicGroup::check_group_info(const GroupInfo& group_info, StagedChange& staged) {
  return with_staged_tree(staged, [&](const RatchetTree& tree) {
    return check_against(group_info, staged.context, staged.interim_transcript_hash, tree);
  });
}

// GroupContext; optional<Node> ratchet_tree<V>; opaque interim_transcript_hash<V>; optional<ReInit>;
// { opaque reference<V>; Sender; Proposal } held<V>
void PublicGroup::encode(codec::Writer& writer) const {
  context_.encode(writer);
  tree_.encode(writer);
  writer.opaque(interim_transcript_hash_.view());
  writer.optional(reinit_, [](codec::Writer& w, const ReInit& reinit) { reinit.encode(w); });
  writer.vector(proposals_.held(), [](codec::Writer& w, const HeldProposal& held) {
    w.opaque(held.reference.hash.view());
    held.sender.encode(w);
    held.proposal->encode(w);
  });
}

Result<PublicGroup> PublicGroup::decode(codec::Reader& reader) {
  TRY(GroupContext context, GroupContext::decode(reader));
  TRY(RatchetTreeNodes nodes, RatchetTreeNodes::decode(reader));
  TRY(RatchetTree tree, RatchetTree::load(context.cipher_suite, std::move(nodes)));
  if (tree.tree_hash() != context.tree_hash) return fail(Code::invalid_tree);
  TRY(auto interim, reader.opaque_inline<Digest>());
  PublicGroup group(std::move(context), std::move(tree), interim);
  TRY(group.reinit_, reader.optional<ReInit>(ReInit::decode));
  TRY(codec::Reader held, reader.nested(limits::mls_vector_bytes_max));
  while (!held.at_end()) {
    TRY(auto hash, held.opaque_inline<Digest>());
    TRY(Sender sender, Sender::decode(held));
    TRY(Proposal proposal, Proposal::decode(held));
    TRY_OK(group.proposals_.hold({{hash}, std::make_shared<const Proposal>(std::move(proposal)), sender}));
  }
  return group;
}

}  // namespace encuentro::mls
