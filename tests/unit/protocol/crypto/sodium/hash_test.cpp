#include <catch2/catch.hpp>

#include "protocol/crypto/primitives.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

std::string digest_hex(HashAlgorithm algorithm, std::size_t bytes, BytesView message) {
  HashState state;
  sodium::hash_start(algorithm, state);
  sodium::hash_update(algorithm, state, message);
  sodium::hash_update(algorithm, state, {});
  Bytes out(bytes);
  sodium::hash_finish(algorithm, state, out.data());
  return to_hex(out);
}

}  // namespace

TEST_CASE("libsodium's SHA-2 gives FIPS 180-4's example") {
  CHECK(digest_hex(HashAlgorithm::sha256, 32, as_bytes("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_hex(HashAlgorithm::sha512, 64, as_bytes("abc")) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("libsodium has no SHA-384") {
  CHECK(sodium::has(HashAlgorithm::sha256));
  CHECK(sodium::has(HashAlgorithm::sha512));
  CHECK_FALSE(sodium::has(HashAlgorithm::sha384));
}
