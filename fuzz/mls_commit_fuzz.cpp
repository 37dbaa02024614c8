// A Commit and its path.
#include "fuzz/mls_decode.h"
#include "protocol/mls/public/commit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return encuentro::mls::decode_then_encode<encuentro::mls::Commit>(data, size);
}
