// A public group as the server stores it.
#include "fuzz/mls_decode.h"
#include "protocol/mls/public/public_group.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return encuentro::mls::decode_then_encode<encuentro::mls::PublicGroup>(data, size);
}
