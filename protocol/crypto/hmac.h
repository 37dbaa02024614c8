// HMAC (RFC 2104) fed in pieces. The keyed start is computed once, so copying a fresh Hmac is how several
// MACs under one key are made (HKDF-Expand). Wipes itself.
#pragma once

#include "protocol/crypto/primitives.h"

namespace encuentro::crypto {

std::size_t hash_bytes(HashAlgorithm algorithm);

class Hmac {
 public:
  Hmac(HashAlgorithm algorithm, BytesView key);
  Hmac(const Hmac&) = default;
  Hmac& operator=(const Hmac&) = default;
  ~Hmac();

  void update(BytesView bytes) { symmetric::hash_update(algorithm_, inner_, bytes); }
  // Once. `out` has the hash's length.
  void finish(MutableBytes out);

 private:
  HashAlgorithm algorithm_;
  HashState inner_;
  HashState outer_;
};

}  // namespace encuentro::crypto
