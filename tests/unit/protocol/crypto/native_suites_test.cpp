// The suites that only the native library offers: vectors, and the refusals that depend on the curve.
#include <openssl/err.h>

#include "protocol/crypto/aead.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/kdf.h"
#include "protocol/crypto/signature.h"
#include "tests/unit/protocol/crypto/hpke_vector.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

void check_published(Suite suite, const char* private_key, const char* public_key, const char* context,
                     const char* kem_output, const char* ciphertext, const char* plaintext) {
  auto rebuilt = hpke_public_key(suite, hex(private_key));
  REQUIRE(rebuilt);
  CHECK(to_hex(rebuilt->view()) == public_key);
  auto opened = decrypt_with_label(suite, hex(private_key), hex(public_key), "EncryptWithLabel", hex(context),
                                   hex(kem_output), hex(ciphertext));
  REQUIRE(opened);
  CHECK(to_hex(opened->view()) == plaintext);
}

void check_signature(Suite suite, const char* seed, const char* public_key, const char* content,
                     const char* signature) {
  auto key = signing_key_from_seed(suite, hex(seed));
  REQUIRE(key);
  CHECK(to_hex(key->public_key.view()) == public_key);
  CHECK(verify_with_label(suite, hex(public_key), "SignWithLabel", hex(content), hex(signature)));
}

bool nist(Suite suite) {
  KemAlgorithm kem = parameters(suite).kem;
  return kem != KemAlgorithm::x25519 && kem != KemAlgorithm::x448;
}

Code seal_code(Suite suite, BytesView public_key) {
  ScriptedRandom random;
  auto sealed = hpke_seal(suite, public_key, {}, {}, {}, random);
  return sealed ? Code::none : sealed.error().code;
}

Code verify_code(Suite suite, BytesView public_key, BytesView message, BytesView signature) {
  auto status = verify(suite, public_key, message, signature);
  return status ? Code::none : status.error().code;
}

}  // namespace

TEST_CASE("RFC 9180 A.1.1: X25519, HKDF-SHA256, AES-128-GCM") {
  check({Suite::x25519_aes128gcm_sha256_ed25519,
         "7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234",
         "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
         "6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037",
         "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
         "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
         "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
         "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
         {"3853fe2b4035195a573ffc53856e77058e15d9ea064de3e59f4961d0095250ee",
          "2e8f0b54673c7029649d4eb9d5e33bf1872cf76d623ff164ac185da9e88c21a5",
          "e9e43065102c3836401bed8c3c3c75ae46be1639869391d62c61f1ec7af54931"}});
}

TEST_CASE("RFC 9180 A.3.1: P-256, HKDF-SHA256, AES-128-GCM") {
  check({Suite::p256_aes128gcm_sha256_p256,
         "4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e",
         "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
         "668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550",
         "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
         "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f70"
         "6a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0",
         "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b32"
         "5ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4",
         "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434",
         {"5e9bc3d236e1911d95e65b576a8a86d478fb827e8bdfe77b741b289890490d4d",
          "6cff87658931bda83dc857e6353efe4987a201b849658d9b047aab4cf216e796",
          "d8f1ea7942adbba7412c6d431c62d01371ea476b823eb697e1f6e6cae1dab85a"}});
}

TEST_CASE("RFC 9180 A.6.1: P-521, HKDF-SHA512, AES-256-GCM") {
  check({Suite::p521_aes256gcm_sha512_p521,
         "7f06ab8215105fc46aceeb2e3dc5028b44364f960426eb0d8e4026c2f8b5d7"
         "e7a986688f1591abf5ab753c357a5d6f0440414b4ed4ede71317772ac98d9239f709"
         "04",
         "014784c692da35df6ecde98ee43ac425dbdd0969c0c72b42f2e708ab9d5354"
         "15a8569bdacfcc0a114c85b8e3f26acf4d68115f8c91a66178cdbd03b7bcc5291e37"
         "4b",
         "2ad954bbe39b7122529f7dde780bff626cd97f850d0784a432784e69d86ecc"
         "aade43b6c10a8ffdb94bf943c6da479db137914ec835a7e715e36e45e29b587bab3b"
         "f1",
         "01462680369ae375e4b3791070a7458ed527842f6a98a79ff5e0d4cbde83c2"
         "7196a3916956655523a6a2556a7af62c5cadabe2ef9da3760bb21e005202f7b24628"
         "47",
         "0401b45498c1714e2dce167d3caf162e45e0642afc7ed435df7902ccae0e84"
         "ba0f7d373f646b7738bbbdca11ed91bdeae3cdcba3301f2457be452f271fa6837580"
         "e661012af49583a62e48d44bed350c7118c0d8dc861c238c72a2bda17f64704f464b"
         "57338e7f40b60959480c0e58e6559b190d81663ed816e523b6b6a418f66d2451ec64",
         "040138b385ca16bb0d5fa0c0665fbbd7e69e3ee29f63991d3e9b5fa740aab8"
         "900aaeed46ed73a49055758425a0ce36507c54b29cc5b85a5cee6bae0cf1c21f2731"
         "ece2013dc3fb7c8d21654bb161b463962ca19e8c654ff24c94dd2898de12051f1ed0"
         "692237fb02b2f8d1dc1c73e9b366b529eb436e98a996ee522aef863dd5739d2f29b0",
         "170f8beddfe949b75ef9c387e201baf4132fa7374593dfafa90768788b7b2b200aafcc6d80ea4c795a7c5b841a",
         {"05e2e5bd9f0c30832b80a279ff211cc65eceb0d97001524085d609ead60d0412",
          "fca69744bb537f5b7a1596dbf34eaa8d84bf2e3ee7f1a155d41bd3624aa92b63",
          "f389beaac6fcf6c0d9376e20f97e364f0609a88f1bc76d7328e9104df8477013"}});
}

