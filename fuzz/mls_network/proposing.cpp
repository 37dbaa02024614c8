#include "fuzz/mls_network/proposing.h"

namespace encuentro::fuzz {

using namespace mls;
using namespace mls::member;

namespace {

// Keeps a list of proposals valid (§12.2) while it grows.
class Selection {
 public:
  Selection(World& world, const Seat& seat) : world_(world), seat_(seat) {}

  // Notes the proposal if it goes with those before it.
  bool take(const Proposal& proposal, const Sender& sender) {
    const Group& group = *seat_.group;
    if (const auto* add = proposal.as<Add>()) return take_add(*add);
    if (const auto* remove = proposal.as<Remove>()) {
      return remove->removed != group.own_leaf() && group.tree().leaf(remove->removed) != nullptr &&
             changed_.insert(remove->removed).second;
    }
    if (proposal.as<Update>() != nullptr) {
      return sender.leaf() != group.own_leaf() && changed_.insert(sender.leaf()).second;
    }
    if (const auto* psk = proposal.as<PreSharedKey>()) return take_psk(psk->psk);
    if (proposal.as<GroupContextExtensions>() != nullptr) return !std::exchange(has_extensions_, true);
    return false;
  }

  std::vector<Digest> newcomers;
  bool needs_past = false;

 private:
  bool take_add(const Add& add) {
    const LeafNode& leaf = add.key_package.leaf();
    const bool there = World::leaf_of(*seat_.group, leaf->credential).has_value();
    if (!world_.ledger.is_admitted(leaf) || there) return false;
    if (seat_.group->tree().member_count() + newcomers.size() >= room_members_max) return false;
    if (!added_.insert(encoded(leaf->credential)).second) return false;
    newcomers.push_back(add.key_package.reference());
    return true;
  }
  bool take_psk(const PreSharedKeyId& psk) {
    if (psk.type == PskType::resumption) {
      if (seat_.epochs_passed == 0 || psk.psk_epoch.next() != seat_.group->epoch()) return false;
      needs_past = true;
    }
    return !std::exchange(has_psk_, true);
  }

