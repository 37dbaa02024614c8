// What the extensions of RFC 9420 hold that its structures carry as bytes: required_capabilities, external_senders,
// external_pub. ratchet_tree has a target of its own.
#include "fuzz/mls_decode.h"
#include "protocol/mls/public/capabilities.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace encuentro::mls;
  decode_then_encode<RequiredCapabilities>(data, size);
  decode_then_encode<ExternalSenders>(data, size);
  return decode_then_encode<ExternalPub>(data, size);
}
