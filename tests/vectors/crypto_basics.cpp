#include "protocol/crypto/hpke.h"
#include "protocol/crypto/kdf.h"
#include "protocol/crypto/signature.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

namespace {

using crypto::Suite;
// RFC 5869 §2.3.
std::size_t hkdf_bytes_max(Suite suite) { return 255 * crypto::parameters(suite).hash_bytes; }

using Derived = SizedSecret<struct DerivedTag, 255>;

Verdict verify_ref_hash(const Fields& vector, Suite suite) {
  TAKE(std::string label, vector.text("label"));
  TAKE(Bytes value, vector.bytes("value"));
  TAKE(Bytes out, vector.bytes("out"));
  EXPECT(equal(crypto::ref_hash_whole_label(suite, label, value).view(), out));
  return {};
}

Verdict verify_expand(const Fields& vector, Suite suite) {
  TAKE(Bytes secret, vector.bytes("secret"));
  TAKE(std::string label, vector.text("label"));
  TAKE(Bytes context, vector.bytes("context"));
  TAKE(std::uint64_t length, vector.number("length"));
  TAKE(Bytes out, vector.bytes("out"));
  EXPECT(out.size() == length && length <= hkdf_bytes_max(suite));
  SecretBytes derived(length);
  crypto::expand_with_label(suite, secret, label, context, derived.span());
  EXPECT(equal(derived.view(), out));
  return {};
}

Verdict verify_derive(const Fields& vector, Suite suite) {
  TAKE(Bytes secret, vector.bytes("secret"));
  TAKE(std::string label, vector.text("label"));
  TAKE(Bytes out, vector.bytes("out"));
  EXPECT(equal(crypto::derive_secret<Derived>(suite, secret, label).view(), out));
  return {};
}

Verdict verify_derive_tree(const Fields& vector, Suite suite) {
  TAKE(Bytes secret, vector.bytes("secret"));
  TAKE(std::string label, vector.text("label"));
  TAKE(std::uint64_t generation, vector.number("generation"));
  TAKE(std::uint64_t length, vector.number("length"));
  TAKE(Bytes out, vector.bytes("out"));
  EXPECT(out.size() == length && length <= hkdf_bytes_max(suite));
  SecretBytes derived(length);
  crypto::derive_tree_secret(suite, secret, label, static_cast<std::uint32_t>(generation), derived.span());
  EXPECT(equal(derived.view(), out));
  return {};
}

Verdict verify_sign(const Fields& vector, Suite suite) {
  TAKE(Bytes seed, vector.private_key("priv", suite));
  TAKE(Bytes public_key, vector.bytes("pub"));
  TAKE(Bytes content, vector.bytes("content"));
  TAKE(std::string label, vector.text("label"));
  TAKE(Bytes signature, vector.bytes("signature"));
  TAKE(crypto::SigningKey key, crypto::signing_key_from_seed(suite, seed));
  EXPECT(equal(key.public_key.view(), public_key));
  TAKE_OK(crypto::verify_with_label(suite, public_key, label, content, signature));
  TAKE_OK(crypto::verify_with_label(suite, public_key, label, content,
                                    crypto::sign_with_label(suite, key, label, content)));
  return {};
}

Verdict verify_encrypt(const Fields& vector, Suite suite, Random& random) {
  TAKE(Bytes private_key, vector.private_key("priv", suite));
  TAKE(Bytes public_key, vector.bytes("pub"));
  TAKE(std::string label, vector.text("label"));
  TAKE(Bytes context, vector.bytes("context"));
  TAKE(Bytes plaintext, vector.bytes("plaintext"));
  TAKE(Bytes kem_output, vector.bytes("kem_output"));
  TAKE(Bytes ciphertext, vector.bytes("ciphertext"));
  TAKE(SecretBytes opened,
       crypto::decrypt_with_label(suite, private_key, public_key, label, context, kem_output, ciphertext));
  EXPECT(equal(opened.view(), plaintext));
  TAKE(crypto::HpkeCiphertext sealed, crypto::encrypt_with_label(suite, public_key, label, context, plaintext, random));
  TAKE(SecretBytes again, crypto::decrypt_with_label(suite, private_key, public_key, label, context, sealed.kem_output,
                                                     sealed.ciphertext));
  EXPECT(equal(again.view(), plaintext));
  return {};
}

}  // namespace

Verdict verify_crypto_basics(const Fields& vector, Random& random) {
  TAKE(Suite suite, vector.suite());
  TAKE(Fields ref_hash, vector.object("ref_hash"));
  TAKE_OK(verify_ref_hash(ref_hash, suite));
  TAKE(Fields expand, vector.object("expand_with_label"));
  TAKE_OK(verify_expand(expand, suite));
  TAKE(Fields derive, vector.object("derive_secret"));
  TAKE_OK(verify_derive(derive, suite));
  TAKE(Fields derive_tree, vector.object("derive_tree_secret"));
  TAKE_OK(verify_derive_tree(derive_tree, suite));
  TAKE(Fields sign, vector.object("sign_with_label"));
  TAKE_OK(verify_sign(sign, suite));
  TAKE(Fields encrypt, vector.object("encrypt_with_label"));
  TAKE_OK(verify_encrypt(encrypt, suite, random));
  return {};
}

}  // namespace encuentro::vectors
