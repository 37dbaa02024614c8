#include <openssl/evp.h>

#include <catch2/catch.hpp>

#include "protocol/crypto/openssl/handle.h"
#include "protocol/crypto/primitives.h"
#include "protocol/crypto/signature.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

void check_signature(Suite suite, const char* seed, const char* public_key, const char* content,
                     const char* signature) {
  auto key = signing_key_from_seed(suite, hex(seed));
  REQUIRE(key);
  CHECK(to_hex(key->public_key.view()) == public_key);
  CHECK(verify_with_label(suite, hex(public_key), "SignWithLabel", hex(content), hex(signature)));
}

Code verify_code(Suite suite, BytesView public_key, BytesView message, BytesView signature) {
  auto status = verify(suite, public_key, message, signature);
  return status ? Code::none : status.error().code;
}

}  // namespace

TEST_CASE("Ed25519 signatures are the same in both libraries, each verifies the other's") {
  for (std::uint8_t i = 0; i < 32; ++i) {
    Bytes seed = counting(i, 32), message = counting(i, 40u * i);
    Bytes public_a(32), public_b(32), signature_a(64), signature_b(64);
    sodium::ed25519_public_key(seed, public_a.data());
    openssl::Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), 32));
    REQUIRE(key);
    std::size_t size = 32;
    REQUIRE(EVP_PKEY_get_raw_public_key(key.get(), public_b.data(), &size) == 1);
    CHECK(public_a == public_b);
    sodium::ed25519_sign(seed, public_a, message, signature_a.data());
    openssl::DigestContext context(EVP_MD_CTX_new());
    REQUIRE(EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key.get(), nullptr) == 1);
    size = 64;
    REQUIRE(EVP_DigestSign(context.get(), signature_b.data(), &size, message.data(), message.size()) == 1);
    CHECK(signature_a == signature_b);
    CHECK(sodium::ed25519_verify(public_a, message, signature_b));
    openssl::DigestContext verifier(EVP_MD_CTX_new());
    REQUIRE(EVP_DigestVerifyInit_ex(verifier.get(), nullptr, nullptr, nullptr, nullptr, key.get(), nullptr) == 1);
    CHECK(EVP_DigestVerify(verifier.get(), signature_a.data(), 64, message.data(), message.size()) == 1);
  }
}

