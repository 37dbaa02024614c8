// Everything that travels: PublicMessage, PrivateMessage, Welcome, GroupInfo, KeyPackage.
#include "fuzz/mls_decode.h"
#include "protocol/mls/public/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return encuentro::mls::decode_then_encode<encuentro::mls::MlsMessage>(data, size);
}
