// ChaCha20-Poly1305 (RFC 8439) by libsodium: in WebAssembly the AEAD of suite 3.
#include <sodium.h>

#include "protocol/base/secret.h"
#include "protocol/crypto/primitives.h"
#include "protocol/crypto/sodium/library.h"

namespace encuentro::crypto::sodium {

bool has(AeadAlgorithm algorithm) { return algorithm == AeadAlgorithm::chacha20poly1305; }

void seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext,
          std::uint8_t* out) {
  ENC_CHECK(has(algorithm));
  start_library();
  crypto_aead_chacha20poly1305_ietf_encrypt(out, nullptr, plaintext.data(), plaintext.size(), associated_data.data(),
                                            associated_data.size(), nullptr, nonce.data(), key.data());
}

bool open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView ciphertext,
          std::uint8_t* out) {
  ENC_CHECK(has(algorithm));
  start_library();
  bool right = crypto_aead_chacha20poly1305_ietf_decrypt(out, nullptr, nullptr, ciphertext.data(), ciphertext.size(),
                                                         associated_data.data(), associated_data.size(), nonce.data(),
                                                         key.data()) == 0;
  if (!right) wipe(out, ciphertext.size() - aead_tag_bytes);
  return right;
}

}  // namespace encuentro::crypto::sodium
