// Authenticated encryption (RFC 5116). The ciphertext is plaintext || 16-byte tag. Natively the faster of
// OpenSSL and libsodium, in WebAssembly libsodium; both give the same bytes (tested).
#pragma once

#include "protocol/base/error.h"
#include "protocol/base/secret.h"
#include "protocol/crypto/suite.h"

namespace encuentro::crypto {

// Key and nonce must have the algorithm's exact lengths (programmer error otherwise): they come from
// our own derivations, never from outside. `out` must be plaintext.size() + aead_tag_bytes long and may
// start where `plaintext` starts (in-place sealing).
void seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext,
          MutableBytes out);
Bytes seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext);

// `out` must be ciphertext.size() - aead_tag_bytes long and may start where `ciphertext` starts. On bad_tag
// nothing of the plaintext is left in `out`. Errors: bad_tag, truncated (no room for a tag).
Status open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView ciphertext,
            MutableBytes out);
Result<SecretBytes> open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data,
                         BytesView ciphertext);

inline Bytes seal(Suite suite, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext) {
  return seal(parameters(suite).aead, key, nonce, associated_data, plaintext);
}
inline Result<SecretBytes> open(Suite suite, BytesView key, BytesView nonce, BytesView associated_data,
                                BytesView ciphertext) {
  return open(parameters(suite).aead, key, nonce, associated_data, ciphertext);
}

}  // namespace encuentro::crypto
