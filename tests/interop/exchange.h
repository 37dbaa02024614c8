// One group of clients of both implementations with an honest delivery service, moved by seeded random steps. After
// each step all members must agree on epoch, epoch authenticator and an exported secret.
#pragma once

#include <array>
#include <map>

#include "tests/interop/our_client.h"
#include "tests/interop/peer_client.h"
#include "tests/support/seeded_random.h"

namespace encuentro::interop {

// What a step does. `…_proposed`: somebody proposes, somebody else commits by reference.
enum class Step { add, add_proposed, update, update_proposed, remove, remove_proposed, psk, join, resync, messages };
inline constexpr std::size_t step_kinds = 10;
const char* name_of(Step step);

class Exchange {
 public:
  struct Settings {
    std::uint64_t seed = 0;
    crypto::Suite suite = crypto::encuentro_suite;
    bool we_create = true;
    std::size_t members_max = 10;
  };
  Exchange(Settings settings, PeerProcess& peer, std::uint64_t now_s);

  // One random step that the group allows. Throws on any disagreement or refusal.
  void step();
  // How often a step of this kind was committed (or sent) by our side; the other side received each of them.
  std::size_t done(Step step, bool by_us) const { return done_[static_cast<std::size_t>(step)][by_us]; }
  // Joins by a Welcome that the other implementation made.
  std::size_t welcomed(bool us) const { return welcomed_[us]; }
  // Of all these, what came least often.
  std::size_t least_done() const;
  std::uint64_t epoch() const { return epoch_; }

 private:
  using Member = std::unique_ptr<Participant>;

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.next() % bound); }
  bool coin() { return below(2) == 0; }
  std::size_t count(bool ours) const;
  bool possible(Step step, bool by_us) const;
  Participant& any_of(bool ours, const Participant* other_than = nullptr);
  Participant& anybody_but(const Participant& one);
  Participant* removable(const Participant& committer);
  Member newcomer(bool ours);

  void run(Step step, bool by_us);
  void add(Participant& committer, bool proposed);
  void update(Participant& committer, bool proposed);
  void remove(Participant& committer, bool proposed);
  void psk(Participant& committer);
  void join(bool by_us);
  void resync(Participant& member);
  void messages(Participant& sender);

  // ts-mls refuses to join a valid tree whose parents list different unmerged leaves (it compares whole lists where
  // §12.4.3.1 asks for one entry). Before one of its clients joins, those leaves make an update each.
  void settle_tree();
  // Proposes at `proposer`, delivers to all others.
  void propose(Participant& proposer, const ProposalWish& wish);
  // Delivers to everybody but `from`; then those who were removed leave.
  void deliver_commit(BytesView commit, const Participant* from);
  void check_agreement();

  Settings settings_;
  tests::SeededRandom random_;
  PeerProcess& peer_;
  std::uint64_t now_s_;
  std::vector<mls::member::ExternalPsk> psks_;
  std::vector<Member> members_;
  std::array<std::array<std::size_t, 2>, step_kinds> done_{};
  std::array<std::size_t, 2> welcomed_{};
  std::uint64_t epoch_ = 0;
  int names_ = 0;
};

}  // namespace encuentro::interop
