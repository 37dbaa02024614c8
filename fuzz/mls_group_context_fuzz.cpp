// What the members of an epoch agree on.
#include "fuzz/mls_decode.h"
#include "protocol/mls/public/group_context.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return encuentro::mls::decode_then_encode<encuentro::mls::GroupContext>(data, size);
}
