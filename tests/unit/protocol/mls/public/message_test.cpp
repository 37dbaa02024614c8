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

}  // namespace encuentro::mls::testing
