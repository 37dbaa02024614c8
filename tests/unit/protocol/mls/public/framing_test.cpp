#include "protocol/mls/public/framing.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("framing: unknown senders, contents and formats can't be read") {
  check_refused<Sender>(Bytes{5}, Code::unknown_kind);
  check_refused<Sender>(Bytes{0}, Code::unknown_kind);
  FramedContent content;
  content.body = Bytes{1};
  Bytes bytes = check_encoding(content);
  bytes[bytes.size() - 3] = 4;
  check_refused<FramedContent>(bytes, Code::unknown_kind);
  PrivateMessage message{{1}, Epoch(5), ContentType::commit, {2}, {3}, Bytes(100, 4)};
  check_encoding(message);
  message.content_type = ContentType{4};
  check_refused<PrivateMessage>(encoded(message), Code::unknown_kind);
  AuthenticatedContent authenticated;
  authenticated.content = content;
  check_encoding(authenticated);
  authenticated.wire_format = WireFormat::welcome;
  check_refused<AuthenticatedContent>(encoded(authenticated), Code::unknown_kind);
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
