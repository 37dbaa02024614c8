// Tests: protocol/mls/member/path_keys.cpp
#include "protocol/mls/member/update_path.h"

#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

const Bytes context = {1, 2, 3};

// A path by member 0 as member `seat` receives it.
struct Journey {
  explicit Journey(std::size_t members = 4) : meeting(members) {
    for (std::size_t i = 0; i < members; ++i) meeting.commit(i);
    const RatchetTree& tree = meeting.group(0).tree();
    drawn = draw_path(suite, tree.filtered_direct_path(meeting.leaf(0)), meeting.random);
    path.nodes = must(encrypt_path(tree, drawn, {}, context, meeting.random));
  }
  Result<OpenedPath> open(std::size_t seat, BytesView with = context) {
    PathKeys keys = state_of(meeting.group(seat)).keys->path.duplicate();
    return open_path(meeting.group(0).tree(), meeting.leaf(0), path, {}, with, keys);
  }

  Meeting meeting;
  DrawnPath drawn;
  UpdatePath path;
};

Result<Bytes> again(BytesView input) {
  codec::Reader reader(input);
  TRY(PathKeys keys, PathKeys::decode(reader));
  TRY_OK(reader.end());
  return encoded(keys);
}

}  // namespace

TEST_CASE("each member opens a path to the same commit secret") {
  Journey journey(6);
  for (std::size_t i = 1; i < 6; ++i) {
    OpenedPath opened = must(journey.open(i));
    CHECK(equal(opened.commit_secret.view(), journey.drawn.commit_secret.view()));
    CHECK(equal(opened.first.view(), journey.drawn.secret_above(journey.meeting.leaf(i))->view()));
  }
  CHECK(journey.drawn.secret_above(journey.meeting.leaf(0)) == nullptr);
}

TEST_CASE("R-MLS-106 the keys derived from a path secret are the path's") {
  Journey journey;
  UpdatePathNode& top = journey.path.nodes.back();
  const PublicKeyBytes right = top.encryption_key;
  top.encryption_key = crypto::hpke_generate(suite, journey.meeting.random).public_key;
  for (std::size_t i = 1; i < 4; ++i) refused(journey.open(i), Rule::path_secret_keys);
  top.encryption_key = right;
  CHECK(journey.open(1).has_value());
}

TEST_CASE("a path that isn't for us, or of another form, is refused") {
  Journey journey;
  CHECK(journey.open(1, Bytes{9}).error().code == Code::bad_tag);
  CHECK(journey.open(0).error().code == Code::missing_key);
  auto nodes = journey.path.nodes;
  journey.path.nodes.pop_back();
  CHECK_FALSE(journey.open(1));
  journey.path.nodes = nodes;
  journey.path.nodes[0].encrypted_path_secret.clear();
  CHECK_FALSE(journey.open(1));
}

TEST_CASE("keys of blank nodes are dropped") {
  Journey journey(4);
  GroupState state = state_of(journey.meeting.group(1));
  REQUIRE(state.keys->path.at(NodeIndex{3}) != nullptr);
  REQUIRE(state.keys->path.at(NodeIndex{1}) != nullptr);
  CHECK(state.keys->path.at(NodeIndex{5}) == nullptr);
  journey.meeting.remove(0, 3);
  CommitOptions options;
  Bytes proposal = must(journey.meeting.group(2).propose_update({}, journey.meeting.random));
  for (std::size_t i : {0u, 1u}) must(journey.meeting.group(i).handle_proposal(message_of(proposal)));
  options.references = {journey.meeting.group(0).held_proposals()[0].reference};
  journey.meeting.commit(0, options);
  journey.meeting.check_agreement();
}

TEST_CASE("private keys of the path are stored and loaded") {
  Journey journey(4);
  PathKeys keys = state_of(journey.meeting.group(1)).keys->path.duplicate();
  CHECK(keys.check_against(journey.meeting.group(1).tree()).has_value());
  CHECK(encoded(keys).size() <= PathKeys::encoded_bytes_max);
  tests::check_decoder(encoded(keys), again);
  keys.set(NodeIndex{3}, crypto::hpke_generate(suite, journey.meeting.random).private_key);
  CHECK_FALSE(keys.check_against(journey.meeting.group(1).tree()));
  CHECK_FALSE(again(Bytes{0, 0, 0, 0, 0}));           // no leaf key
  CHECK_FALSE(again(Bytes{0xff, 0, 0, 0, 2, 1, 1}));  // a leaf beyond all trees
}

}  // namespace encuentro::mls::member::testing
