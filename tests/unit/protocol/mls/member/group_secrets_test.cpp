#include "protocol/mls/member/group_secrets.h"

#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

Result<Bytes> again(BytesView input) {
  TRY(GroupSecrets secrets, GroupSecrets::decode(input));
  return to_bytes(secrets.encode().view());
}

GroupSecrets secrets_with(std::optional<PathSecret> path, std::vector<PreSharedKeyId> psks) {
  return {JoinerSecret(Bytes(32, 1)), std::move(path), std::move(psks)};
}

}  // namespace

TEST_CASE("GroupSecrets are read back, whole") {
  PreSharedKeyId psk;
  psk.psk_id = {1};
  psk.psk_nonce.assign(32, 2);
  for (const GroupSecrets& secrets :
       {secrets_with(std::nullopt, {}), secrets_with(PathSecret(Bytes(32, 3)), {psk, psk})}) {
    const Bytes whole = to_bytes(secrets.encode().view());
    tests::check_decoder(whole, again);
    tests::check_canonical(whole, again);
  }
  CHECK_FALSE(GroupSecrets::decode(Bytes(66, 0x41)));  // a secret longer than any suite's
}

TEST_CASE("GroupSecrets and GroupInfo open only together") {
  Meeting meeting(1);
  KeyPackageSecrets own = meeting.new_key_package(meeting.seats[0].identity);
  const WelcomeSecret key(Bytes(32, 5));
  GroupInfo info = group_info_of(must(meeting.group(0).group_info({}, false)));
  Welcome welcome;
  welcome.cipher_suite = suite;
  welcome.encrypted_group_info = seal_group_info(suite, key, info);
  auto entry = must(seal_group_secrets(suite, own.key_package, secrets_with(std::nullopt, {}),
                                       welcome.encrypted_group_info, meeting.random));
  CHECK(entry.new_member == own.key_package.reference());
  BytesView public_key = own.key_package->init_key.view();
  CHECK(open_group_secrets(welcome, entry, own.init_key.view(), public_key).has_value());
  CHECK(encoded(must(open_group_info(welcome, key))) == encoded(info));
  CHECK_FALSE(open_group_info(welcome, WelcomeSecret(Bytes(32, 6))));
  welcome.encrypted_group_info[0] ^= 1;
  CHECK_FALSE(open_group_secrets(welcome, entry, own.init_key.view(), public_key));
  CHECK_FALSE(open_group_info(welcome, key));
}

}  // namespace encuentro::mls::member::testing
