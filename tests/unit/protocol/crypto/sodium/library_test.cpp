#include "protocol/crypto/sodium/library.h"

#include <catch2/catch.hpp>

#include "protocol/crypto/system_random.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

TEST_CASE("the library starts once however often it is asked to") {
  sodium::start_library();
  sodium::start_library();
  SystemRandom random;
  Bytes bytes(16);
  random.fill(bytes);
  CHECK_FALSE(bytes == repeated(0, 16));
}
