// A KeyPackage keeps its encoding, so here its fields are written out again too.
#include "protocol/mls/public/key_package.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace encuentro::mls;
  encuentro::BytesView input(data, size);
  if (auto package = decoded<KeyPackage>(input)) {
    ENC_CHECK(encuentro::equal(package->encoding(), input));
    ENC_CHECK(KeyPackage::assemble(package->content(), package->signature()) == *package);
  }
  return 0;
}
