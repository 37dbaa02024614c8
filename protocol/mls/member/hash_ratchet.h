// One sender's ratchet of message keys (RFC 9420 §9.1): forward only, each key used once. Keys of messages
// that haven't arrived yet are kept, inside limits::skipped_keys_max; a message may jump ahead by at most
// limits::generation_skip_max.
#pragma once

#include <map>

#include "protocol/base/error.h"
#include "protocol/base/limits.h"
#include "protocol/base/secret.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"
#include "protocol/crypto/suite.h"

namespace encuentro::mls::member {

using RatchetSecret = SizedSecret<struct RatchetSecretTag>;

struct MessageKey {
  SizedSecret<struct MessageKeyTag, 32> key;
  SizedSecret<struct MessageNonceTag, 12> nonce;

  MessageKey duplicate() const { return {key.duplicate(), nonce.duplicate()}; }
};

class HashRatchet {
 public:
  explicit HashRatchet(RatchetSecret start) : secret_(std::move(start)) {}

  std::uint32_t next_generation() const { return generation_; }

  struct Sent {
    std::uint32_t generation = 0;
    MessageKey key;
  };
  // The sender's side: the next key, whose secret is gone after this. Errors: generation_too_far (2^32 - 1 were used).
  Result<Sent> next(crypto::Suite suite);

  // The receiver's side in two steps, so that a message that turns out to be forged takes nothing away:
  // `reach` computes, `consume` makes it so once the message was opened.
  struct Reached {
    std::uint32_t generation = 0;
    MessageKey key;
    // Empty when the key was a kept one.
    RatchetSecret after;
    std::map<std::uint32_t, MessageKey> skipped;
  };
  // Errors: key_consumed (used, or given up beyond the limit), generation_too_far.
  Result<Reached> reach(crypto::Suite suite, std::uint32_t generation) const;
  void consume(Reached reached);

  std::size_t kept_keys() const { return skipped_.size(); }

  // opaque secret<V>; uint32 generation; struct { uint32 generation; opaque key<V>; opaque nonce<V>; } skipped<V>
  std::size_t encoded_bytes_max() const { return 80 + skipped_.size() * 56; }
  void encode(codec::Writer& writer) const;
  static Result<HashRatchet> decode(codec::Reader& reader, crypto::Suite suite);

 private:
  RatchetSecret secret_;
  std::uint32_t generation_ = 0;  // of the key that secret_ gives
  std::map<std::uint32_t, MessageKey> skipped_;
};

}  // namespace encuentro::mls::member
