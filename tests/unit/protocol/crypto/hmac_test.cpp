#include "protocol/crypto/hmac.h"

#include <catch2/catch.hpp>

#include "protocol/crypto/hash.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

std::string hmac256_hex(BytesView key, Parts parts) { return to_hex(mac(HashAlgorithm::sha256, key, parts).view()); }

}  // namespace

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

TEST_CASE("a copy of a keyed HMAC goes on by itself") {
  const Hmac keyed(HashAlgorithm::sha256, counting(1, 32));
  Hmac one = keyed, two = keyed;
  one.update(as_bytes("a"));
  two.update(as_bytes("b"));
  Bytes first(32), second(32);
  one.finish(first);
  two.finish(second);
  CHECK(to_hex(first) == hmac256_hex(counting(1, 32), {as_bytes("a")}));
  CHECK(to_hex(second) == hmac256_hex(counting(1, 32), {as_bytes("b")}));
}

TEST_CASE("a key of exactly a block is used as it is, a longer one is hashed") {
  Bytes block = counting(1, 64), longer = counting(1, 65);
  CHECK(hmac256_hex(longer, {}) == hmac256_hex(hash(HashAlgorithm::sha256, {longer}).view(), {}));
  CHECK(hmac256_hex(block, {}) != hmac256_hex(hash(HashAlgorithm::sha256, {block}).view(), {}));
}

TEST_CASE("the hashes' lengths") {
  CHECK(hash_bytes(HashAlgorithm::sha256) == 32);
  CHECK(hash_bytes(HashAlgorithm::sha384) == 48);
  CHECK(hash_bytes(HashAlgorithm::sha512) == 64);
}