TEST_CASE("the working group's EncryptWithLabel vectors of suites 4, 6 and 7") {
  check_published(Suite::x448_aes256gcm_sha512_ed448,
                  "f98a74e98ed6f217513be360d6d36378fcbbf548f3e4292cf35078f3cc23855fb370fb0ddce879fa864e5a20fd43ab6eed8d"
                  "8f606b705b92",
                  "ab23487f3028c6a5dc5f12eb9bb65a2f93d913962ecc60f6505b6ba82db7d292b1af2106404c829192a14854fff94780cfa3"
                  "25995afc22f7",
                  "a73f953ea54f3785af7ee8c8928e5d71baf489e425d1068b1407d4a6efff3c5ed0f8f7d60f58af1856d7990fe9e04bd0b827"
                  "bda913aa22f10fba0e5f2b1c8c50",
                  "c487db6afe43e4537890be46ef126bd804510fbc8f53bb3e60c39e439d8cfce804575ebea1b1c298d9fb31e84677b5bc3270"
                  "a74feb051209",
                  "194059f738cabf5fb568373030024fd73b19cb7bb45b61173639e85309879287e8327c8afd09d784018770bd4994c0b050df"
                  "3e608430151419fc6886c57f847c8f68e001b39f2346dae17108d1fa36aa",
                  "d1e409fcb7b955e2b368314dc6a34816142448627958f2ce1a103bc2b38ce2a2c1b05678606ae44b2300c959da77b1287228"
                  "cd9c10e62e8c665db83665a857b4");
  check_published(Suite::x448_chacha20poly1305_sha512_ed448,
                  "34c86cc64b825321869ee81bcb38bd7baf01a1491fb52f671451b32ed7e89847f3968783a3e351b582b4520179b1a0d710c4"
                  "7b1442ac07f8",
                  "0193786e5197b8ee594a0d2f9554907216e2923367113406c8664a7985df1f1e818e22224eb51a66eae888b527f3cd1ace72"
                  "96f8e9109ed6",
                  "edade7087f93e8c34b5949bfb7baeb71f32a0c39d1ccec077625381716bf551275b4ac51019ff290211d81160acf090a8900"
                  "0e3a72eb471a670bd8cbd7a34808",
                  "d79688d9adb95186b5d475f5745f1e38905ce89fab7c6d890cf6fa257ed24681116e6dc6f3b86aafc47be6c4fd14614b5f05"
                  "ffb0e64c29be",
                  "1cf0b7459dd15bec64bf97584990ee9848dc5474a38557ba07ef17f5b9503be2adb47ec68df6ac4d9b11e6e6df0d64a60127"
                  "d7caa109a894b58d7c3e9fba61b3ea2345fb65ae0413e9797580c6ab4a1a",
                  "749869e8f80f186e02881c59cf538ffc6de6d2a6c0e90e6b0362b14f37bd510a82b769ab1544d980c37f294ed68fc0cf7934"
                  "c058921274908bf2f13f7a18166a");
  check_published(Suite::p384_aes256gcm_sha384_p384,
                  "cc20f4f626228151e2f75d623198087e14cf8fecb5eb7e780bd6a177d31fafa295e6ea24e601d52c7fc4e7a9fb8907ff",
                  "046b377162761a08807035865b8e6122beb118cb640df3468e30fe4249daaeb60e1ee9eff15bc9b95cc08839b35ff48b6848"
                  "b12de26e96d671cab4926235739bd972ad08cd36574c22e884f3e9c761c3a28a9c8e140b887bb7460b8b657b57b28b",
                  "fb91549fe16bc4540788e61d4bc7f9704cc7af3657cc96ad2940500ab9fb749bbc63065477b336bb4b1c80d212536030",
                  "04e7f79fb8cb58a43ad5897c5696d5ec6b2b5e8b84fd65fa24e5ef98aaccadcd95df930f04462ec378e501f60c79baeaf199"
                  "f4f752cee808efd55e9a4ce32010f1624314eae209cde57a4a6c9c10b3a26c681e5555419994490d8829cf9c3bc96c",
                  "f9caffe1b567c1860b70de5676c19c81b5927d9af22b3a0361cd936865b519d35f06e8f81dd85cb79cb6b43abdf944c2663f"
                  "79f82677c71979ce7fc457e56d47",
                  "fd137dab4ff57f2e9064a0fe2b2d8c72dd0f162d8ca3550e3e0561d5ee45a1e37494fc1f2547dd9f38977fc01ada7e50");
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

TEST_CASE("SHA-384 and HMAC-SHA-384 (FIPS 180-4, RFC 4231)") {
  CHECK(to_hex(hash(HashAlgorithm::sha384, {as_bytes("abc")}).view()) ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  CHECK(to_hex(mac(HashAlgorithm::sha384, as_bytes("Jefe"), {as_bytes("what do ya want for nothing?")}).view()) ==
        "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649");
  CHECK(to_hex(mac(HashAlgorithm::sha384, repeated(0xaa, 131),
                   {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})
                   .view()) ==
        "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952");
}

TEST_CASE("AES-GCM of its specification (McGrew and Viega), test cases 4 and 16") {
  Bytes plaintext = hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
      "ba637b39");
  Bytes associated_data = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  Bytes nonce = hex("cafebabefacedbaddecaf888");
  CHECK(to_hex(seal(AeadAlgorithm::aes128gcm, hex("feffe9928665731c6d6a8f9467308308"), nonce, associated_data,
                    plaintext)) ==
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac"
        "973d58e0915bc94fbc3221a5db94fae95ae7121a47");
  Bytes key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  Bytes sealed = seal(AeadAlgorithm::aes256gcm, key, nonce, associated_data, plaintext);
  CHECK(to_hex(sealed) ==
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a"
        "0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  auto opened = open(AeadAlgorithm::aes256gcm, key, nonce, associated_data, sealed);
  REQUIRE(opened);
  CHECK(equal(opened->view(), plaintext));
}

TEST_CASE("AES-GCM refuses cuts and changes and leaves no plaintext") {
  for (AeadAlgorithm algorithm : {AeadAlgorithm::aes128gcm, AeadAlgorithm::aes256gcm}) {
    Bytes key = counting(1, algorithm == AeadAlgorithm::aes128gcm ? 16 : 32), nonce = counting(9, 12);
    Bytes plaintext = counting(0, 33);
    Bytes sealed = seal(algorithm, key, nonce, {}, plaintext);
    for (std::size_t length = 0; length < sealed.size(); ++length) {
      CHECK_FALSE(open(algorithm, key, nonce, {}, BytesView(sealed).first(length)));
    }
    for (std::size_t i = 0; i < sealed.size(); ++i) {
      Bytes changed = sealed;
      changed[i] ^= 1;
      Bytes out = repeated(0xee, plaintext.size());
      REQUIRE_FALSE(open(algorithm, key, nonce, {}, changed, out));
      REQUIRE(out == repeated(0, out.size()));
    }
    // In place, both ways.
    Bytes buffer = plaintext;
    buffer.resize(sealed.size());
    seal(algorithm, key, nonce, {}, BytesView(buffer).first(33), buffer);
    CHECK(buffer == sealed);
    REQUIRE(open(algorithm, key, nonce, {}, buffer, MutableBytes(buffer).first(33)));
    CHECK(equal(BytesView(buffer).first(33), plaintext));
  }
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

TEST_CASE("X448 of RFC 7748, 6.2: the public key") {
  auto key =
      hpke_public_key(Suite::x448_aes256gcm_sha512_ed448,
                      hex("9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382"
                          "a6f127ab1d9ac2d8c0a598726b"));
  REQUIRE(key);
  CHECK(
      to_hex(key->view()) ==
      "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa"
      "0");
}

TEST_CASE("in every suite, keys made from the same randomness or material are the same and work") {
  for (Suite suite : supported_suites()) {
    ScriptedRandom one, two;
    HpkeKeyPair a = hpke_generate(suite, one), b = hpke_generate(suite, two), c = hpke_generate(suite, two);
    CHECK(a.public_key == b.public_key);
    CHECK(a.public_key != c.public_key);
    HpkeKeyPair d = hpke_derive_key_pair(suite, counting(1, 32)), e = hpke_derive_key_pair(suite, counting(1, 32));
    CHECK(d.public_key == e.public_key);
    CHECK(hpke_check_public_key(suite, d.public_key.view()));
    auto sealed = encrypt_with_label(suite, d.public_key.view(), "x", counting(0, 70), counting(0, 500), one);
    REQUIRE(sealed);
    auto opened = decrypt_with_label(suite, d.private_key.view(), d.public_key.view(), "x", counting(0, 70),
                                     sealed->kem_output, sealed->ciphertext);
    REQUIRE(opened);
    CHECK(equal(opened->view(), counting(0, 500)));
    auto exported = hpke_send_export(suite, d.public_key.view(), {}, counting(0, 5), 64, one);
    REQUIRE(exported);
    auto received = hpke_receive_export(suite, d.private_key.view(), d.public_key.view(), exported->kem_output, {},
                                        counting(0, 5), 64);
    REQUIRE(received);
    CHECK(equal(received->view(), exported->secret.view()));
  }
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

TEST_CASE("points off the curve, compressed, at infinity or of another length are refused") {
  for (Suite suite : supported_suites()) {
    if (!nist(suite)) continue;
    ScriptedRandom random;
    HpkeKeyPair pair = hpke_generate(suite, random);
    Bytes good = to_bytes(pair.public_key.view());
    std::size_t field = (good.size() - 1) / 2;
    std::vector<Bytes> bad(6, good);
    bad[0].back() ^= 1;                                                                  // off the curve
    bad[1] = Bytes{0};                                                                   // infinity
    bad[2] = repeated(0, good.size());                                                   // its form padded
    bad[3].assign(good.begin(), good.begin() + 1 + static_cast<std::ptrdiff_t>(field));  // compressed
    bad[3][0] = static_cast<std::uint8_t>(2 + (good.back() & 1));
    bad[4][0] = static_cast<std::uint8_t>(6 + (good.back() & 1));  // hybrid
    std::fill(bad[5].begin() + 1, bad[5].end(), 0xff);             // not in the field
    for (const Bytes& point : bad) {
      CHECK_FALSE(hpke_check_public_key(suite, point));
      CHECK(seal_code(suite, point) == Code::bad_key);
      CHECK(verify_code(suite, point, {}, {}) == Code::bad_key);
      auto opened = hpke_open(suite, pair.private_key.view(), pair.public_key.view(), point, {}, {}, counting(0, 40));
      REQUIRE_FALSE(opened);
      CHECK(opened.error().code == Code::bad_key);
    }
    for (std::size_t length = 0; length < good.size(); ++length) {
      CHECK(seal_code(suite, BytesView(good).first(length)) == Code::bad_key);
    }
  }
  CHECK(ERR_peek_error() == 0);  // refusals leave nothing for TLS to stumble over
}

TEST_CASE("scalars that are zero or not below the order are no keys") {
  for (Suite suite : supported_suites()) {
    if (!nist(suite)) continue;
    ScriptedRandom random;
    std::size_t length = hpke_generate(suite, random).private_key.size();
    for (std::uint8_t byte : {std::uint8_t{0}, std::uint8_t{0xff}}) {
      auto key = hpke_public_key(suite, repeated(byte, length));
      REQUIRE_FALSE(key);
      CHECK(key.error().code == Code::bad_key);
      auto signing = signing_key_from_seed(suite, repeated(byte, length));
      REQUIRE_FALSE(signing);
      CHECK(signing.error().code == Code::bad_key);
    }
  }
}

TEST_CASE("candidates out of range are drawn again") {
  for (Suite suite : {Suite::p256_aes128gcm_sha256_p256, Suite::p384_aes256gcm_sha384_p384}) {
    ScriptedRandom plain;
    std::size_t length = hpke_generate(suite, plain).private_key.size();
    Bytes script = repeated(0xff, length);
    Bytes second = counting(1, length);
    script.insert(script.end(), second.begin(), second.end());
    ScriptedRandom random(script);
    CHECK(equal(hpke_generate(suite, random).private_key.view(), second));
    ScriptedRandom again(script);
    CHECK(equal(generate_signing_key(suite, again).seed.view(), second));
  }
}

TEST_CASE("X448 points of small order are refused") {
  for (Suite suite : {Suite::x448_aes256gcm_sha512_ed448, Suite::x448_chacha20poly1305_sha512_ed448}) {
    Bytes one = repeated(0, 56);
    one[0] = 1;
    Bytes minus_one = repeated(0xff, 56);
    minus_one[0] = 0xfe;
    minus_one[28] = 0xfe;
    for (const Bytes& point : {repeated(0, 56), one, minus_one}) CHECK(seal_code(suite, point) == Code::bad_key);
    CHECK(seal_code(suite, counting(1, 55)) == Code::bad_key);
    CHECK(seal_code(suite, counting(1, 57)) == Code::bad_key);
  }
  CHECK(ERR_peek_error() == 0);
}
