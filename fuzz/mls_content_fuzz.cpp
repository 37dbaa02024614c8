// A signed content, as transcripts and proposal references hash it.
#include "fuzz/mls_decode.h"
#include "protocol/mls/public/framing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return encuentro::mls::decode_then_encode<encuentro::mls::AuthenticatedContent>(data, size);
}
