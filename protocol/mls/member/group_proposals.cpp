// Proposals of our own and of others (RFC 9420 §12.1).
#include <algorithm>

#include "protocol/mls/member/group_state.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

// Signs, checks and holds a proposal of ours as every receiver will, then frames it.
Result<Bytes> send_proposal(GroupState& state, Proposal proposal, const Framing& framing, Random& random,
                            const LifetimePolicy& lifetime = {}) {
  AuthenticatedContent content;
  content.wire_format = framing.wire_format;
  content.content = state.framed(framing);
  content.content.body = std::move(proposal);
  content.sign(state.suite(), state.signing_key, &state.shared.context());
  TRY_OK(state.shared.handle_proposal(content, lifetime));
  ++state.counter;
  return state.seal(std::move(content), random);
}

// Whether the pending Commit refers to it: a Commit is worked out anew when it is loaded, and needs it then.
bool is_in_pending(const GroupState& state, const HeldProposal& held) {
  if (!state.pending) return false;
  const ProposalList& list = state.pending->staged.effect().proposals;
  return std::any_of(list.begin(), list.end(), [&](const auto& entry) { return entry.proposal == held.proposal; });
}

}  // namespace

Result<Bytes> Group::propose(Proposal proposal, const Framing& framing, Random& random,
                             const LifetimePolicy& lifetime) {
  TRY_OK(state_->demand_can_change());
  const ProposalType type = proposal.type();
  if (type == ProposalType::update || type == ProposalType::external_init) return fail(Code::invalid_proposal);
  if (auto* psk = std::get_if<PreSharedKey>(&proposal.value); psk != nullptr && psk->psk.psk_nonce.empty()) {
    psk->psk.psk_nonce.resize(crypto::parameters(state_->suite()).hash_bytes);
    random.fill(psk->psk.psk_nonce);
  }
  return send_proposal(*state_, std::move(proposal), framing, random, lifetime);
}

Result<Bytes> Group::propose_update(const Framing& framing, Random& random, const MemberIdentity* new_identity) {
  TRY_OK(state_->demand_can_change());
  GroupState& state = *state_;
  crypto::HpkeKeyPair pair = crypto::hpke_generate(state.suite(), random);
  LeafNodeContent content = state.shared.tree().leaf(state.own_leaf)->content();
  content.encryption_key = pair.public_key;
  content.source = LeafNodeSource::update;
  content.lifetime = {};
  content.parent_hash.clear();
  const crypto::SigningKey* signer = &state.signing_key;
  HeldUpdate update{pair.public_key, std::move(pair.private_key), std::nullopt};
  if (new_identity != nullptr) {
    signer = &new_identity->signing_key;
    content.signature_key = signer->public_key;
    content.credential = new_identity->credential;
    content.capabilities = new_identity->capabilities;
    content.extensions = new_identity->leaf_extensions;
    update.signing_key = signer->duplicate();
  }
  auto leaf = std::make_shared<const LeafNode>(
      LeafNode::sign(std::move(content), state.suite(), *signer, {context().group_id, state.own_leaf}));
  TRY(Bytes message, send_proposal(state, {Update{std::move(leaf)}}, framing, random));
  state.updates.push_back(std::move(update));
  return message;
}

Result<ProposalRef> Group::handle_proposal(const MlsMessage& message, const LifetimePolicy& lifetime) {
  TRY_OK(state_->demand_active());
  TRY(OpenedHandshake opened, state_->open(message));
  TRY(ProposalRef reference, state_->shared.handle_proposal(opened.content, lifetime));
  if (opened.reached) {
    state_->consume(opened.content.content.sender, ContentType::proposal, std::move(*opened.reached));
  }
  ++state_->counter;
  return reference;
}

const std::vector<HeldProposal>& Group::held_proposals() const { return state_->shared.proposals().held(); }

void Group::forget_proposal(const ProposalRef& reference) {
  GroupState& state = *state_;
  const HeldProposal* held = state.shared.proposals().find(reference);
  if (held == nullptr || is_in_pending(state, *held)) return;
  // Without the proposal no Commit of it can be staged (R-MLS-69), so an own Update's private key goes too.
  if (const Update* update = held->proposal->as<Update>()) {
    const PublicKeyBytes key = update->leaf_node->content().encryption_key;
    std::erase_if(state.updates, [&](const HeldUpdate& own) { return own.encryption_key == key; });
  }
  state.shared.forget_proposal(reference);
  ++state.counter;
}

}  // namespace encuentro::mls::member
