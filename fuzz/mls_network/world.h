// The people of a run, their rooms (one group each) and the seats they take in them.
#pragma once

#include "fuzz/mls_network/ledger.h"
#include "fuzz/mls_network/plan.h"

namespace encuentro::fuzz {

inline constexpr std::size_t people_count = 9;
inline constexpr std::size_t room_members_max = 7;
inline constexpr mls::ExtensionType private_extension{0xf100};

struct Person {
  mls::member::MemberIdentity identity;
};

// A published KeyPackage with its owner's keys, as stored.
struct Published {
  std::size_t person = 0;
  SecretBytes secrets;
};

struct Room {
  Bytes group_id;
  // Seats in the group that this one succeeds or branches from, by person.
  std::map<std::size_t, std::size_t> origins{};
};

// One membership of a person in a room. A person who comes in again takes a new one; the old one stays, as a lost
// device would, until a Commit that removes it arrives.
struct Seat {
  std::size_t number = 0;
  std::size_t person = 0;
  std::size_t room = 0;
  std::optional<mls::member::Group> group{};
  History history{};
  std::size_t epochs_passed = 0;    // since it came in
  std::set<const Letter*> taken{};  // messages it accepted

  // Can act: is in an epoch and nothing ended the group.
  bool is_live() const { return group && group->is_active() && group->reinit() == nullptr; }
};

class World {
 public:
  explicit World(BytesView bytes);

  // Gives the person a seat in a group it is in already (or, before its external Commit comes back, almost).
  Seat& sit(std::size_t person, std::size_t room, mls::member::Group group, const History& history);
  // Live seats of the room with this history, in their order.
  std::vector<Seat*> peers(std::size_t room, const History& history);
  std::vector<Seat*> live_seats();
  // The leaf of a person in the group's tree.
  static std::optional<mls::LeafIndex> leaf_of(const mls::member::Group& group, const mls::Credential& person);
  // A person without a leaf in the group's tree, if there is one.
  std::optional<std::size_t> stranger_to(const mls::member::Group& group);
  // A fresh KeyPackage of the person.
  mls::KeyPackage publish(std::size_t person);
  mls::member::PskSource psks() const { return {psks_, {}}; }
  // Whom the delivery service may send proposals as.
  mls::ExtensionList context_extensions(std::uint8_t variant) const;

  Plan plan;
  Ledger ledger;
  std::vector<Person> people;
  std::vector<Room> rooms;
  std::deque<Seat> seats;
  std::map<Bytes, Published> published;  // by KeyPackageRef
  mls::member::MemberIdentity service;   // an external sender of every room
  mls::member::MemberIdentity intruder;  // nobody admitted it

 private:
  std::vector<mls::member::ExternalPsk> psks_;
};

inline constexpr mls::Lifetime lifetime{0, 4'000'000'000};
inline constexpr mls::member::GroupOptions group_options{.past_resumption_psks = 2, .padding_multiple = 16};

}  // namespace encuentro::fuzz
