// Hash and HMAC of a suite (RFC 6234, RFC 2104). Inputs come as parts so that nobody concatenates first.
#pragma once

#include <initializer_list>
#include <memory>

#include "protocol/base/bytes.h"
#include "protocol/base/ids.h"
#include "protocol/crypto/suite.h"

namespace encuentro::crypto {

using Parts = std::initializer_list<BytesView>;

Digest hash(HashAlgorithm algorithm, Parts parts);
inline Digest hash(Suite suite, Parts parts) { return hash(parameters(suite).hash, parts); }

// SHA-256 as ids and the log's chain use it, whatever the suite.
Hash32 sha256(Parts parts);

// HMAC; `key` is secret, the result is often compared: use crypto/compare.h.
Digest mac(HashAlgorithm algorithm, BytesView key, Parts parts);
inline Digest mac(Suite suite, BytesView key, Parts parts) { return mac(parameters(suite).hash, key, parts); }

// For input that arrives in pieces (files, large trees). SHA-256 only, one use.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  void update(BytesView bytes);
  Hash32 finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace encuentro::crypto
