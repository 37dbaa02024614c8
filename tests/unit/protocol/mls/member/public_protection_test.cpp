#include "protocol/mls/member/public_protection.h"

#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

const MembershipKey key(Bytes(32, 5));

GroupContext context() {
  GroupContext out;
  out.cipher_suite = suite;
  out.group_id = {1};
  return out;
}

AuthenticatedContent content_of(std::variant<Bytes, Proposal, Commit> body, Sender sender) {
  AuthenticatedContent out;
  out.content.group_id = {1};
  out.content.sender = sender;
  out.content.body = std::move(body);
  out.auth.signature.assign(64, 2);
  return out;
}

}  // namespace

TEST_CASE("a member's message is tagged over all of it and the context") {
  AuthenticatedContent content = content_of(Proposal{Remove{{1}}}, Sender::member({0}));
  PublicMessage message = must(protect_public(content, key, context()));
  CHECK(message.membership_tag.size() == 32);
  CHECK(encoded(must(unprotect_public(message, key, context()))) == encoded(content));
  AuthenticatedContent changed = content;
  changed.auth.signature[0] ^= 1;
  CHECK(membership_tag(suite, key, changed, context()) != message.membership_tag);
  GroupContext later = context();
  later.epoch = Epoch{1};
  CHECK(membership_tag(suite, key, content, later) != message.membership_tag);
}

TEST_CASE("senders from outside have no tag") {
  AuthenticatedContent content = content_of(Proposal{Remove{{1}}}, Sender::external(0));
  PublicMessage message = must(protect_public(content, key, context()));
  CHECK(message.membership_tag.empty());
  CHECK(unprotect_public(message, key, context()).has_value());
}

TEST_CASE("application data never goes out readable") {
  AuthenticatedContent content = content_of(Bytes{1}, Sender::member({0}));
  CHECK(protect_public(content, key, context()).error().code == Code::malformed);
}

}  // namespace encuentro::mls::member::testing
