#include "protocol/crypto/hash.h"

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

std::string sha256_hex(Parts parts) { return to_hex(hash(HashAlgorithm::sha256, parts).view()); }
std::string sha512_hex(Parts parts) { return to_hex(hash(HashAlgorithm::sha512, parts).view()); }
std::string hmac256_hex(BytesView key, Parts parts) { return to_hex(mac(HashAlgorithm::sha256, key, parts).view()); }

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

TEST_CASE("HMAC-SHA-256 of RFC 4231, test cases 1, 2 and 6") {
  CHECK(hmac256_hex(repeated(0x0b, 20), {as_bytes("Hi There")}) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hmac256_hex(as_bytes("Jefe"), {as_bytes("what do ya want "), as_bytes("for nothing?")}) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hmac256_hex(repeated(0xaa, 131), {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")}) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HMAC-SHA-512 of RFC 4231, test cases 1 and 6") {
  CHECK(to_hex(mac(HashAlgorithm::sha512, repeated(0x0b, 20), {as_bytes("Hi There")}).view()) ==
        "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
        "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854");
  CHECK(to_hex(mac(HashAlgorithm::sha512, repeated(0xaa, 131),
                   {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})
                   .view()) ==
        "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
        "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
}
