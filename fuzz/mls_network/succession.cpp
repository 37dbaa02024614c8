#include "fuzz/mls_network/succession.h"

#include "fuzz/mls_network/delivery.h"
#include "fuzz/mls_network/proposing.h"

namespace encuentro::fuzz {

using namespace mls;
using namespace mls::member;

namespace {

constexpr std::size_t rooms_max = 6;

// Ends the group for all who get the Commit. The successor's id is free.
bool reinitialize(World& world, Seat& by, const Bytes& group_id) {
  CommitChoice choice;
  choice.options.proposals.push_back({ReInit{group_id, ProtocolVersion::mls10, suite, world.context_extensions(0)}});
  const std::vector<Seat*> peers = world.peers(by.room, by.history);
  const Letter* commit = make_commit(world, by, std::move(choice));
  if (commit == nullptr) return false;
  for (Seat* seat : peers) deliver_commit(world, *seat, *commit);
  return by.group && by.group->reinit() != nullptr;
}

}  // namespace

void succeed(World& world) {
  Plan& plan = world.plan;
  const std::vector<Seat*> live = world.live_seats();
  if (live.empty() || world.rooms.size() >= rooms_max) return;
  Seat& by = *live[plan.below(live.size())];
  if (by.group->has_pending()) return;
  const Bytes group_id{static_cast<std::uint8_t>(world.rooms.size())};
  const bool reinit = plan.chance(128);
  if (reinit && !reinitialize(world, by, group_id)) return;

  // All people of the old tree; those who stand elsewhere get a leaf and can't follow.
  CommitChoice choice;
  Room room{group_id};
  for (Seat& seat : world.seats) {
    if (seat.room == by.room && seat.history == by.history && seat.group && seat.group->is_active()) {
      room.origins[seat.person] = seat.number;
    }
  }
  for (std::size_t person = 0; person < people_count; ++person) {
    if (person == by.person || !World::leaf_of(*by.group, world.people[person].identity.credential)) continue;
    if (!reinit && !room.origins.contains(person)) continue;
    KeyPackage key_package = world.publish(person);
    if (room.origins.contains(person)) choice.newcomers.push_back(key_package.reference());
    choice.options.proposals.push_back({Add{std::move(key_package)}});
  }
  if (choice.newcomers.empty()) return;

  CreateParameters parameters;
  parameters.group_id = group_id;
  parameters.extensions = world.context_extensions(0);
  parameters.identity = world.people[by.person].identity.duplicate();
  parameters.lifetime = lifetime;
  parameters.options = group_options;
  auto group = Group::create(std::move(parameters), plan.random());
  world.ledger.demand(group.has_value(), "a successor couldn't be founded");
  if (!group) return;
  std::vector<ResumptionPsk> psks;
  psks.push_back(by.group->resumption_psk());
  const auto usage = reinit ? ResumptionPskUsage::reinit : ResumptionPskUsage::branch;
  choice.options.proposals.push_back({PreSharedKey{successor_psk_id(psks[0], usage)}});
  choice.options.psks = {{}, psks};
  const History birth = history_of_birth(group_id);
  world.rooms.push_back(std::move(room));
  Seat& founder = world.sit(by.person, world.rooms.size() - 1, std::move(*group), birth);
  world.ledger.entered(birth, *founder.group);
  const Letter* commit = make_commit(world, founder, std::move(choice));
  if (commit == nullptr) return;
  deliver(world, founder, commit->bytes);
  for (const Digest& newcomer : commit->newcomers) deliver_welcome(world, *commit, newcomer.view());
}

}  // namespace encuentro::fuzz
