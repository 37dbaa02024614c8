// The HPKE of the suites that only the native library offers.
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
