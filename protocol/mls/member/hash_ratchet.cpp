#include "protocol/mls/member/hash_ratchet.h"

#include "protocol/crypto/kdf.h"

namespace encuentro::mls::member {

namespace {

constexpr std::uint32_t generation_last = 0xffffffff;

MessageKey key_at(crypto::Suite suite, const RatchetSecret& secret, std::uint32_t generation) {
  const crypto::SuiteParameters& parameters = crypto::parameters(suite);
  MessageKey out;
  out.key.resize(parameters.aead_key_bytes);
  out.nonce.resize(parameters.aead_nonce_bytes);
  crypto::derive_tree_secret(suite, secret.view(), "key", generation, out.key.span());
  crypto::derive_tree_secret(suite, secret.view(), "nonce", generation, out.nonce.span());
  return out;
}

RatchetSecret secret_after(crypto::Suite suite, const RatchetSecret& secret, std::uint32_t generation) {
  RatchetSecret out;
  out.resize(crypto::parameters(suite).hash_bytes);
  crypto::derive_tree_secret(suite, secret.view(), "secret", generation, out.span());
  return out;
}

}  // namespace

Result<HashRatchet::Sent> HashRatchet::next(crypto::Suite suite) {
  if (generation_ == generation_last) return fail(Code::generation_too_far, "", generation_last, generation_last);
  Sent sent{generation_, key_at(suite, secret_, generation_)};
  secret_ = secret_after(suite, secret_, generation_);
  ++generation_;
  return sent;
}

Result<HashRatchet::Reached> HashRatchet::reach(crypto::Suite suite, std::uint32_t generation) const {
  Reached out;
  out.generation = generation;
  if (generation < generation_) {
    auto kept = skipped_.find(generation);
    if (kept == skipped_.end()) return fail(Code::key_consumed, "", generation_, generation);
    out.key = kept->second.duplicate();
    return out;
  }
  if (generation - generation_ > limits::generation_skip_max || generation == generation_last) {
    return fail(Code::generation_too_far, "", generation_ + limits::generation_skip_max, generation);
  }
  RatchetSecret secret = secret_.duplicate();
  for (std::uint32_t g = generation_; g < generation; ++g) {
    // What wouldn't be kept anyway isn't derived.
    if (generation - g <= limits::skipped_keys_max)
      out.skipped.emplace_hint(out.skipped.end(), g, key_at(suite, secret, g));
    secret = secret_after(suite, secret, g);
  }
  out.key = key_at(suite, secret, generation);
  out.after = secret_after(suite, secret, generation);
  return out;
}

void HashRatchet::consume(Reached reached) {
  if (reached.after.empty()) {
    skipped_.erase(reached.generation);
    return;
  }
  ENC_CHECK(reached.generation >= generation_);
  secret_ = std::move(reached.after);
  generation_ = reached.generation + 1;
  skipped_.merge(std::move(reached.skipped));
  // The oldest go first: they are the least likely to arrive still.
  while (skipped_.size() > limits::skipped_keys_max) skipped_.erase(skipped_.begin());
}

void HashRatchet::encode(codec::Writer& writer) const {
  writer.opaque(secret_.view());
  writer.u32(generation_);
  writer.header(skipped_.empty() ? 0
                                 : skipped_.size() * (4 + 1 + skipped_.begin()->second.key.size() + 1 +
                                                      skipped_.begin()->second.nonce.size()));
  for (const auto& [generation, key] : skipped_) {
    writer.u32(generation);
    writer.opaque(key.key.view());
    writer.opaque(key.nonce.view());
  }
}

Result<HashRatchet> HashRatchet::decode(codec::Reader& reader, crypto::Suite suite) {
  const crypto::SuiteParameters& parameters = crypto::parameters(suite);
  TRY(BytesView secret, reader.opaque(RatchetSecret::capacity));
  if (secret.size() != parameters.hash_bytes) return fail(Code::malformed, "", parameters.hash_bytes, secret.size());
  HashRatchet out{RatchetSecret(secret)};
  TRY(out.generation_, reader.u32());
  TRY(codec::Reader inner, reader.nested(limits::skipped_keys_max * 56));
  while (!inner.at_end()) {
    TRY(std::uint32_t generation, inner.u32());
    TRY(BytesView key, inner.opaque(32));
    TRY(BytesView nonce, inner.opaque(12));
    bool ascending = out.skipped_.empty() || out.skipped_.rbegin()->first < generation;
    if (!ascending || generation >= out.generation_ || out.skipped_.size() == limits::skipped_keys_max ||
        key.size() != parameters.aead_key_bytes || nonce.size() != parameters.aead_nonce_bytes) {
      return fail(Code::malformed);
    }
    MessageKey entry;
    entry.key.resize(key.size());
    std::copy(key.begin(), key.end(), entry.key.span().begin());
    entry.nonce.resize(nonce.size());
    std::copy(nonce.begin(), nonce.end(), entry.nonce.span().begin());
    out.skipped_.emplace_hint(out.skipped_.end(), generation, std::move(entry));
  }
  return out;
}

}  // namespace encuentro::mls::member
