#include "protocol/mls/public/group_info.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {
namespace {

GroupInfo signed_info(const Client& signer) {
  TestGroup test(2);
  GroupInfo info;
  info.group_context = test.group().context();
  info.extensions.set(ExtensionType{0x2a2a}, Bytes{1});
  info.confirmation_tag = Digest(Bytes(32, 1));
  info.signer = {1};
  info.sign(signer.key);
  return info;
}

}  // namespace

TEST_CASE("a GroupInfo: valid, cut, longer") { check_encoding(signed_info(Client())); }

TEST_CASE("a GroupInfo's signature covers all of it") {
  Client signer;
  BytesView key = signer.key.public_key.view();
  const GroupInfo good = signed_info(signer);
  CHECK(good.verify(key).has_value());
  GroupInfo other = good;
  other.signer = {0};
  CHECK_FALSE(other.verify(key).has_value());
  other = good;
  other.confirmation_tag.data()[0] ^= 1;
  CHECK_FALSE(other.verify(key).has_value());
  other = good;
  other.extensions.items.clear();
  CHECK_FALSE(other.verify(key).has_value());
  other = good;
  other.group_context.epoch = Epoch(9);
  CHECK_FALSE(other.verify(key).has_value());
}

}  // namespace encuentro::mls::testing
