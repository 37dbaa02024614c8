#include "protocol/crypto/ed25519.h"

#include "protocol/base/secret.h"
#include "protocol/crypto/primitives.h"

namespace encuentro::crypto {
namespace {

constexpr std::size_t scalar_bytes = 32;

// SHA-512 of head || message, modulo the group's order.
SizedSecret<struct Ed25519ScalarTag> hashed_to_scalar(Parts head, Parts message) {
  HashState state;
  symmetric::hash_start(HashAlgorithm::sha512, state);
  for (BytesView part : head) symmetric::hash_update(HashAlgorithm::sha512, state, part);
  for (BytesView part : message) symmetric::hash_update(HashAlgorithm::sha512, state, part);
  auto wide = SizedSecret<struct Ed25519WideTag>::zero(2 * scalar_bytes);
  symmetric::hash_finish(HashAlgorithm::sha512, state, wide.span().data());
  wipe(&state, sizeof state);
  auto scalar = SizedSecret<struct Ed25519ScalarTag>::zero(scalar_bytes);
  sodium::ed25519_reduce(wide.view(), scalar.span().data());
  return scalar;
}

}  // namespace

void ed25519_sign_long(BytesView seed, BytesView public_key, Parts message, std::uint8_t* signature) {
  // Step 1: the secret scalar and the prefix that makes the nonce.
  auto expanded = SizedSecret<struct Ed25519ExpandedTag>::zero(2 * scalar_bytes);
  HashState state;
  symmetric::hash_start(HashAlgorithm::sha512, state);
  symmetric::hash_update(HashAlgorithm::sha512, state, seed);
  symmetric::hash_finish(HashAlgorithm::sha512, state, expanded.span().data());
  wipe(&state, sizeof state);
  const MutableBytes scalar = expanded.span().first(scalar_bytes);
  const BytesView prefix = expanded.view().subspan(scalar_bytes);
  scalar[0] &= 0xf8;
  scalar[31] = static_cast<std::uint8_t>((scalar[31] & 0x7f) | 0x40);

  // Steps 2 and 3: R = r B. Steps 4 and 5: S = r + k s.
  const auto r = hashed_to_scalar({prefix}, message);
  sodium::ed25519_base_times(r.view(), signature);
  const BytesView point(signature, scalar_bytes);
  const auto k = hashed_to_scalar({point, public_key}, message);
  sodium::ed25519_multiply_add(k.view(), scalar, r.view(), signature + scalar_bytes);
}

}  // namespace encuentro::crypto
