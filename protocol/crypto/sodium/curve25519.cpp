// X25519 (RFC 7748) and Ed25519 (RFC 8032): libsodium's on every platform, so that all verifiers agree on
// the edge cases (small-order keys and non-canonical encodings are refused).
#include <sodium.h>

#include "protocol/base/secret.h"
#include "protocol/crypto/montgomery_form.h"
#include "protocol/crypto/primitives.h"
#include "protocol/crypto/sodium/library.h"

namespace encuentro::crypto::sodium {

void x25519_public_key(BytesView private_key, std::uint8_t* public_key) {
  ENC_CHECK(private_key.size() == crypto_scalarmult_SCALARBYTES);
  start_library();
#ifdef ENCUENTRO_WASM
  // Without assembler for the ladder libsodium itself goes by way of the Edwards curve.
  crypto_scalarmult_base(public_key, private_key.data());
#else
  // Clamps as X25519 does. Its status says only that the key was zero or the result neutral: the first is a
  // key like others in X25519, and no clamped key gives the second.
  [[maybe_unused]] int status = crypto_scalarmult_ed25519_base(public_key, private_key.data());
  montgomery_from_edwards({public_key, crypto_scalarmult_BYTES}, {public_key, crypto_scalarmult_BYTES});
#endif
}

bool x25519_agree(BytesView private_key, BytesView public_key, std::uint8_t* shared) {
  ENC_CHECK(private_key.size() == crypto_scalarmult_SCALARBYTES && public_key.size() == crypto_scalarmult_BYTES);
  start_library();
  return crypto_scalarmult(shared, private_key.data(), public_key.data()) == 0;
}

void ed25519_public_key(BytesView seed, std::uint8_t* public_key) {
  ENC_CHECK(seed.size() == crypto_sign_SEEDBYTES);
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_key;
  crypto_sign_seed_keypair(public_key, secret_key.data(), seed.data());
  wipe(secret_key.data(), secret_key.size());
}

void ed25519_sign(BytesView seed, BytesView public_key, BytesView message, std::uint8_t* signature) {
  ENC_CHECK(seed.size() == crypto_sign_SEEDBYTES && public_key.size() == crypto_sign_PUBLICKEYBYTES);
  // libsodium's secret key is seed || public key: having both saves computing the second anew.
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_key;
  std::copy(seed.begin(), seed.end(), secret_key.begin());
  std::copy(public_key.begin(), public_key.end(), secret_key.begin() + crypto_sign_SEEDBYTES);
  crypto_sign_detached(signature, nullptr, message.data(), message.size(), secret_key.data());
  wipe(secret_key.data(), secret_key.size());
}

bool ed25519_verify(BytesView public_key, BytesView message, BytesView signature) {
  ENC_CHECK(public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES);
  return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) == 0;
}

void ed25519_reduce(BytesView wide, std::uint8_t* scalar) {
  ENC_CHECK(wide.size() == crypto_core_ed25519_NONREDUCEDSCALARBYTES);
  crypto_core_ed25519_scalar_reduce(scalar, wide.data());
}

void ed25519_base_times(BytesView scalar, std::uint8_t* point) {
  ENC_CHECK(scalar.size() == crypto_core_ed25519_SCALARBYTES);
  ENC_CHECK(crypto_scalarmult_ed25519_base_noclamp(point, scalar.data()) == 0);
}

void ed25519_multiply_add(BytesView a, BytesView b, BytesView c, std::uint8_t* scalar) {
  constexpr std::size_t bytes = crypto_core_ed25519_SCALARBYTES;
  ENC_CHECK(a.size() == bytes && b.size() == bytes && c.size() == bytes);
  std::array<std::uint8_t, bytes> product;
  crypto_core_ed25519_scalar_mul(product.data(), a.data(), b.data());
  crypto_core_ed25519_scalar_add(scalar, product.data(), c.data());
  wipe(product.data(), product.size());
}

}  // namespace encuentro::crypto::sodium
