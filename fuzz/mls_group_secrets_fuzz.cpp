// What a Welcome tells a newcomer in secret.
#include "protocol/mls/member/group_secrets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const encuentro::BytesView input(data, size);
  auto secrets = encuentro::mls::member::GroupSecrets::decode(input);
  if (secrets) ENC_CHECK(encuentro::equal(secrets->encode().view(), input));
  return 0;
}
