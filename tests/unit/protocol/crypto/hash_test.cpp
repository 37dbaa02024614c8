#include "protocol/crypto/hash.h"

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

std::string sha256_hex(Parts parts) { return to_hex(hash(HashAlgorithm::sha256, parts).view()); }
std::string sha512_hex(Parts parts) { return to_hex(hash(HashAlgorithm::sha512, parts).view()); }

constexpr auto sha256_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

}  // namespace

TEST_CASE("SHA-256 and SHA-512 of FIPS 180-4's example") {
  CHECK(sha256_hex({as_bytes("abc")}) == sha256_of_abc);
  CHECK(sha256_hex({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha512_hex({as_bytes("abc")}) ==
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

TEST_CASE("parts are hashed as if joined") {
  CHECK(sha256_hex({as_bytes("a"), {}, as_bytes("bc")}) == sha256_of_abc);
  CHECK(to_hex(sha256({as_bytes("ab"), as_bytes("c")}).view()) == sha256_of_abc);
  CHECK(to_hex(hash(encuentro_suite, {as_bytes("abc")}).view()) == sha256_of_abc);
}

TEST_CASE("the stream gives the same at every cut") {
  Bytes message = counting(0, 200);
  Hash32 whole = sha256({message});
  for (std::size_t cut = 0; cut <= message.size(); ++cut) {
    Sha256Stream stream;
    stream.update(BytesView(message).first(cut));
    stream.update(BytesView(message).subspan(cut));
    REQUIRE(stream.finish() == whole);
  }
}
