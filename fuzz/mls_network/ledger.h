// What really happened in a run: every message that a member made, and what must hold whatever the delivery service
// does. A violation is noted with its words; the fuzzer stops on the first run that has one.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "protocol/mls/member/group_state.h"

namespace encuentro::fuzz {

inline constexpr crypto::Suite suite = crypto::encuentro_suite;

// Names the Commits that a member has accepted since its group began, in their order: by what their makers signed,
// since a Commit without a path that is sealed twice is the same one in other bytes.
using History = Digest;
History history_of_birth(BytesView group_id);
History history_after(const History& before, BytesView signed_commit);
// The AuthenticatedContent (RFC 9420 §6) of a message its maker framed in this state.
Bytes signed_content(mls::member::GroupState& maker, const mls::MlsMessage& message);

enum class LetterKind : std::uint8_t { proposal, commit, application };

// A message as its maker gave it to the delivery service.
struct Letter {
  LetterKind kind = LetterKind::application;
  std::size_t room = 0;
  std::size_t seat = no_seat;  // of its maker, if it is a member
  History history{};           // where its maker stood
  Epoch epoch{};
  Bytes bytes{};
  Bytes signed_commit{};                       // of a Commit
  mls::ProposalRef reference{};                // of a proposal
  std::vector<mls::ProposalRef> references{};  // of a Commit: what must be held to read it
  History next{};                              // of a Commit: where it leads
  std::optional<Bytes> welcome{};              // of a Commit
  std::vector<Digest> newcomers{};             // of a Commit: references of the KeyPackages it adds
  bool needs_past = false;                     // of a Commit: only who was there before has its PSK
  Bytes plaintext{};                           // of application data

  static constexpr std::size_t no_seat = ~std::size_t{0};
  // Signed by somebody outside, who names an epoch and no history.
  bool is_from_outside() const { return seat == no_seat; }
};

// How much a run reached.
struct Tally {
  std::size_t epochs = 0;      // entered by two members or more, who agreed
  std::size_t commits = 0;     // made
  std::size_t joins = 0;       // by Welcome or by oneself
  std::size_t opened = 0;      // application messages
  std::size_t rejections = 0;  // messages refused
  std::size_t forks = 0;       // epochs that two Commits went on from
};

class Ledger {
 public:
  // Notes `what` unless `holds`.
  void demand(bool holds, std::string_view what);
  const std::vector<std::string>& violations() const { return violations_; }

  const Letter& post(Letter letter);
  const Letter* find(BytesView bytes) const;
  const std::deque<Letter>& letters() const { return letters_; }

  // Whose key may stand in a leaf. The person is the leaf's credential.
  void admit(const mls::Credential& person, const PublicKeyBytes& key);
  bool is_admitted(const mls::LeafNode& leaf) const;

  // A member entered the epoch that the history leads to: members of one history agree, members of two don't, no leaf
  // is a stranger's, and what it would store can be loaded.
  void entered(const History& history, const mls::member::Group& group);
  // A member encrypted a message: with a key that was still its to use, and never used before by anybody.
  // `before` is its state before it did, `after` the group now.
  void encrypted(mls::member::GroupState before, const mls::PrivateMessage& message, const mls::member::Group& after);

  Tally tally;

 private:
  struct EpochFacts {
    Bytes authenticator;
    Bytes context;
    std::size_t members = 0;
  };

  std::vector<std::string> violations_;
  std::deque<Letter> letters_;
  std::map<Bytes, const Letter*> by_bytes_;
  std::set<std::pair<Bytes, Bytes>> admitted_;  // credential, key
  std::map<Bytes, EpochFacts> epochs_;          // by history
  std::map<Bytes, Bytes> histories_;            // by authenticator
  std::map<Bytes, std::set<Bytes>> continued_;  // histories that follow one
  std::set<Bytes> keys_;
};

}  // namespace encuentro::fuzz
