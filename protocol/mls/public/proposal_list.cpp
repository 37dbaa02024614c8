#include "protocol/mls/public/proposal_list.h"

#include <algorithm>

#include "protocol/base/sorting.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls {
namespace {

Status check_psk(const PreSharedKeyId& psk, Sender sender, const GroupContext& group) {
  std::size_t nonce_bytes = crypto::parameters(group.cipher_suite).hash_bytes;
  TRY_OK(demand(Rule::psk_nonce_length, psk.psk_nonce.size() == nonce_bytes, nonce_bytes, psk.psk_nonce.size()));
  // The first Commit of a successor group, by its founder, carries such a PSK (§11.2, §11.3); no other does.
  if (psk.type != PskType::resumption) return {};
  if (group.epoch == Epoch{0} && sender.type == SenderType::member) return {};
  TRY_OK(demand(Rule::psk_not_reinit, psk.usage != ResumptionPskUsage::reinit));
  return demand(Rule::psk_not_branch, psk.usage != ResumptionPskUsage::branch);
}

Status check_update_of(const Update& update, Sender sender, const ProposalContext& context) {
  const LeafNode* replaced = sender.type == SenderType::member ? context.tree.leaf(sender.leaf()) : nullptr;
  if (replaced == nullptr) return fail(Code::not_a_member);
  return check_update(update.leaf_node->content(), replaced->content(), context.demands);
}

template <class T>
std::size_t count_of(const ProposalList& list) {
  return static_cast<std::size_t>(
      std::count_if(list.begin(), list.end(), [](const auto& entry) { return entry.proposal->template as<T>(); }));
}

// The leaf that an Update or Remove changes.
std::optional<LeafIndex> changed_leaf(const CommittedProposal& entry) {
  if (const Remove* remove = entry.proposal->as<Remove>()) return remove->removed;
  if (entry.proposal->as<Update>() && entry.sender.type == SenderType::member) return entry.sender.leaf();
  return std::nullopt;
}

// Whether two of the values are equal.
template <class T>
bool has_twice(std::vector<T> values) {
  put_in_order(values);
  return std::adjacent_find(values.begin(), values.end()) != values.end();
}

Status check_changed_leaves(const ProposalList& list, LeafIndex committer) {
  std::vector<LeafIndex> changed;
  for (const CommittedProposal& entry : list) {
    auto leaf = changed_leaf(entry);
    if (!leaf) continue;
    changed.push_back(*leaf);
    if (*leaf != committer) continue;
    Rule rule = entry.proposal->as<Remove>() ? Rule::no_remove_of_committer : Rule::no_update_by_committer;
    TRY_OK(demand(rule, false, 0, leaf->value));
  }
  return demand(Rule::leaf_changed_once, !has_twice(std::move(changed)));
}

Status check_adds(const ProposalList& list, const RatchetTree& tree) {
  std::vector<PublicKeyBytes> clients;
  for (const CommittedProposal& entry : list) {
    const Add* add = entry.proposal->as<Add>();
    if (add == nullptr) continue;
    const PublicKeyBytes& key = add->key_package.leaf()->signature_key;
    clients.push_back(key);
    auto member = tree.leaf_with_signature_key(key.view());
    if (!member) continue;
    bool leaves = std::any_of(list.begin(), list.end(), [&](const CommittedProposal& other) {
      const Remove* remove = other.proposal->as<Remove>();
      return remove != nullptr && remove->removed == *member;
    });
    TRY_OK(demand(Rule::add_of_stranger, leaves, 0, member->value));
  }
  return demand(Rule::adds_distinct, !has_twice(std::move(clients)));
}

Status check_psks_distinct(const ProposalList& list) {
  std::vector<Bytes> ids;
  for (const CommittedProposal& entry : list) {
    if (const auto* psk = entry.proposal->as<PreSharedKey>()) ids.push_back(encoded(psk->psk));
  }
  return demand(Rule::psks_distinct, !has_twice(std::move(ids)));
}

}  // namespace

const HeldProposal* ProposalPool::find(const ProposalRef& reference) const {
  auto found = std::find_if(held_.begin(), held_.end(), [&](const auto& held) { return held.reference == reference; });
  return found == held_.end() ? nullptr : &*found;
}

Status ProposalPool::hold(HeldProposal proposal) {
  if (find(proposal.reference) != nullptr) return {};
  if (held_.size() == limits::proposals_held_max) {
    return fail(Code::too_many, "", limits::proposals_held_max, held_.size() + 1);
  }
  held_.push_back(std::move(proposal));
  return {};
}

