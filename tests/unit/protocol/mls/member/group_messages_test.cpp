// Tests: protocol/mls/member/group_framing.cpp
#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

// An application message as a member with a forged state sends it.
PrivateMessage forged(GroupState& forger, Sender sender, Random& random,
                      const std::function<void(AuthenticatedContent&)>& edit = {}) {
  AuthenticatedContent content;
  content.wire_format = WireFormat::private_message;
  content.content = forger.framed({WireFormat::private_message, {}});
  content.content.sender = sender;
  content.content.body = Bytes{1, 2, 3};
  content.sign(suite, forger.signing_key, &forger.shared.context());
  if (edit) edit(content);
  return must(protect_private(content, forger.keys->secrets.sender_data, forger.keys->messages, 0, random));
}

}  // namespace

TEST_CASE("application data reaches everybody, once") {
  Meeting meeting(3);
  Bytes sealed = must(meeting.group(0).protect(as_bytes("buenos dias"), as_bytes("clear"), meeting.random));
  for (std::size_t i : {1u, 2u}) {
    OpenedMessage opened = must(meeting.group(i).unprotect(private_of(sealed)));
    CHECK(as_text(opened.plaintext.view()) == "buenos dias");
    CHECK(as_text(opened.authenticated_data) == "clear");
    CHECK(opened.sender == meeting.leaf(0));
    CHECK(opened.generation == 0);
    CHECK(meeting.group(i).unprotect(private_of(sealed)).error().code == Code::key_consumed);
  }
  CHECK(meeting.group(0).unprotect(private_of(sealed)).error().code == Code::key_consumed);
  CHECK(must(meeting.group(1).unprotect(private_of(must(meeting.group(0).protect({}, {}, meeting.random)))))
            .plaintext.empty());
}

TEST_CASE("messages out of order and lost ones") {
  Meeting meeting(2);
  std::vector<Bytes> sealed;
  for (std::uint8_t i = 0; i < 10; ++i) {
    sealed.push_back(must(meeting.group(0).protect(Bytes{i}, {}, meeting.random)));
  }
  for (std::size_t i : {5u, 0u, 9u, 4u, 8u}) {
    CHECK(must(meeting.group(1).unprotect(private_of(sealed[i]))).plaintext.view()[0] == i);
  }
  CHECK_FALSE(meeting.group(1).unprotect(private_of(sealed[5])));
  // Keys that were skipped are stored too; used ones aren't.
  Group loaded = clone_of(meeting.group(1));
  CHECK(loaded.unprotect(private_of(sealed[5])).error().code == Code::key_consumed);
  CHECK(loaded.unprotect(private_of(sealed[1])).has_value());
}

TEST_CASE("a changed message opens nothing and takes nothing away") {
  Meeting meeting(2);
  const PrivateMessage good = private_of(must(meeting.group(0).protect(Bytes(40, 1), Bytes{7}, meeting.random)));
  Group& receiver = meeting.group(1);
  const SecretBytes before = receiver.encode();
  auto changed = [&](auto edit) {
    PrivateMessage message = good;
    edit(message);
    CHECK_FALSE(receiver.unprotect(message));
  };
  changed([](PrivateMessage& m) { m.ciphertext.back() ^= 1; });
  changed([](PrivateMessage& m) { m.ciphertext[0] ^= 1; });
  changed([](PrivateMessage& m) { m.ciphertext.clear(); });
  changed([](PrivateMessage& m) { m.encrypted_sender_data[0] ^= 1; });
  changed([](PrivateMessage& m) { m.encrypted_sender_data.clear(); });
  changed([](PrivateMessage& m) { m.authenticated_data.push_back(0); });
  changed([](PrivateMessage& m) { m.content_type = ContentType::proposal; });
  CHECK(state_of(receiver).counter == must(GroupState::decode(before.view())).counter);
  CHECK(receiver.unprotect(good).has_value());
}

