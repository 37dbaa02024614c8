#include "protocol/crypto/hash.h"

#include "protocol/base/secret.h"
#include "protocol/crypto/hmac.h"

namespace encuentro::crypto {
namespace {

void hash_into(HashAlgorithm algorithm, Parts parts, std::uint8_t* out) {
  HashState state;
  symmetric::hash_start(algorithm, state);
  for (BytesView part : parts) symmetric::hash_update(algorithm, state, part);
  symmetric::hash_finish(algorithm, state, out);
}

}  // namespace

Digest hash(HashAlgorithm algorithm, Parts parts) {
  Digest digest;
  digest.resize(hash_bytes(algorithm));
  hash_into(algorithm, parts, digest.data());
  return digest;
}

Hash32 sha256(Parts parts) {
  std::array<std::uint8_t, 32> digest;
  hash_into(HashAlgorithm::sha256, parts, digest.data());
  return Hash32(digest);
}

Digest mac(HashAlgorithm algorithm, BytesView key, Parts parts) {
  Hmac hmac(algorithm, key);
  for (BytesView part : parts) hmac.update(part);
  Digest digest;
  digest.resize(hash_bytes(algorithm));
  hmac.finish(digest.span());
  return digest;
}

struct Sha256Stream::State : HashState {};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  symmetric::hash_start(HashAlgorithm::sha256, *state_);
}
Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::update(BytesView bytes) {
  ENC_CHECK(state_ != nullptr);
  symmetric::hash_update(HashAlgorithm::sha256, *state_, bytes);
}

Hash32 Sha256Stream::finish() {
  ENC_CHECK(state_ != nullptr);
  std::array<std::uint8_t, 32> digest;
  symmetric::hash_finish(HashAlgorithm::sha256, *state_, digest.data());
  wipe(state_.get(), sizeof(State));
  state_.reset();
  return Hash32(digest);
}

}  // namespace encuentro::crypto
