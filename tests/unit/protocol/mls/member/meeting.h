// Members of one group who hand everything to each other, with all their keys at hand.
#pragma once

#include <catch2/catch.hpp>
#include <deque>

#include "protocol/mls/member/group_secrets.h"
#include "protocol/mls/member/group_state.h"
#include "protocol/mls/public/rules.h"
#include "tests/support/seeded_random.h"

namespace encuentro::mls::member::testing {

inline constexpr crypto::Suite suite = crypto::encuentro_suite;
inline constexpr ExtensionType private_extension{0xf100};

// The value, or the test ends with what the error says.
template <class T>
T must(Result<T> result) {
  if (!result) FAIL(name(result.error().code) << " " << result.error().rule);
  return std::move(*result);
}
template <class T>
void refused(const Result<T>& result, Rule rule) {
  REQUIRE(!result);
  CHECK(std::string(result.error().rule) == text_of(rule).name);
  CHECK(result.error().code == text_of(rule).code);
}
inline MlsMessage message_of(BytesView bytes) { return must(decoded<MlsMessage>(bytes)); }
inline PrivateMessage private_of(BytesView bytes) { return std::get<PrivateMessage>(message_of(bytes).value); }
inline Welcome welcome_of(const CommitBundle& bundle) { return std::get<Welcome>(message_of(*bundle.welcome).value); }
inline GroupInfo group_info_of(BytesView bytes) { return std::get<GroupInfo>(message_of(bytes).value); }
// Another copy of a member's state: what a thief, a restored backup or a forging member works with.
inline GroupState state_of(const Group& group) { return must(GroupState::decode(group.encode().view())); }
inline Group clone_of(const Group& group) { return must(Group::decode(group.encode().view())); }

struct Seat {
  MemberIdentity identity;
  std::optional<Group> group;
};

class Meeting {
 public:
  explicit Meeting(std::size_t members = 1, const GroupOptions& options = {}, std::uint64_t seed = 1,
                   Bytes group_id = {1, 2, 3})
      : random(seed), options_(options) {
    seats.push_back({new_identity(), std::nullopt});
    CreateParameters parameters;
    parameters.suite = suite;
    parameters.group_id = std::move(group_id);
    parameters.identity = seats[0].identity.duplicate();
    parameters.lifetime = {0, 4'000'000'000};
    parameters.options = options;
    seats[0].group = must(Group::create(std::move(parameters), random));
    while (seats.size() < members) add(0);
  }

  MemberIdentity new_identity() {
    crypto::SigningKey key = crypto::generate_signing_key(suite, random);
    Credential credential = Credential::basic(key.public_key.view().first(8));
    return {std::move(key), std::move(credential), library_capabilities({suite}, {private_extension}), {}};
  }
  KeyPackageSecrets new_key_package(const MemberIdentity& identity) {
    return KeyPackageSecrets::generate(suite, identity, {0, 4'000'000'000}, {}, random);
  }

  Group& group(std::size_t seat) { return *seats[seat].group; }
  LeafIndex leaf(std::size_t seat) { return group(seat).own_leaf(); }

  // Hands a Commit to everybody: its maker merges what was pending, the others stage and merge. Who is removed
  // leaves its seat empty.
  void deliver(std::size_t by, BytesView commit, const PskSource& psks = {}) {
    for (std::size_t i = 0; i < seats.size(); ++i) {
      if (!seats[i].group) continue;
      if (i == by) {
        REQUIRE(group(i).is_pending(commit));
        group(i).merge_pending();
        continue;
      }
      StagedCommit staged = must(group(i).stage(message_of(commit), psks));
      bool removed = staged.removes_us();
      group(i).merge(std::move(staged));
      if (removed) seats[i].group.reset();
    }
  }
  CommitBundle commit(std::size_t by, const CommitOptions& commit_options = {}) {
    CommitBundle bundle = must(group(by).commit(commit_options, random));
    deliver(by, bundle.commit, commit_options.psks);
    return bundle;
  }
  // Adds a newcomer and lets it join. Returns its seat.
  std::size_t add(std::size_t by, CommitOptions commit_options = {}) {
    MemberIdentity identity = new_identity();
    KeyPackageSecrets secrets = new_key_package(identity);
    commit_options.proposals.push_back({Add{secrets.key_package}});
    CommitBundle bundle = commit(by, commit_options);
    JoinParameters parameters;
    parameters.psks = commit_options.psks;
    parameters.options = options_;
    RatchetTreeNodes tree;
    if (!commit_options.tree_in_welcome) {
      tree = must(decoded<RatchetTreeNodes>(group(by).encoded_tree()));
      parameters.tree = &tree;
    }
    Group joined = must(Group::join(welcome_of(bundle), std::move(secrets), parameters));
    seats.push_back({std::move(identity), std::move(joined)});
    return seats.size() - 1;
  }
  void remove(std::size_t by, std::size_t seat) {
    CommitOptions commit_options;
    commit_options.proposals.push_back({Remove{leaf(seat)}});
    commit(by, commit_options);
  }

  void check_agreement() {
    const Group* first = nullptr;
    for (Seat& seat : seats) {
      if (!seat.group) continue;
      if (first == nullptr) first = &*seat.group;
      CHECK(equal(seat.group->epoch_authenticator(), first->epoch_authenticator()));
      CHECK(seat.group->context() == first->context());
      CHECK(state_of(*seat.group).keys->path.check_against(seat.group->tree()).has_value());
    }
  }

  tests::SeededRandom random;
  std::deque<Seat> seats;

 private:
  GroupOptions options_;
};

}  // namespace encuentro::mls::member::testing