  World& world_;
  const Seat& seat_;
  std::set<LeafIndex> changed_;
  std::set<Bytes> added_;  // credentials
  bool has_psk_ = false;
  bool has_extensions_ = false;
};

// What nobody wants committed is forgotten: it would keep us from sending (§12.4).
void forget_strangers(World& world, Group& group) {
  std::vector<ProposalRef> unwanted;
  for (const HeldProposal& held : group.held_proposals()) {
    const auto* add = held.proposal->as<Add>();
    if (add != nullptr && !world.ledger.is_admitted(add->key_package.leaf())) unwanted.push_back(held.reference);
  }
  for (const ProposalRef& reference : unwanted) group.forget_proposal(reference);
}

// With another signing key, the person staying the same.
MemberIdentity renewed(World& world, const Seat& seat) {
  MemberIdentity out = world.people[seat.person].identity.duplicate();
  out.signing_key = crypto::generate_signing_key(suite, world.plan.random());
  world.ledger.admit(out.credential, out.signing_key.public_key);
  return out;
}

LeafIndex any_member(World& world, const Group& group) {
  while (true) {
    const LeafIndex leaf{static_cast<std::uint32_t>(world.plan.below(group.tree().leaf_count().value))};
    if (group.tree().leaf(leaf) != nullptr) return leaf;
  }
}

}  // namespace

GroupState state_of(const Group& group) {
  auto state = GroupState::decode(group.encode().view());
  ENC_CHECK(state.has_value());
  return std::move(*state);
}

Framing choose_framing(World& world) {
  Framing out;
  if (world.plan.chance(112)) out.wire_format = WireFormat::private_message;
  if (world.plan.chance(32)) out.authenticated_data = Bytes(world.plan.below(9), 5);
  return out;
}

Proposal choose_proposal(World& world, const Seat& seat) {
  Plan& plan = world.plan;
  const Group& group = *seat.group;
  const std::uint32_t members = group.tree().member_count();
  const std::size_t kind = plan.below(8);
  if (kind < 3 || members < 3) {
    const auto person = world.stranger_to(group);
    if (person && members < room_members_max) return {Add{world.publish(*person)}};
  }
  if (kind < 5 && members > 2) return {Remove{any_member(world, group)}};
  if (kind < 7) {
    PreSharedKeyId psk;
    psk.psk_id = {7};
    if (seat.epochs_passed > 0 && plan.chance(24)) {
      psk = successor_psk_id({group.context().group_id, Epoch{group.epoch().value - 1}, {}},
                             ResumptionPskUsage::application);
    }
    return {PreSharedKey{psk}};
  }
  return {GroupContextExtensions{world.context_extensions(plan.byte())}};
}

CommitChoice choose_commit(World& world, Seat& seat) {
  Plan& plan = world.plan;
  forget_strangers(world, *seat.group);
  CommitChoice choice;
  CommitOptions& options = choice.options;
  Selection selection(world, seat);
  for (const HeldProposal& held : seat.group->held_proposals()) {
    if (!plan.chance(48) && selection.take(*held.proposal, held.sender)) options.references.push_back(held.reference);
  }
  for (std::size_t more = plan.below(3); more > 0; --more) {
    Proposal proposal = choose_proposal(world, seat);
    if (selection.take(proposal, Sender::member(seat.group->own_leaf()))) options.proposals.push_back(proposal);
  }
  choice.newcomers = std::move(selection.newcomers);
  choice.needs_past = selection.needs_past;
  options.force_path = plan.chance(64);
  options.framing = choose_framing(world);
  options.psks = world.psks();
  if (plan.chance(16)) choice.new_identity = renewed(world, seat);
  return choice;
}

const Letter* make_commit(World& world, Seat& seat, CommitChoice choice) {
  if (choice.new_identity) choice.options.new_identity = &*choice.new_identity;
  GroupState before = state_of(*seat.group);
  auto bundle = seat.group->commit(choice.options, world.plan.random());
  world.ledger.demand(bundle.has_value(), "a valid Commit couldn't be made");
  if (!bundle) return nullptr;
  world.ledger.demand(bundle->welcome.has_value() == !choice.newcomers.empty(), "a Welcome for nobody, or none");
  auto message = decoded<MlsMessage>(bundle->commit);
  world.ledger.demand(message.has_value(), "a Commit can't be decoded");
  if (!message) return nullptr;
  Bytes signed_commit = signed_content(before, *message);
  if (const auto* sealed = message->as<PrivateMessage>()) {
    world.ledger.encrypted(std::move(before), *sealed, *seat.group);
  }
  return &world.ledger.post({.kind = LetterKind::commit,
                             .room = seat.room,
                             .seat = seat.number,
                             .history = seat.history,
                             .epoch = seat.group->epoch(),
                             .bytes = std::move(bundle->commit),
                             .signed_commit = std::move(signed_commit),
                             .references = choice.options.references,
                             .welcome = std::move(bundle->welcome),
                             .newcomers = std::move(choice.newcomers),
                             .needs_past = choice.needs_past});
}

const Letter* make_proposal(World& world, Seat& seat) {
  Plan& plan = world.plan;
  Group& group = *seat.group;
  const Framing framing = choose_framing(world);
  GroupState before = state_of(group);
  const bool update = plan.chance(80);
  std::optional<MemberIdentity> identity;
  if (update && plan.chance(48)) identity = renewed(world, seat);
  auto sent = update ? group.propose_update(framing, plan.random(), identity ? &*identity : nullptr)
                     : group.propose(choose_proposal(world, seat), framing, plan.random());
  world.ledger.demand(sent.has_value(), "a valid proposal couldn't be made");
  if (!sent) return nullptr;
  if (auto message = decoded<MlsMessage>(*sent); message && message->as<PrivateMessage>() != nullptr) {
    world.ledger.encrypted(std::move(before), *message->as<PrivateMessage>(), group);
  }
  return &world.ledger.post({.kind = LetterKind::proposal,
                             .room = seat.room,
                             .seat = seat.number,
                             .history = seat.history,
                             .epoch = group.epoch(),
                             .bytes = std::move(*sent),
                             .reference = group.held_proposals().back().reference});
}

const Letter& make_outside_proposal(World& world, const Seat& group_of) {
  Plan& plan = world.plan;
  const Group& group = *group_of.group;
  AuthenticatedContent content;
  content.content.group_id = group.context().group_id;
  content.content.epoch = group.epoch();
  const MemberIdentity* signer = &world.service;
  const auto newcomer = world.stranger_to(group);
  if (plan.chance(128)) {
    content.content.sender = Sender::external(0);
    content.content.body = newcomer && plan.chance(128) ? Proposal{Add{world.publish(*newcomer)}}
                                                        : Proposal{Remove{any_member(world, group)}};
  } else if (newcomer && plan.chance(128)) {
    signer = &world.people[*newcomer].identity;
    content.content.sender = Sender::new_member_proposal();
    content.content.body = Proposal{Add{world.publish(*newcomer)}};
  } else {
    signer = &world.intruder;
    content.content.sender = Sender::new_member_proposal();
    auto own = KeyPackageSecrets::generate(suite, world.intruder, lifetime, {}, plan.random());
    content.content.body = Proposal{Add{own.key_package}};
  }
  content.sign(suite, signer->signing_key, nullptr);
  const ProposalRef reference = content.proposal_ref(suite);
  return world.ledger.post({.kind = LetterKind::proposal,
                            .room = group_of.room,
                            .history = group_of.history,
                            .epoch = group.epoch(),
                            .bytes = encoded(MlsMessage{PublicMessage{content.content, content.auth, {}}}),
                            .reference = reference});
}

}  // namespace encuentro::fuzz
