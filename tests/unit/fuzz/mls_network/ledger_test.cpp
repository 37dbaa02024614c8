#include "fuzz/mls_network/ledger.h"

#include <catch2/catch.hpp>

#include "fuzz/mls_network/proposing.h"

namespace encuentro::fuzz {

using namespace mls;
using namespace mls::member;

namespace {

Seat& founder_of(World& world) {
  CreateParameters parameters;
  parameters.group_id = {1};
  parameters.identity = world.people[0].identity.duplicate();
  parameters.lifetime = lifetime;
  parameters.options = group_options;
  world.rooms.push_back({parameters.group_id});
  auto group = Group::create(std::move(parameters), world.plan.random());
  REQUIRE(group);
  return world.sit(0, 0, std::move(*group), history_of_birth(Bytes{1}));
}

// A Commit without a path: nothing in it is drawn.
CommitChoice sealed_add(const KeyPackage& newcomer, Bytes authenticated_data) {
  CommitChoice choice;
  choice.options.proposals.push_back({Add{newcomer}});
  choice.newcomers.push_back(newcomer.reference());
  choice.options.framing.wire_format = WireFormat::private_message;
  choice.options.framing.authenticated_data = std::move(authenticated_data);
  return choice;
}

const Letter& committed(World& world, Seat& seat, CommitChoice choice) {
  choice.options.psks = world.psks();
  const Letter* letter = make_commit(world, seat, std::move(choice));
  REQUIRE(letter != nullptr);
  return *letter;
}

}  // namespace

// The assumption that every Commit's bytes lead to an epoch of their own was the fuzzer's mistake.
TEST_CASE("a Commit dropped and sealed again leads to the same epoch") {
  World world({});
  Seat& seat = founder_of(world);
  const KeyPackage newcomer = world.publish(1);
  const Letter& first = committed(world, seat, sealed_add(newcomer, {}));
  const Bytes tag = to_bytes(seat.group->pending().context().confirmed_transcript_hash.view());
  seat.group->drop_pending();
  const Letter& again = committed(world, seat, sealed_add(newcomer, {}));
  CHECK(to_bytes(seat.group->pending().context().confirmed_transcript_hash.view()) == tag);
  CHECK(first.bytes != again.bytes);
  CHECK(first.next == again.next);
  CHECK(world.ledger.tally.forks == 0);

  seat.group->drop_pending();
  const Letter& other = committed(world, seat, sealed_add(newcomer, {1}));
  CHECK(other.next != first.next);
  CHECK(world.ledger.tally.forks == 1);
  CHECK(world.ledger.violations().empty());
}

}  // namespace encuentro::fuzz