void ProposalPool::forget(const ProposalRef& reference) {
  std::erase_if(held_, [&](const HeldProposal& held) { return held.reference == reference; });
}

Result<ProposalList> list_of(const std::shared_ptr<const AuthenticatedContent>& commit, const ProposalPool& pool) {
  const Commit* content = commit->content.as<Commit>();
  ENC_CHECK(content != nullptr);
  Sender sender = commit->content.sender;
  ProposalList list;
  list.reserve(content->proposals.size());
  for (const ProposalOrRef& entry : content->proposals) {
    if (const auto* proposal = std::get_if<Proposal>(&entry.value)) {
      list.push_back({std::shared_ptr<const Proposal>(commit, proposal), sender, false});
      continue;
    }
    TRY_OK(demand(Rule::external_commit_by_value, sender.type != SenderType::new_member_commit));
    const HeldProposal* held = pool.find(std::get<ProposalRef>(entry.value));
    if (held == nullptr) {
      TRY_OK(demand(Rule::proposal_held, false));
      continue;
    }
    list.push_back({held->proposal, held->sender, true});
  }
  return list;
}

Status check_proposal(const Proposal& proposal, Sender sender, const ProposalContext& context) {
  if (const Add* add = proposal.as<Add>()) {
    return check_key_package(add->key_package, context.demands, context.lifetime);
  }
  if (const Update* update = proposal.as<Update>()) return check_update_of(*update, sender, context);
  if (const Remove* remove = proposal.as<Remove>()) {
    bool member = context.tree.leaf(remove->removed) != nullptr;
    return demand(Rule::remove_of_member, member, 0, remove->removed.value);
  }
  if (const auto* psk = proposal.as<PreSharedKey>()) return check_psk(psk->psk, sender, context.group);
  if (const ReInit* reinit = proposal.as<ReInit>()) {
    return demand(Rule::reinit_version, reinit->version >= context.group.version,
                  static_cast<std::uint64_t>(context.group.version), static_cast<std::uint64_t>(reinit->version));
  }
  if (const auto* extensions = proposal.as<GroupContextExtensions>()) {
    // Must be readable; whether all members support it is asked of the tree that results.
    TRY(auto demands, LeafDemands::of(context.group.cipher_suite, extensions->extensions));
    TRY(auto senders, extensions->extensions.get<ExternalSenders>(ExtensionType::external_senders));
  }
  return {};
}

Status check_proposal_signatures(const Proposal& proposal, Sender sender, const GroupContext& group) {
  if (const Add* add = proposal.as<Add>()) return check_key_package_signatures(add->key_package);
  if (const Update* update = proposal.as<Update>()) {
    return check_leaf_signature(*update->leaf_node, group.cipher_suite, {group.group_id, sender.leaf()});
  }
  return {};
}

Status check_list_of_member(const ProposalList& list, LeafIndex committer, const RatchetTree& tree) {
  TRY_OK(demand(Rule::no_external_init, count_of<ExternalInit>(list) == 0));
  TRY_OK(demand(Rule::reinit_alone, count_of<ReInit>(list) == 0 || list.size() == 1, 1, list.size()));
  TRY_OK(demand(Rule::one_context_extensions, count_of<GroupContextExtensions>(list) <= 1));
  TRY_OK(check_changed_leaves(list, committer));
  TRY_OK(check_adds(list, tree));
  return check_psks_distinct(list);
}

Status check_list_of_joiner(const ProposalList& list) {
  std::size_t inits = count_of<ExternalInit>(list);
  TRY_OK(demand(Rule::one_external_init, inits == 1, 1, inits));
  std::size_t removes = count_of<Remove>(list);
  TRY_OK(demand(Rule::one_resync_remove, removes <= 1, 1, removes));
  std::size_t others = list.size() - inits - removes - count_of<PreSharedKey>(list);
  TRY_OK(demand(Rule::external_commit_kinds, others == 0, 0, others));
  return check_psks_distinct(list);
}

bool path_required(const ProposalList& list) {
  return std::any_of(list.begin(), list.end(), [](const CommittedProposal& entry) {
    ProposalType type = entry.proposal->type();
    return type != ProposalType::add && type != ProposalType::psk && type != ProposalType::reinit;
  });
}

const ExtensionList* new_extensions(const ProposalList& list) {
  for (const CommittedProposal& entry : list) {
    if (const auto* found = entry.proposal->as<GroupContextExtensions>()) return &found->extensions;
  }
  return nullptr;
}

}  // namespace encuentro::mls
