#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

// Comes in by itself; everybody else follows.
std::size_t enter(Meeting& meeting, const GroupInfo& info, ExternalJoinParameters parameters) {
  ExternalJoin joined = must(Group::join_externally(info, parameters, meeting.random));
  CHECK_FALSE(joined.group.is_active());
  CHECK(joined.group.has_pending());
  meeting.seats.push_back({std::move(parameters.identity), std::move(joined.group)});
  meeting.deliver(meeting.seats.size() - 1, joined.bundle.commit, parameters.psks);
  return meeting.seats.size() - 1;
}

GroupInfo info_of(Meeting& meeting, std::size_t by = 0) {
  return group_info_of(must(meeting.group(by).group_info({}, true)));
}

}  // namespace

TEST_CASE("joining from outside") {
  Meeting meeting(3);
  ExternalJoinParameters parameters;
  parameters.identity = meeting.new_identity();
  std::size_t joiner = enter(meeting, info_of(meeting), std::move(parameters));
  meeting.check_agreement();
  CHECK(meeting.leaf(joiner) == LeafIndex{3});
  meeting.commit(joiner);
  meeting.commit(1);
  meeting.check_agreement();
  Bytes sealed = must(meeting.group(joiner).protect(Bytes{1}, {}, meeting.random));
  CHECK(must(meeting.group(0).unprotect(private_of(sealed))).sender == LeafIndex{3});
}

TEST_CASE("joining from outside with the tree apart, a PSK and a wanted GroupInfo") {
  Meeting meeting(2);
  std::vector<ExternalPsk> lent;
  lent.push_back({{5}, SecretBytes(BytesView(Bytes{1, 2, 3}))});
  RatchetTreeNodes tree = must(decoded<RatchetTreeNodes>(meeting.group(0).encoded_tree()));
  PreSharedKeyId id;
  id.psk_id = {5};
  ExternalJoinParameters parameters;
  parameters.identity = meeting.new_identity();
  parameters.tree = &tree;
  parameters.use_psks = {id};
  parameters.psks = {lent, {}};
  parameters.authenticated_data = {8};
  parameters.group_info = [](const EpochExporter&) { return ExtensionList{}; };
  parameters.tree_in_group_info = true;
  GroupInfo info = group_info_of(must(meeting.group(1).group_info({}, false)));
  ExternalJoin joined = must(Group::join_externally(info, parameters, meeting.random));
  StagedCommit staged = must(meeting.group(0).stage(message_of(joined.bundle.commit), {lent, {}}));
  CHECK(staged.effect().is_external());
  CHECK(equal(staged.authenticated_data(), Bytes{8}));
  CHECK(group_info_of(*joined.bundle.group_info).group_context == staged.context());
  meeting.seats.push_back({std::move(parameters.identity), std::move(joined.group)});
  meeting.deliver(2, joined.bundle.commit, {lent, {}});
  meeting.check_agreement();
  parameters.identity = meeting.new_identity();
  parameters.tree = nullptr;
  parameters.use_psks.clear();
  enter(meeting, group_info_of(*joined.bundle.group_info), std::move(parameters));
  meeting.check_agreement();
}

TEST_CASE("a device that lost its state replaces its own leaf") {
  Meeting meeting(3);
  const LeafIndex lost = meeting.leaf(1);
  ExternalJoinParameters parameters;
  parameters.identity = meeting.seats[1].identity.duplicate();
  parameters.replaces = lost;
  meeting.seats[1].group.reset();
  std::size_t back = enter(meeting, info_of(meeting), std::move(parameters));
  meeting.check_agreement();
  CHECK(meeting.leaf(back) == lost);
  CHECK(meeting.group(0).tree().member_count() == 3);
}

TEST_CASE("a pending external join can be stored, and given up") {
  Meeting meeting(2);
  ExternalJoinParameters parameters;
  parameters.identity = meeting.new_identity();
  ExternalJoin joined = must(Group::join_externally(info_of(meeting), parameters, meeting.random));
  Group loaded = clone_of(joined.group);
  CHECK(loaded.is_pending(joined.bundle.commit));
  CHECK(loaded.protect(Bytes{1}, {}, meeting.random).error().code == Code::removed_from_group);
  joined.group.drop_pending();
  CHECK_FALSE(joined.group.is_active());
  meeting.seats.push_back({std::move(parameters.identity), std::move(loaded)});
  meeting.deliver(2, joined.bundle.commit);
  meeting.check_agreement();
}

TEST_CASE("R-MLS-123 a GroupInfo for external joins has external_pub") {
  Meeting meeting(2);
  GroupInfo info = info_of(meeting);
  std::erase_if(info.extensions.items, [](const Extension& e) { return e.type == ExtensionType::external_pub; });
  info.sign(meeting.seats[0].identity.signing_key);
  ExternalJoinParameters parameters;
  parameters.identity = meeting.new_identity();
  refused(Group::join_externally(info, parameters, meeting.random), Rule::external_pub_there);
}

TEST_CASE("R-MLS-23 who joins from outside supports the group's extensions") {
  Meeting meeting(2);
  CommitOptions options;
  options.proposals.push_back({GroupContextExtensions{{{{private_extension, {1}}}}}});
  meeting.commit(0, options);
  ExternalJoinParameters parameters;
  parameters.identity = meeting.new_identity();
  parameters.identity.capabilities.extensions.clear();
  refused(Group::join_externally(info_of(meeting), parameters, meeting.random), Rule::leaf_supports_extensions);
}

}  // namespace encuentro::mls::member::testing
