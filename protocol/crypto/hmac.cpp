#include "protocol/crypto/hmac.h"

#include "protocol/base/secret.h"

namespace encuentro::crypto {
namespace {

constexpr std::size_t block_bytes_max = 128;

std::size_t block_bytes(HashAlgorithm algorithm) { return algorithm == HashAlgorithm::sha256 ? 64 : block_bytes_max; }

}  // namespace

std::size_t hash_bytes(HashAlgorithm algorithm) {
  switch (algorithm) {
    case HashAlgorithm::sha256:
      return 32;
    case HashAlgorithm::sha384:
      return 48;
    case HashAlgorithm::sha512:
      return 64;
  }
  ENC_CHECK(false);
  return 0;
}

Hmac::Hmac(HashAlgorithm algorithm, BytesView key) : algorithm_(algorithm) {
  std::array<std::uint8_t, block_bytes_max> block{};
  std::size_t size = block_bytes(algorithm);
  symmetric::hash_start(algorithm, inner_);
  if (key.size() <= size) {
    std::copy(key.begin(), key.end(), block.begin());
  } else {
    symmetric::hash_update(algorithm, inner_, key);
    symmetric::hash_finish(algorithm, inner_, block.data());
    symmetric::hash_start(algorithm, inner_);
  }
  for (auto& byte : block) byte ^= 0x36;
  symmetric::hash_update(algorithm, inner_, {block.data(), size});
  for (auto& byte : block) byte ^= 0x36 ^ 0x5c;
  symmetric::hash_start(algorithm, outer_);
  symmetric::hash_update(algorithm, outer_, {block.data(), size});
  wipe(block.data(), block.size());
}

Hmac::~Hmac() {
  wipe(&inner_, sizeof inner_);
  wipe(&outer_, sizeof outer_);
}

void Hmac::finish(MutableBytes out) {
  std::size_t size = hash_bytes(algorithm_);
  ENC_CHECK(out.size() == size);
  std::array<std::uint8_t, 64> digest;
  symmetric::hash_finish(algorithm_, inner_, digest.data());
  symmetric::hash_update(algorithm_, outer_, {digest.data(), size});
  symmetric::hash_finish(algorithm_, outer_, out.data());
  wipe(digest.data(), digest.size());
}

}  // namespace encuentro::crypto
