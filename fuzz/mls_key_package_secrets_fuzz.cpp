// A KeyPackage stored with its private keys.
#include "protocol/mls/member/key_package_secrets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const encuentro::BytesView input(data, size);
  auto secrets = encuentro::mls::member::KeyPackageSecrets::decode(input);
  if (secrets) ENC_CHECK(encuentro::equal(secrets->encode().view(), input));
  return 0;
}
