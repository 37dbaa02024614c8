#include "fuzz/mls_network/run.h"

#include "fuzz/mls_network/delivery.h"
#include "fuzz/mls_network/proposing.h"
#include "fuzz/mls_network/succession.h"

namespace encuentro::fuzz {

using namespace mls;
using namespace mls::member;

namespace {

constexpr std::size_t steps = 72;

void found_room(World& world) {
  const std::size_t room = world.rooms.size();
  const std::size_t person = world.plan.below(people_count);
  CreateParameters parameters;
  parameters.group_id = {static_cast<std::uint8_t>(room)};
  parameters.extensions = world.context_extensions(0);
  parameters.identity = world.people[person].identity.duplicate();
  parameters.lifetime = lifetime;
  parameters.options = group_options;
  const History history = history_of_birth(parameters.group_id);
  world.rooms.push_back({parameters.group_id});
  auto group = Group::create(std::move(parameters), world.plan.random());
  world.ledger.demand(group.has_value(), "a group couldn't be founded");
  if (!group) return;
  world.ledger.entered(history, world.sit(person, room, std::move(*group), history).group.value());
}

// One that isn't waiting for a Commit of its own: it comes back late, or is given up.
Seat* ready_seat(World& world, Seat& seat) {
  if (!seat.group->has_pending()) return &seat;
  if (world.plan.chance(128)) {
    catch_up(world, seat);
  } else {
    seat.group->drop_pending();
  }
  return seat.is_live() && !seat.group->has_pending() ? &seat : nullptr;
}

// Of two, the one with more company: lonely ends of forks are left behind.
Seat* pick_seat(World& world) {
  const std::vector<Seat*> live = world.live_seats();
  if (live.empty()) return nullptr;
  Seat* one = live[world.plan.below(live.size())];
  Seat* other = live[world.plan.below(live.size())];
  const bool more = world.peers(other->room, other->history).size() > world.peers(one->room, one->history).size();
  return ready_seat(world, more ? *other : *one);
}

void commit_round(World& world) {
  Plan& plan = world.plan;
  Seat* by = pick_seat(world);
  if (by == nullptr) return;
  const std::vector<Seat*> peers = world.peers(by->room, by->history);
  const Letter* commit = make_commit(world, *by, choose_commit(world, *by));
  if (commit == nullptr) return;
  const Letter* rival = nullptr;
  if (plan.chance(32)) {
    Seat* other = peers[plan.below(peers.size())];
    if (!other->group->has_pending()) rival = make_commit(world, *other, choose_commit(world, *other));
  }
  // Nearly always the same one for all; else the group falls apart.
  const bool forks = plan.chance(64);
  for (std::size_t i = 0, first = plan.below(peers.size()); i < peers.size(); ++i) {
    const bool other = rival != nullptr && forks && plan.chance(96);
    deliver_commit(world, *peers[(first + i) % peers.size()], other ? *rival : *commit);
  }
  for (const Letter* made : {commit, rival}) {
    if (made == nullptr) continue;
    for (const Digest& newcomer : made->newcomers) deliver_welcome(world, *made, newcomer.view());
  }
}

void propose(World& world) {
  Seat* by = pick_seat(world);
  if (by == nullptr) return;
  const bool outside = world.plan.chance(64);
  const Letter* proposal = outside ? &make_outside_proposal(world, *by) : make_proposal(world, *by);
  if (proposal == nullptr) return;
  for (Seat* seat : world.peers(by->room, by->history)) {
    if (seat->number != proposal->seat && !world.plan.chance(32)) deliver(world, *seat, proposal->bytes);
  }
}

void speak(World& world) {
  Plan& plan = world.plan;
  Seat* by = pick_seat(world);
  if (by == nullptr) return;
  std::vector<const Letter*> sent;
  for (std::size_t more = 1 + plan.below(5); more > 0; --more) {
    GroupState before = state_of(*by->group);
    Bytes plaintext(plan.byte(), plan.byte());
    auto sealed = by->group->protect(plaintext, Bytes(plan.below(3), 1), plan.random());
    const bool may = by->group->held_proposals().empty();
    world.ledger.demand(sealed.has_value() == may, "application data is sent just when no proposals are held");
    if (!sealed) return;
    world.ledger.encrypted(std::move(before), *decoded<MlsMessage>(*sealed)->as<PrivateMessage>(), *by->group);
    sent.push_back(&world.ledger.post({.room = by->room,
                                       .seat = by->number,
                                       .history = by->history,
                                       .epoch = by->group->epoch(),
                                       .bytes = std::move(*sealed),
                                       .plaintext = std::move(plaintext)}));
  }
  for (Seat* seat : world.peers(by->room, by->history)) {
    for (std::size_t i = 0, first = plan.below(sent.size()); i < sent.size(); ++i) {
      const Letter& letter = *sent[(first + i) % sent.size()];
      if (plan.chance(40)) continue;  // late or never
      if (plan.chance(24)) deliver(world, *seat, damaged(world, letter.bytes));
      deliver(world, *seat, letter.bytes);
      if (plan.chance(24)) {
        world.ledger.demand(!deliver(world, *seat, letter.bytes), "a message was opened twice");
      }
    }
  }
}

// Somebody comes in by itself, or again. The intruder tries the same.
void join_externally(World& world) {
  Plan& plan = world.plan;
  Seat* host = pick_seat(world);
  if (host == nullptr) return;
  auto told = host->group->group_info({}, true);
  auto message = told ? decoded<MlsMessage>(*told) : Result<MlsMessage>(fail(Code::none));
  world.ledger.demand(message.has_value(), "no GroupInfo could be made");
  if (!message) return;
  const bool intrudes = plan.chance(72);
  const std::size_t person = plan.below(people_count);
  ExternalJoinParameters parameters;
  parameters.identity = intrudes ? world.intruder.duplicate() : world.people[person].identity.duplicate();
  if (!intrudes || plan.chance(128)) {
    parameters.replaces = World::leaf_of(*host->group, world.people[person].identity.credential);
  }
  if (plan.chance(48)) parameters.use_psks.emplace_back().psk_id = {7};
  parameters.psks = world.psks();
  parameters.options = group_options;
  auto joined = Group::join_externally(*message->as<GroupInfo>(), parameters, plan.random());
  world.ledger.demand(joined.has_value(), "a group couldn't be joined by a member's GroupInfo");
  if (!joined) return;
  const std::vector<Seat*> peers = world.peers(host->room, host->history);
  if (intrudes) {
    for (Seat* seat : peers) deliver(world, *seat, joined->bundle.commit);
    return;
  }
  const auto sent = decoded<MlsMessage>(joined->bundle.commit);
  world.ledger.demand(sent && sent->as<PublicMessage>() != nullptr, "an external Commit isn't public");
  if (!sent || sent->as<PublicMessage>() == nullptr) return;
  Seat& seat = world.sit(person, host->room, std::move(joined->group), host->history);
  const Letter& commit = world.ledger.post({.kind = LetterKind::commit,
                                            .room = seat.room,
                                            .seat = seat.number,
                                            .history = seat.history,
                                            .epoch = host->group->epoch(),
                                            .bytes = std::move(joined->bundle.commit),
                                            .signed_commit = encoded(sent->as<PublicMessage>()->authenticated())});
  for (Seat* peer : peers) deliver_commit(world, *peer, commit);
  deliver(world, seat, commit.bytes);
  ++world.ledger.tally.joins;
}

// A client stops and starts again from what it stored; what it stored before is recognised as old.
void reload(World& world) {
  Seat* seat = pick_seat(world);
  if (seat == nullptr) return;
  const SecretBytes stored = seat->group->encode();
  if (make_proposal(world, *seat) == nullptr) return;
  auto old = Group::decode(stored.view());
  auto now = Group::decode(seat->group->encode().view());
  world.ledger.demand(old && now && old->state_counter() < now->state_counter(), "an old copy looks new");
  if (now) seat->group = std::move(*now);
}

void act(World& world) {
  const std::uint8_t what = world.plan.byte();
  if (what < 112) return commit_round(world);
  if (what < 144) return propose(world);
  if (what < 172) return speak(world);
  if (what < 192) return join_externally(world);
  if (what < 224) return disturb(world);
  if (what < 232) return reload(world);
  if (what < 238) return succeed(world);
  const std::vector<Seat*> live = world.live_seats();
  if (!live.empty()) catch_up(world, *live[world.plan.below(live.size())]);
}

}  // namespace

Outcome run_network(BytesView bytes) {
  World world(bytes);
  found_room(world);
  found_room(world);
  for (std::size_t step = 0; step < steps && world.ledger.violations().empty(); ++step) act(world);
  return {world.ledger.tally, world.ledger.violations()};
}

}  // namespace encuentro::fuzz
