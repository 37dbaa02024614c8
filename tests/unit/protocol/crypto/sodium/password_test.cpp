#include "protocol/crypto/password.h"

#include <catch2/catch.hpp>

#include "protocol/base/limits.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

const Argon2Salt salt{BytesView(repeated(0x02, 16))};

std::string derived(std::string_view password, std::uint32_t passes, std::uint32_t memory_kib) {
  auto key = argon2id(as_bytes(password), salt, {passes, memory_kib});
  return key ? to_hex(key->view()) : "";
}

Code refusal(std::size_t password_bytes, Argon2Parameters parameters) {
  auto key = argon2id(repeated('a', password_bytes), salt, parameters);
  return key ? Code::none : key.error().code;
}

}  // namespace

// RFC 9106 §5.3's own vector has 4 lanes, a secret and associated data, which libsodium doesn't offer (one
// lane, neither of the others). These answers, with RFC 9106's password, salt, passes and memory where one
// lane allows, come from OpenSSL 3.2's Argon2id, which gives §5.3's tag.
TEST_CASE("Argon2id, one lane") {
  CHECK(derived(std::string(32, '\x01'), 3, 32) == "30e0b44b7e23423b7282859ea36f02825b5828dde3c25f124d59d42d7235e132");
  CHECK(derived("", 1, 8) == "32b1329ca740d3f43ae5c47432e53c82dc8d0741c1f51f677051601fcb719f50");
}

TEST_CASE("Argon2id with the default parameters: 3 passes over 64 MiB") {
  CHECK(Argon2Parameters{} == Argon2Parameters{3, 64 * 1024});
  CHECK(derived("correct horse battery staple", 3, 65536) ==
        "1096810449d933301800a640fd5cade6dfa0a9d07987e909a9fde0235baa5309");
}

TEST_CASE("salt and parameters change the key") {
  auto key = argon2id(as_bytes("a"), salt, {1, 8});
  auto other = argon2id(as_bytes("a"), Argon2Salt{BytesView(repeated(0x03, 16))}, {1, 8});
  REQUIRE(key);
  REQUIRE(other);
  CHECK_FALSE(equal(key->view(), other->view()));
  CHECK(derived("a", 1, 8) != derived("a", 2, 8));
  CHECK(derived("a", 1, 8) != derived("a", 1, 9));
}

TEST_CASE("a password over the limit is refused before any work") {
  CHECK(refusal(limits::passphrase_bytes_max + 1, {1, 8}) == Code::too_large);
  CHECK(refusal(limits::passphrase_bytes_max, {1, 8}) == Code::none);
}

TEST_CASE("parameters out of range are refused") {
  CHECK(refusal(1, {0, 8}) == Code::malformed);
  CHECK(refusal(1, {17, 8}) == Code::malformed);
  CHECK(refusal(1, {1, 7}) == Code::malformed);
  CHECK(refusal(1, {1, 1024 * 1024 + 1}) == Code::malformed);
}
