#include "protocol/crypto/kdf.h"

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

struct Rfc5869 {
  Bytes key_material, salt, info;
  const char* prk;
  const char* okm;
};

void check(const Rfc5869& v) {
  Bytes prk(32);
  hkdf_extract(HashAlgorithm::sha256, v.salt, v.key_material, prk);
  CHECK(to_hex(prk) == v.prk);
  Bytes okm(hex(v.okm).size());
  hkdf_expand(HashAlgorithm::sha256, prk, {v.info}, okm);
  CHECK(to_hex(okm) == v.okm);
  // Shorter outputs are prefixes, and the info may come in parts.
  for (std::size_t length = 0; length < okm.size(); ++length) {
    Bytes cut(length);
    hkdf_expand(HashAlgorithm::sha256, prk,
                {BytesView(v.info).first(v.info.size() / 2), BytesView(v.info).subspan(v.info.size() / 2)}, cut);
    CHECK(equal(cut, BytesView(okm).first(length)));
  }
}

}  // namespace

TEST_CASE("HKDF-SHA-256 of RFC 5869, A.1 to A.3") {
  check({repeated(0x0b, 22), counting(0, 13), hex("f0f1f2f3f4f5f6f7f8f9"),
         "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
         "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"});
  check(
      {counting(0, 80), counting(0x60, 80), counting(0xb0, 80),
       "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
       "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09"
       "b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"});
  check({repeated(0x0b, 22),
         {},
         {},
         "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
         "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"});
}

TEST_CASE("the longest output is 255 blocks") {
  Bytes key = counting(0, 32);
  Bytes longest(255 * 32);
  hkdf_expand(HashAlgorithm::sha256, key, {}, longest);
  Bytes shorter(254 * 32);
  hkdf_expand(HashAlgorithm::sha256, key, {}, shorter);
  CHECK(equal(shorter, BytesView(longest).first(shorter.size())));
}

TEST_CASE("ExpandWithLabel is HKDF-Expand over the encoded KDFLabel") {
  Bytes secret = counting(1, 32);
  Bytes context = counting(7, 5);
  Bytes info = hex("0010");                            // length
  for (std::uint8_t b : hex("0c")) info.push_back(b);  // |"MLS 1.0 test"|
  for (std::uint8_t b : as_bytes("MLS 1.0 test")) info.push_back(b);
  info.push_back(5);
  info.insert(info.end(), context.begin(), context.end());
  Bytes wanted(16);
  hkdf_expand(HashAlgorithm::sha256, secret, {info}, wanted);
  Bytes got(16);
  expand_with_label(encuentro_suite, secret, "test", context, got);
  CHECK(got == wanted);
}

TEST_CASE("a context over 63 bytes has a two-byte header") {
  Bytes secret = counting(1, 32);
  Bytes context = counting(0, 64);
  Bytes info = hex("0020");
  info.push_back(9);
  for (std::uint8_t b : as_bytes("MLS 1.0 x")) info.push_back(b);
  info.push_back(0x40);
  info.push_back(0x40);
  info.insert(info.end(), context.begin(), context.end());
  Bytes wanted(32);
  hkdf_expand(HashAlgorithm::sha256, secret, {info}, wanted);
  Bytes got(32);
  expand_with_label(encuentro_suite, secret, "x", context, got);
  CHECK(got == wanted);
}

TEST_CASE("labels, contexts, lengths and generations part the outputs") {
  using Out = SizedSecret<struct KdfTestTag>;
  Bytes secret = counting(1, 32);
  Out a = derive_secret<Out>(encuentro_suite, secret, "a");
  Out b = derive_secret<Out>(encuentro_suite, secret, "b");
  CHECK(a.size() == 32);
  CHECK_FALSE(equal(a.view(), b.view()));
  Out half = expand_with_label<Out>(encuentro_suite, secret, "a", {}, 16);
  CHECK_FALSE(equal(half.view(), a.view().first(16)));
  Bytes generation_0(32), generation_1(32);
  derive_tree_secret(encuentro_suite, secret, "a", 0, generation_0);
  derive_tree_secret(encuentro_suite, secret, "a", 1, generation_1);
  CHECK(generation_0 != generation_1);
}

// The working group's crypto-basics vector of suite 3.
TEST_CASE("DeriveSecret, DeriveTreeSecret and ExpandWithLabel of the published vectors") {
  using Out = SizedSecret<struct PublishedTag>;
  Out expanded = expand_with_label<Out>(
      encuentro_suite, hex("55aa3ae5242564782567ce097beafe19510230660008b2cc064a78387fa16f36"), "ExpandWithLabel",
      hex("2e07148f4340c62a55e7608c20d73fddf1f3b8dafb2c7ef24eceb70e136c0d8c"), 32);
  CHECK(to_hex(expanded.view()) == "1df5ba7996a34f75d717916a094a14083c03a75e80f0330a8095f5f11cfe1e1f");
  Out derived = derive_secret<Out>(
      encuentro_suite, hex("cae460c779ebaa3e81c061a371486dff1ed1ff273bea369cc0fc46550b83c407"), "DeriveSecret");
  CHECK(to_hex(derived.view()) == "aad859818ca5f2a9896d4d3ee2dccc0cefcd69b666bdb16b52f1de15fb1a5567");
  Bytes tree(32);
  derive_tree_secret(encuentro_suite, hex("c994e257b53f726087ddd7121876f558f1fbd6f807e5ff010830d618d7bab6f2"),
                     "DeriveTreeSecret", 2694881440u, tree);
  CHECK(to_hex(tree) == "2095d6a81ab87095d1df26f6bdf012ec06f197e418381c1795a7b758603c936d");
}
