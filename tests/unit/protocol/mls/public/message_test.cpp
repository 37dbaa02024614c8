#include "protocol/mls/public/message.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {
namespace {

PublicMessage public_message(const AuthenticatedContent& from) {
  PublicMessage message{from.content, from.auth, {}};
  if (from.content.sender.type == SenderType::member) message.membership_tag = Digest(Bytes(32, 6));
  return message;
}

Welcome welcome() {
  Welcome out;
  out.cipher_suite = suite;
  out.secrets = {{Digest(Bytes(32, 1)), {Bytes(32, 2), Bytes(40, 3)}}};
  out.encrypted_group_info.assign(70, 4);
  return out;
}

PrivateMessage private_message() { return {{1}, Epoch(5), ContentType::commit, {2}, {3}, Bytes(100, 4)}; }

}  // namespace

TEST_CASE("every kind of MLSMessage: valid, cut, longer") {
  TestGroup test(3);
  check_encoding(MlsMessage{public_message(test.commit(0, {remove(1), psk()}))});
  check_encoding(MlsMessage{public_message(test.external_commit(Client(), {external_init()}))});
  check_encoding(MlsMessage{public_message(test.member_proposal(1, psk()))});
  Client outside;
  check_encoding(MlsMessage{public_message(test.proposal(Sender::external(2), outside.key, remove(1)))});
  check_encoding(MlsMessage{public_message(test.proposal(Sender::new_member_proposal(), outside.key, outside.add()))});
  check_encoding(MlsMessage{private_message()});
  check_encoding(MlsMessage{welcome()});
  GroupInfo info;
  info.group_context = test.group().context();
  info.confirmation_tag = Digest(Bytes(32, 1));
  info.sign(test.client(0).key);
  check_encoding(MlsMessage{info});
  check_encoding(MlsMessage{outside.key_package()});
}

TEST_CASE("an MLSMessage of unknown version or kind can't be read") {
  check_refused<MlsMessage>(Bytes{0, 2, 0, 1}, Code::unknown_version);
  check_refused<MlsMessage>(Bytes{0, 1, 0, 6}, Code::unknown_kind);
  check_refused<MlsMessage>(Bytes{0, 1, 0, 0}, Code::unknown_kind);
}

TEST_CASE("framing: unknown senders, contents and formats can't be read") {
  check_refused<Sender>(Bytes{5}, Code::unknown_kind);
  check_refused<Sender>(Bytes{0}, Code::unknown_kind);
  FramedContent content;
  content.body = Bytes{1};
  Bytes bytes = check_encoding(content);
  bytes[bytes.size() - 3] = 4;
  check_refused<FramedContent>(bytes, Code::unknown_kind);
  PrivateMessage message = private_message();
  message.content_type = ContentType{4};
  check_refused<PrivateMessage>(encoded(message), Code::unknown_kind);
  AuthenticatedContent authenticated;
  authenticated.content = content;
  check_encoding(authenticated);
  authenticated.wire_format = WireFormat::welcome;
  check_refused<AuthenticatedContent>(encoded(authenticated), Code::unknown_kind);
}

TEST_CASE("a GroupContext: valid, cut, longer, of a version or suite nobody here has") {
  TestGroup test(2);
  GroupContext context = test.group().context();
  check_encoding(context);
  context.version = ProtocolVersion{2};
  check_refused<GroupContext>(encoded(context), Code::unknown_version);
  context.version = ProtocolVersion::mls10;
  context.cipher_suite = crypto::Suite{0x1a1a};
  check_refused<GroupContext>(encoded(context), Code::unsupported_suite);
}

TEST_CASE("a Commit: valid, cut, longer, too many proposals, a path too long") {
  TestGroup test(4);
  AuthenticatedContent message = test.commit(0, {psk()});
  Commit commit = *message.content.as<Commit>();
  check_encoding(commit);
  check_encoding(*commit.path);
  Commit many;
  many.proposals.assign(limits::proposals_per_commit_max + 1, {remove(1)});
  check_refused<Commit>(encoded(many), Code::too_large);
  commit.path->nodes.assign(limits::tree_depth_max + 1, commit.path->nodes[0]);
  check_refused<Commit>(encoded(commit), Code::too_large);
}

TEST_CASE("a signature covers the GroupContext only where the sender has it") {
  TestGroup test(2);
  AuthenticatedContent message = test.member_proposal(1, psk());
  BytesView key = test.client(1).key.public_key.view();
  CHECK(message.verify(suite, key, &test.group().context()).has_value());
  GroupContext other = test.group().context();
  other.epoch = other.epoch.next();
  CHECK_FALSE(message.verify(suite, key, &other).has_value());
  CHECK(signs_context(SenderType::new_member_commit));
  CHECK_FALSE(signs_context(SenderType::external));
  CHECK_FALSE(signs_context(SenderType::new_member_proposal));
}

}  // namespace encuentro::mls::testing
