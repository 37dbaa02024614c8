// What decodes as a channel's policy encodes to the same bytes; any credential is judged without harm.
#include "protocol/policy/channel_policy.h"
#include "protocol/policy/leaf.h"

using namespace encuentro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (auto policy = policy::ChannelPolicy::decode_all(input)) ENC_CHECK(equal(policy->encoded(), input));
  auto credential = mls::Credential::basic(input);
  if (auto identity = policy::LeafIdentity::of(credential)) ENC_CHECK(identity->credential() == credential);
  return 0;
}
