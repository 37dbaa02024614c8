// Random histories of a network, told to the model and to the real roster alike.
#pragma once

#include "tests/roster_model/model.h"
#include "tests/support/test_network.h"

namespace encuentro::roster_model {

// One history from a seed. Acts are mostly plausible, so that about half may stand.
class History {
 public:
  explicit History(std::uint64_t seed);

  // One more act: to both. Nothing if they agree on it and on everybody's standing; else what they differ in.
  std::string step();
  // Both at an older place.
  std::string compare_older();

  int taken = 0, refused = 0;
  std::map<Kind, std::pair<int, int>> by_kind;  // taken, refused

 private:
  std::uint64_t below(std::uint64_t n) { return net_.random.next() % n; }
  bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }
  template <class Map>
  int any(const Map& map) {
    auto at = map.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(below(map.size())));
    return at->first;
  }
  int device_of(int person);
  int somebody(Role role);
  int speaker_for(int person);
  Act propose();
  void propose_office(Act& act);
  void propose_person(Act& act);
  void propose_entering(Act& act);
  void sign_with_roots(Act& act, int percent);
  void sign_for_countries(Act& act);

  roster::RosterEntry real(const Act& act);
  roster::Body body_of(const Act& act);
  roster::RoleGrant real_grant(const Grant& grant) const;
  roster::RoleBody role_body(const Act& act, roster::RoleAction action);
  Timestamp real_time(Time time) const { return Timestamp{begin_ + time * hours(1).ms}; }
  const tests::TestDevice& device_key(int id);
  std::string compare(const Model& model, const roster::View& view);

  tests::TestNetwork net_;
  std::int64_t begin_;
  Model model_;
  std::vector<Model> older_;
  std::vector<crypto::Ed25519Key> roots_;
  std::map<int, MemberId> members_;
  std::map<int, tests::TestDevice> devices_;
  struct Keys {
    InviteId id;
    crypto::Ed25519Key link, code;
  };
  std::map<int, Keys> invites_;
  std::optional<RecordId> counted_;
};

}  // namespace encuentro::roster_model
