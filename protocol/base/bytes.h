// Byte sequences as the whole project names them. Nothing here is secret: key material lives in
// secret.h, whose types wipe themselves.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/check.h"

namespace encuentro {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;
using MutableBytes = std::span<std::uint8_t>;

// A byte string of at most `Capacity` bytes kept in place: hashes and public keys stand in flat arrays
// of tree nodes without an allocation each. Compares by content.
template <std::size_t Capacity>
class InlineBytes {
 public:
  static constexpr std::size_t capacity = Capacity;

  constexpr InlineBytes() = default;
  // Programmer error if `source` is longer than Capacity: lengths from outside are checked before.
  explicit InlineBytes(BytesView source) { assign(source); }

  void assign(BytesView source) {
    ENC_CHECK(source.size() <= Capacity);
    std::copy(source.begin(), source.end(), data_.begin());
    size_ = static_cast<std::uint16_t>(source.size());
  }
  // Sets the length; new bytes are zero. The caller fills them through `span()`.
  void resize(std::size_t size) {
    ENC_CHECK(size <= Capacity);
    if (size > size_) {
      std::fill(data_.begin() + size_, data_.begin() + static_cast<std::ptrdiff_t>(size), std::uint8_t{0});
    }
    size_ = static_cast<std::uint16_t>(size);
  }
  void clear() { size_ = 0; }

  BytesView view() const { return {data_.data(), size_}; }
  MutableBytes span() { return {data_.data(), size_}; }
  const std::uint8_t* data() const { return data_.data(); }
  std::uint8_t* data() { return data_.data(); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  friend bool operator==(const InlineBytes& a, const InlineBytes& b) {
    return std::equal(a.view().begin(), a.view().end(), b.view().begin(), b.view().end());
  }
  friend auto operator<=>(const InlineBytes& a, const InlineBytes& b) {
    return std::lexicographical_compare_three_way(a.view().begin(), a.view().end(), b.view().begin(), b.view().end());
  }

 private:
  std::array<std::uint8_t, Capacity> data_{};
  std::uint16_t size_ = 0;
};

// The largest hash of the seven suites is SHA-512's; the largest public key an uncompressed P-521 point.
using Digest = InlineBytes<64>;
using PublicKeyBytes = InlineBytes<133>;

inline BytesView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
inline Bytes to_bytes(BytesView bytes) { return Bytes(bytes.begin(), bytes.end()); }

// Content comparison for public data. For secrets and tags: crypto/compare.h.
inline bool equal(BytesView a, BytesView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

// Lower-case hex, as ids are printed. `from_hex` accepts either case; nullopt-like empty on bad input
// is ambiguous, so it returns whether the text was well formed.
std::string to_hex(BytesView bytes);
bool from_hex(std::string_view text, Bytes& out);

}  // namespace encuentro
