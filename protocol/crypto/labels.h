// The small fixed pieces that labelled constructions put between their inputs (RFC 9420 §5.1, RFC 9180
// §4): kept in place, so that hashing them needs no buffer.
#pragma once

#include "protocol/crypto/hash.h"

namespace encuentro::crypto {

inline constexpr std::string_view mls_label_prefix = "MLS 1.0 ";

template <std::size_t N>
class BigEndian {
 public:
  explicit constexpr BigEndian(std::uint64_t value) {
    for (std::size_t i = 0; i < N; ++i) bytes_[i] = static_cast<std::uint8_t>(value >> (8 * (N - 1 - i)));
  }
  BytesView view() const { return bytes_; }

 private:
  std::array<std::uint8_t, N> bytes_{};
};

// The length in front of a variable-size vector (RFC 9420 §2.1.2).
class VectorHeader {
 public:
  explicit VectorHeader(std::size_t length) {
    ENC_CHECK(length < (std::size_t{1} << 30));
    size_ = length < 64 ? 1 : length < 16384 ? 2 : 4;
    for (std::size_t i = 0; i < size_; ++i) bytes_[i] = static_cast<std::uint8_t>(length >> (8 * (size_ - 1 - i)));
    if (size_ == 2) bytes_[0] |= 0x40;
    if (size_ == 4) bytes_[0] |= 0x80;
  }
  BytesView view() const { return {bytes_.data(), size_}; }

 private:
  std::array<std::uint8_t, 4> bytes_{};
  std::size_t size_;
};

// Two vectors, the first with the prefix: SignContent (RFC 9420 §5.1.2) and EncryptContext (§5.1.3).
Bytes labelled_content(std::string_view label, BytesView content);

// The same in parts, for content too long to be copied: calls `f(parts)`, which hold as long as the call.
template <class F>
auto with_labelled_parts(std::string_view label, BytesView content, F f) {
  const VectorHeader label_header(mls_label_prefix.size() + label.size());
  const VectorHeader content_header(content.size());
  return f(Parts{label_header.view(), as_bytes(mls_label_prefix), as_bytes(label), content_header.view(), content});
}

}  // namespace encuentro::crypto
