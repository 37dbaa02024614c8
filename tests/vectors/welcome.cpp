#include "protocol/mls/member/group_secrets.h"
#include "protocol/mls/public/message.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

using namespace mls;
using namespace mls::member;

Verdict verify_welcome(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(Bytes init_priv, vector.private_key("init_priv", suite));
  TAKE(Bytes signer_pub, vector.bytes("signer_pub"));
  TAKE(Bytes key_package_bytes, vector.bytes("key_package"));
  TAKE(Bytes welcome_bytes, vector.bytes("welcome"));
  TAKE(MlsMessage key_package_message, decoded<MlsMessage>(key_package_bytes));
  TAKE(MlsMessage welcome_message, decoded<MlsMessage>(welcome_bytes));
  const KeyPackage* key_package = key_package_message.as<KeyPackage>();
  const Welcome* welcome = welcome_message.as<Welcome>();
  EXPECT(key_package != nullptr && welcome != nullptr);
  EXPECT(welcome->cipher_suite == suite && (*key_package)->cipher_suite == suite);
  TAKE(crypto::HpkePublicKey init_pub, crypto::hpke_public_key(suite, init_priv));
  EXPECT(init_pub == (*key_package)->init_key);

  const Digest reference = key_package->reference();
  const EncryptedGroupSecrets* entry = nullptr;
  for (const EncryptedGroupSecrets& candidate : welcome->secrets) {
    if (candidate.new_member == reference) entry = &candidate;
  }
  EXPECT(entry != nullptr);
  TAKE(GroupSecrets secrets, open_group_secrets(*welcome, *entry, init_priv, init_pub.view()));
  const PskSecret no_psk = PskSecret::zero(crypto::parameters(suite).hash_bytes);
  const MemberSecret member = member_secret(suite, secrets.joiner_secret, no_psk);
  TAKE(GroupInfo info, open_group_info(*welcome, welcome_secret(suite, member)));
  TAKE_OK(info.verify(signer_pub));
  const EpochSecrets epoch = EpochSecrets::derive(suite, epoch_secret(suite, member, encoded(info.group_context)));
  EXPECT(confirmation_tag(suite, epoch.confirmation, info.group_context.confirmed_transcript_hash) ==
         info.confirmation_tag);
  return {};
}

}  // namespace encuentro::vectors
