#include "protocol/crypto/aead.h"

#include "protocol/crypto/primitives.h"

namespace encuentro::crypto {
namespace {

void check_lengths(AeadAlgorithm algorithm, BytesView key, BytesView nonce) {
  ENC_CHECK(key.size() == (algorithm == AeadAlgorithm::aes128gcm ? 16u : 32u));
  ENC_CHECK(nonce.size() == 12);
}

}  // namespace

void seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext,
          MutableBytes out) {
  check_lengths(algorithm, key, nonce);
  ENC_CHECK(out.size() == plaintext.size() + aead_tag_bytes);
  symmetric::seal(algorithm, key, nonce, associated_data, plaintext, out.data());
}

Bytes seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext) {
  Bytes out(plaintext.size() + aead_tag_bytes);
  seal(algorithm, key, nonce, associated_data, plaintext, out);
  return out;
}

Status open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView ciphertext,
            MutableBytes out) {
  check_lengths(algorithm, key, nonce);
  if (ciphertext.size() < aead_tag_bytes) return fail(Code::truncated, "", aead_tag_bytes, ciphertext.size());
  ENC_CHECK(out.size() == ciphertext.size() - aead_tag_bytes);
  if (!symmetric::open(algorithm, key, nonce, associated_data, ciphertext, out.data())) return fail(Code::bad_tag);
  return {};
}

Result<SecretBytes> open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data,
                         BytesView ciphertext) {
  if (ciphertext.size() < aead_tag_bytes) return fail(Code::truncated, "", aead_tag_bytes, ciphertext.size());
  SecretBytes plaintext(ciphertext.size() - aead_tag_bytes);
  TRY_OK(open(algorithm, key, nonce, associated_data, ciphertext, plaintext.span()));
  return plaintext;
}

}  // namespace encuentro::crypto
