#include "fuzz/mls_network/world.h"

namespace encuentro::fuzz {

using namespace mls;
using namespace mls::member;

namespace {

MemberIdentity identity_of(std::uint8_t name, Random& random) {
  return {crypto::generate_signing_key(suite, random),
          Credential::basic(Bytes{name}),
          library_capabilities({suite}, {private_extension}),
          {}};
}

}  // namespace

World::World(BytesView bytes)
    : plan(bytes), service(identity_of(200, plan.random())), intruder(identity_of(201, plan.random())) {
  psks_.push_back({{7}, SecretBytes(BytesView(Bytes{1, 2, 3}))});
  for (std::uint8_t name = 0; name < people_count; ++name) {
    people.push_back({identity_of(name, plan.random())});
    ledger.admit(people.back().identity.credential, people.back().identity.signing_key.public_key);
  }
}

Seat& World::sit(std::size_t person, std::size_t room, Group group, const History& history) {
  return seats.emplace_back(
      Seat{.number = seats.size(), .person = person, .room = room, .group = std::move(group), .history = history});
}

std::vector<Seat*> World::peers(std::size_t room, const History& history) {
  std::vector<Seat*> out;
  for (Seat& seat : seats) {
    if (seat.is_live() && seat.room == room && seat.history == history) out.push_back(&seat);
  }
  return out;
}

std::vector<Seat*> World::live_seats() {
  std::vector<Seat*> out;
  for (Seat& seat : seats) {
    if (seat.is_live()) out.push_back(&seat);
  }
  return out;
}

std::optional<LeafIndex> World::leaf_of(const Group& group, const Credential& person) {
  for (std::uint32_t i = 0; i < group.tree().leaf_count().value; ++i) {
    const LeafNode* leaf = group.tree().leaf({i});
    if (leaf != nullptr && (*leaf)->credential == person) return LeafIndex{i};
  }
  return std::nullopt;
}

std::optional<std::size_t> World::stranger_to(const Group& group) {
  const std::size_t first = plan.below(people_count);
  for (std::size_t i = 0; i < people_count; ++i) {
    const std::size_t person = (first + i) % people_count;
    if (!leaf_of(group, people[person].identity.credential)) return person;
  }
  return std::nullopt;
}

KeyPackage World::publish(std::size_t person) {
  auto secrets = KeyPackageSecrets::generate(suite, people[person].identity, lifetime, {}, plan.random());
  KeyPackage key_package = secrets.key_package;
  published.emplace(to_bytes(key_package.reference().view()), Published{person, secrets.encode()});
  return key_package;
}

ExtensionList World::context_extensions(std::uint8_t variant) const {
  ExtensionList out;
  out.set(ExtensionType::external_senders,
          encoded(ExternalSenders{{{service.signing_key.public_key, service.credential}}}));
  if (variant != 0) out.set(private_extension, Bytes{variant});
  return out;
}

}  // namespace encuentro::fuzz
