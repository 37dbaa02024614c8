#include "protocol/mls/member/group_state.h"

#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

Bytes stored(const Group& group) { return to_bytes(group.encode().view()); }

Result<Bytes> again(BytesView input) {
  TRY(Group group, Group::decode(input));
  return stored(group);
}

bool contains(BytesView whole, BytesView part) {
  return std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

}  // namespace

TEST_CASE("a stored group goes on") {
  Meeting meeting(3, {.past_resumption_psks = 3, .padding_multiple = 32});
  must(meeting.group(1).propose_update({}, meeting.random));
  for (std::size_t i = 0; i < 3; ++i) meeting.group(i) = clone_of(meeting.group(i));
  CHECK(meeting.group(1).held_proposals().size() == 1);
  meeting.commit(0);
  meeting.commit(1);
  meeting.check_agreement();
  CHECK(state_of(meeting.group(1)).options.padding_multiple == 32);
}

TEST_CASE("an own Update is committed after its maker stored and loaded") {
  Meeting meeting(3);
  Bytes proposal = must(meeting.group(1).propose_update({}, meeting.random));
  for (std::size_t i : {0u, 2u}) must(meeting.group(i).handle_proposal(message_of(proposal)));
  meeting.group(1) = clone_of(meeting.group(1));
  meeting.commit(0, {.references = {meeting.group(0).held_proposals()[0].reference}});
  meeting.check_agreement();
}

TEST_CASE("a pending Commit is stored and merged later") {
  Meeting meeting(3);
  MemberIdentity renewed = meeting.new_identity();
  CommitOptions options{.new_identity = &renewed};
  options.proposals.push_back({Remove{meeting.leaf(2)}});
  CommitBundle bundle = must(meeting.group(0).commit(options, meeting.random));
  meeting.group(0) = clone_of(meeting.group(0));
  CHECK(meeting.group(0).is_pending(bundle.commit));
  CHECK(meeting.group(0).pending().effect().removed.size() == 1);
  meeting.deliver(0, bundle.commit);
  meeting.commit(0);
  meeting.check_agreement();
}

TEST_CASE("what was used up isn't stored") {
  Meeting meeting(2);
  GroupState before = state_of(meeting.group(1));
  auto reached = must(before.keys->messages.ratchet(LeafIndex{0}, RatchetKind::application).reach(suite, 0));
  const Bytes key = to_bytes(reached.key.key.view());
  Bytes sealed0 = must(meeting.group(0).protect(Bytes{1}, {}, meeting.random));
  Bytes sealed1 = must(meeting.group(0).protect(Bytes{2}, {}, meeting.random));
  must(meeting.group(1).unprotect(private_of(sealed1)));
  CHECK(contains(stored(meeting.group(1)), key));  // skipped: may still come
  must(meeting.group(1).unprotect(private_of(sealed0)));
  CHECK_FALSE(contains(stored(meeting.group(1)), key));
  const Bytes init = to_bytes(state_of(meeting.group(1)).keys->secrets.init.view());
  CHECK(contains(stored(meeting.group(1)), init));
  meeting.commit(0);
  CHECK_FALSE(contains(stored(meeting.group(1)), init));
}

TEST_CASE("an old copy is recognised by its counter") {
  Meeting meeting(2);
  Group old = clone_of(meeting.group(0));
  must(meeting.group(0).protect(Bytes{1}, {}, meeting.random));
  CHECK(old.state_counter() < meeting.group(0).state_counter());
  CHECK(clone_of(meeting.group(0)).state_counter() == meeting.group(0).state_counter());
}

TEST_CASE("a group's decoder refuses what is cut, longer or changed") {
  Meeting meeting(2, {.past_resumption_psks = 1});
  must(meeting.group(0).propose_update({}, meeting.random));
  meeting.commit(0);
  Bytes sealed = must(meeting.group(0).protect(Bytes{1}, {}, meeting.random));
  must(meeting.group(1).unprotect(private_of(sealed)));
  must(meeting.group(1).commit({}, meeting.random));
  tests::check_decoder(stored(meeting.group(1)), again);
  Bytes versioned = stored(meeting.group(0));
  versioned[1] = 2;
  CHECK(Group::decode(versioned).error().code == Code::unknown_version);
  CHECK(Group::decode({}).error().code == Code::truncated);
}

TEST_CASE("keys that aren't the tree's are refused") {
  Meeting meeting(2);
  GroupState state = state_of(meeting.group(0));
  state.signing_key = meeting.new_identity().signing_key;
  CHECK_FALSE(GroupState::decode(state.encode().view()));
  state = state_of(meeting.group(0));
  state.own_leaf = LeafIndex{1};
  CHECK_FALSE(GroupState::decode(state.encode().view()));
  state = state_of(meeting.group(0));
  state.keys->path.set_leaf_key(crypto::hpke_generate(suite, meeting.random).private_key);
  CHECK_FALSE(GroupState::decode(state.encode().view()));
}

TEST_CASE("options and counters beyond their bounds aren't loaded") {
  Meeting meeting(2);
  auto loads = [&](auto change) {
    GroupState state = state_of(meeting.group(0));
    change(state);
    return GroupState::decode(state.encode().view()).has_value();
  };
  // A message padded to such a multiple would take the machine's memory.
  CHECK_FALSE(loads([](GroupState& state) { state.options.padding_multiple = padding_multiple_max + 1; }));
  CHECK_FALSE(loads([](GroupState& state) { state.options.padding_multiple = 0xfff5ffff; }));
  CHECK(loads([](GroupState& state) { state.options.padding_multiple = padding_multiple_max; }));
  CHECK_FALSE(loads([](GroupState& state) { state.options.past_resumption_psks = past_psks_max + 1; }));
  CHECK(loads([](GroupState& state) { state.options.past_resumption_psks = past_psks_max; }));
  // The next change would begin at 0 again and look older than its past.
  CHECK_FALSE(loads([](GroupState& state) { state.counter = ~std::uint64_t{0}; }));
}

}  // namespace encuentro::mls::member::testing
