#include "protocol/mls/member/psk.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

Verdict verify_psk_secret(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(std::vector<Fields> psks, vector.objects("psks"));
  std::vector<Bytes> secrets;
  std::vector<mls::PreSharedKeyId> ids;
  for (const Fields& psk : psks) {
    mls::PreSharedKeyId id;
    TAKE(id.psk_id, psk.bytes("psk_id"));
    TAKE(id.psk_nonce, psk.bytes("psk_nonce"));
    TAKE(Bytes secret, psk.bytes("psk"));
    ids.push_back(std::move(id));
    secrets.push_back(std::move(secret));
  }
  std::vector<mls::member::PskInput> inputs;
  for (std::size_t i = 0; i < ids.size(); ++i) inputs.push_back({ids[i], secrets[i]});
  TAKE(Bytes expected, vector.bytes("psk_secret"));
  EXPECT(equal(mls::member::psk_secret(suite, inputs).view(), expected));
  return {};
}

}  // namespace encuentro::vectors