TEST_CASE("the working group's SignWithLabel vectors of suites 2, 4, 5 and 7") {
  check_signature(Suite::p256_aes128gcm_sha256_p256, "207c472d3efaf6737a6f5ae14a3c33a139034865364a128bca5475c85cc02fe0",
                  "04448971fc06de011d780cf68fd27e2570322d04079f529c3deb48a2015fdd828162c570264e051b5856e8111171fb034190"
                  "7173aefa665682c2549af982a31483",
                  "a0dda617ce4685d764c762b11186b6d60ff8de85ff01eca2413bd4ecfd3b3a57",
                  "304402206042e397e1bb78951709790e3446b13bf17f9c641aaed92fb1768b5bc99dd98402202465153d91dd79e808286088"
                  "768d8ed150381f3675498d6e150ae713be43387b");
  check_signature(Suite::x448_aes256gcm_sha512_ed448,
                  "e6e78b6be2d3a2ef0be99f62c2d3c57a3f392bf53084f276c9675ca1890e46dbdd6922cafff540c7dae1af237ba8272659e1"
                  "c64cfc8c141aad",
                  "7ed080c31aa1c4ba05aea3bd75efe01825a5f219fb7e1ea67b1c171f01c19339873b7bc29614903888ba49f954c9f0c6f0b6"
                  "051a1ed4ab5880",
                  "0b1aee9793837d23fcdd58cdfd3bdd72666deb49dab282b2e1891ce4e7665d3544787a5eb9663bdbc4397bb111ad182dc5a3"
                  "05e9720687812fda4dc988461621",
                  "0b363568911eb4c34d89a01007bab0585d06cc24937cea982d330429802d4d91fae03766f8f0cae6c3067a369ea9b9e87c80"
                  "15e91a424dcd80377df71eaf4b5ad2b98cea049ba3e29faf66eee0a9289f8ad5f9b38d52ce9c653f2b86002803e1c918bb5b"
                  "a511ee2784c5ced7df3e59bf0200");
  check_signature(Suite::p521_aes256gcm_sha512_p521,
                  "0075aac2317c4cd22c101bee131cf4eae76960435356436c46ea76cc821f66e0c59db66f8f6524cddc621019079b57ec5f10"
                  "5def6c08dcfaa0122480a088a5c44b5e",
                  "040049f6755dc251dea75df263286c9617cb676434c1167e14bd48222a15e10daa02b9251c432f31c59511e9d9a6132dc2e3"
                  "a5ee0d001925f4cbf6c9aff007e38c61f601501a72177aa3d8836ee7adbce0ad5fedd59d578b1eb5d85dfadcae518a8a3d15"
                  "49c625f47db54040da9325ad5e1273d5df18e99c2a6d03d974f404862bf2102054",
                  "3ccae9578cddec157c33b42712316cd2b360fa1020c21aa763bff71c6116cf93ce9db1ee95028f85c6711675f340f36e1382"
                  "cfedf59e5b8ae6d85b659cda883d",
                  "308186024160b6fe7407a52fb499a54e7a4b8a095c38c9f7f52dd18c3342692027592252fda87b3476d7f433a79c9426b05d"
                  "66b1d58291e625912483e04581fba7cd64c63a920241760fe9615de08c694e7a443a33f2df2ee25f55527500616434ff5ba1"
                  "9778f3afac9d5b300a46cfb53cb317e7eb4f10679b09828edf62f529317a8c0d612103b1c5");
  check_signature(
      Suite::p384_aes256gcm_sha384_p384,
      "3fa2573fe417aba24c2bf0df290c6cd4425ad12cd95ce81871b15aee5ae34f1c49531b9ca392f3fc6443c7917381b77e",
      "04fe2469e05e1fae9874891e3c05907e16eba323ed97680187ab8321504b78c3159a6747fb6dcbc600e7e95cfaf1c623be2a4e4a4855d7bd"
      "9a3104c6238397f526de1e61b62e48cac51a5a413ee435b6d15158100649c69d0abbaa4200f806334c",
      "80e54bf4518194eb9034dade8753ed06b4763a2f7b1df80320b00d8e7c3d1f6181f56fbf663b272592ae6d90e30816fd",
      "3066023100c0847e70396150fdbe01fd2b192166ccfdfa398dd256855d6485c243235b32276b40ca285a1aa8adf7257732e8f25f47023100"
      "b2aa141a67e034d333b29690d705668350c637220836c29042a146383a07b2438ffa732afc272351cb3bddaf6a26afcb");
}

TEST_CASE("Ed448 of RFC 8032, 7.4: blank") {
  constexpr Suite suite = Suite::x448_aes256gcm_sha512_ed448;
  auto key = signing_key_from_seed(
      suite, hex("6c82a562cb808d10d632be89c8513ebf6c929f34ddfa8c9f63c9960ef6e348a3528c8a3fcc2f044e39a3fc5b94492f8f032e7"
                 "549a20098f95b"));
  REQUIRE(key);
  CHECK(to_hex(key->public_key.view()) ==
        "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe825"
        "6180");
  CHECK(to_hex(sign(suite, *key, {})) ==
        "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd"
        "3980ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff"
        "2e652600");
}

TEST_CASE("in every suite, a signature verifies only as it was made") {
  for (Suite suite : supported_suites()) {
    ScriptedRandom random;
    SigningKey key = generate_signing_key(suite, random), other = generate_signing_key(suite, random);
    Bytes message = counting(0, 90);
    Bytes signature = sign(suite, key, message);
    CHECK(verify_code(suite, key.public_key.view(), message, signature) == Code::none);
    CHECK(verify_code(suite, other.public_key.view(), message, signature) == Code::bad_signature);
    CHECK(verify_code(suite, key.public_key.view(), BytesView(message).first(89), signature) == Code::bad_signature);
    for (std::size_t length = 0; length < signature.size(); ++length) {
      CHECK(verify_code(suite, key.public_key.view(), message, BytesView(signature).first(length)) ==
            Code::bad_signature);
    }
    Bytes longer = signature;
    longer.push_back(0);
    CHECK(verify_code(suite, key.public_key.view(), message, longer) == Code::bad_signature);
    auto rebuilt = signing_key_from_seed(suite, key.seed.view());
    REQUIRE(rebuilt);
    CHECK(rebuilt->public_key == key.public_key);
    CHECK(verify(suite, key.public_key.view(), message, sign(suite, *rebuilt, message)));
  }
}