TEST_CASE("messages of another epoch or group aren't opened") {
  Meeting meeting(2);
  PrivateMessage old = private_of(must(meeting.group(0).protect(Bytes{1}, {}, meeting.random)));
  meeting.commit(1);
  CHECK_FALSE(meeting.group(1).unprotect(old));
  PrivateMessage other = private_of(must(meeting.group(0).protect(Bytes{1}, {}, meeting.random)));
  other.group_id.push_back(1);
  CHECK_FALSE(meeting.group(1).unprotect(other));
}

TEST_CASE("R-MLS-100 a member's PublicMessage carries the right membership tag") {
  Meeting meeting(2);
  CommitBundle bundle = must(meeting.group(0).commit({}, meeting.random));
  MlsMessage message = message_of(bundle.commit);
  std::get<PublicMessage>(message.value).membership_tag.data()[0] ^= 1;
  refused(meeting.group(1).stage(message), Rule::membership_tag);
  std::get<PublicMessage>(message.value).membership_tag.clear();
  refused(meeting.group(1).stage(message), Rule::membership_tag);
}

TEST_CASE("R-MLS-102 sender data names a leaf that isn't blank") {
  Meeting meeting(3);
  GroupState forger = state_of(meeting.group(2));
  REQUIRE(forger.shared.tree().leaf_count().value == 4);
  refused(meeting.group(0).unprotect(forged(forger, Sender::member({3}), meeting.random)), Rule::sender_data_leaf);
}

TEST_CASE("R-MLS-103 an application message's signature verifies") {
  Meeting meeting(3);
  GroupState forger = state_of(meeting.group(2));
  auto spoiled = [](AuthenticatedContent& content) { content.auth.signature[0] ^= 1; };
  refused(meeting.group(0).unprotect(forged(forger, Sender::member(forger.own_leaf), meeting.random, spoiled)),
          Rule::message_signature);
  // In another's name: the keys are anybody's, the signature isn't.
  GroupState second = state_of(meeting.group(2));
  refused(meeting.group(0).unprotect(forged(second, Sender::member(meeting.leaf(1)), meeting.random)),
          Rule::message_signature);
  Bytes real = must(meeting.group(1).protect(Bytes{1}, {}, meeting.random));
  CHECK(meeting.group(0).unprotect(private_of(real)).has_value());
}

TEST_CASE("R-MLS-108 proposals received are committed before data is sent") {
  Meeting meeting(3);
  Bytes proposal = must(meeting.group(1).propose({Remove{meeting.leaf(2)}}, {}, meeting.random));
  must(meeting.group(0).handle_proposal(message_of(proposal)));
  refused(meeting.group(0).protect(Bytes{1}, {}, meeting.random), Rule::data_after_proposals);
  meeting.group(0).forget_proposal(meeting.group(0).held_proposals()[0].reference);
  CHECK(meeting.group(0).protect(Bytes{1}, {}, meeting.random).has_value());
}

TEST_CASE("R-MLS-109 nothing is sent after a Commit of a ReInit") {
  Meeting meeting(2);
  CommitOptions options;
  options.proposals.push_back({ReInit{{9}, ProtocolVersion::mls10, suite, {}}});
  meeting.commit(0, options);
  REQUIRE(meeting.group(1).reinit() != nullptr);
  refused(meeting.group(1).protect(Bytes{1}, {}, meeting.random), Rule::data_after_reinit);
}

TEST_CASE("R-MLS-82 a member proposes and commits nothing after a ReInit") {
  Meeting meeting(2);
  CommitOptions options;
  options.proposals.push_back({ReInit{{9}, ProtocolVersion::mls10, suite, {}}});
  meeting.commit(0, options);
  refused(meeting.group(1).commit({}, meeting.random), Rule::none_after_reinit);
  refused(meeting.group(1).propose({Remove{{0}}}, {}, meeting.random), Rule::none_after_reinit);
  refused(meeting.group(1).propose_update({}, meeting.random), Rule::none_after_reinit);
}

}  // namespace encuentro::mls::member::testing
