// SHA-2 by libsodium: all hashing in WebAssembly, natively the test's second opinion.
#include <sodium.h>

#include <new>

#include "protocol/crypto/primitives.h"

namespace encuentro::crypto::sodium {
namespace {

template <class State>
State* as(HashState& state) {
  static_assert(sizeof(State) <= sizeof(state.bytes) && alignof(State) <= 16);
  return std::launder(reinterpret_cast<State*>(state.bytes.data()));
}

}  // namespace

bool has(HashAlgorithm algorithm) { return algorithm != HashAlgorithm::sha384; }

void hash_start(HashAlgorithm algorithm, HashState& state) {
  ENC_CHECK(has(algorithm));
  if (algorithm == HashAlgorithm::sha256) {
    crypto_hash_sha256_init(new (state.bytes.data()) crypto_hash_sha256_state);
  } else {
    crypto_hash_sha512_init(new (state.bytes.data()) crypto_hash_sha512_state);
  }
}

void hash_update(HashAlgorithm algorithm, HashState& state, BytesView bytes) {
  if (bytes.empty()) return;
  if (algorithm == HashAlgorithm::sha256) {
    crypto_hash_sha256_update(as<crypto_hash_sha256_state>(state), bytes.data(), bytes.size());
  } else {
    crypto_hash_sha512_update(as<crypto_hash_sha512_state>(state), bytes.data(), bytes.size());
  }
}

void hash_finish(HashAlgorithm algorithm, HashState& state, std::uint8_t* out) {
  if (algorithm == HashAlgorithm::sha256) {
    crypto_hash_sha256_final(as<crypto_hash_sha256_state>(state), out);
  } else {
    crypto_hash_sha512_final(as<crypto_hash_sha512_state>(state), out);
  }
}

}  // namespace encuentro::crypto::sodium
