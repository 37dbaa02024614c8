// Reads the TLS presentation language (RFC 8446 §3, RFC 9420 §2): advances or fails, demands minimal
// vector headers and that nothing is left. Views point into the input, which must outlive them. No
// memory is taken for a length before that many bytes are known to be there.
#pragma once

#include <optional>
#include <type_traits>
#include <vector>

#include "protocol/base/error.h"
#include "protocol/base/ids.h"

namespace encuentro::codec {

class Reader {
 public:
  explicit Reader(BytesView input) : rest_(input) {}

  Result<std::uint8_t> u8() { return number_of<std::uint8_t>(); }
  Result<std::uint16_t> u16() { return number_of<std::uint16_t>(); }
  Result<std::uint32_t> u32() { return number_of<std::uint32_t>(); }
  Result<std::uint64_t> u64() { return number_of<std::uint64_t>(); }
  // An enum of its underlying width; whether the value is known is the caller's question.
  template <class E>
    requires std::is_enum_v<E>
  Result<E> number() {
    TRY(auto value, number_of<std::underlying_type_t<E>>());
    return static_cast<E>(value);
  }
  // opaque x[size].
  Result<BytesView> raw(std::size_t size);
  template <class IdType>
  Result<IdType> id() {
    TRY(BytesView bytes, raw(IdType::bytes));
    return IdType(bytes);
  }
  // opaque x<V> of at most `bytes_max` bytes. Errors: truncated, not_minimal, too_large.
  Result<BytesView> opaque(std::size_t bytes_max);
  // The same into a fixed-capacity place; too_large above its capacity.
  template <class Inline>
  Result<Inline> opaque_inline() {
    TRY(BytesView bytes, opaque(Inline::capacity));
    return Inline(bytes);
  }
  // A header of RFC 9420 §2.1.2 alone.
  Result<std::size_t> header();
  // A reader over the contents of a vector of at most `bytes_max` bytes.
  Result<Reader> nested(std::size_t bytes_max) {
    TRY(BytesView bytes, opaque(bytes_max));
    return Reader(bytes);
  }
  // T x<V>: `decode(reader)` until the vector is used up; at most `items_max` items.
  template <class T, class Decode>
  Result<std::vector<T>> vector(std::size_t bytes_max, std::size_t items_max, Decode decode) {
    TRY(Reader inner, nested(bytes_max));
    std::vector<T> items;
    while (!inner.at_end()) {
      if (items.size() == items_max) return fail(Code::too_large, "", items_max, items_max + 1);
      TRY(T item, decode(inner));
      items.push_back(std::move(item));
    }
    return items;
  }
  // optional<T>: presence byte 0 or 1, nothing else.
  template <class T, class Decode>
  Result<std::optional<T>> optional(Decode decode) {
    TRY(std::uint8_t present, u8());
    if (present > 1) return fail(Code::malformed, "", 1, present);
    if (present == 0) return std::optional<T>{};
    TRY(T value, decode(*this));
    return std::optional<T>{std::move(value)};
  }

  bool at_end() const { return rest_.empty(); }
  BytesView rest() const { return rest_; }
  // The demand that nothing is left over.
  Status end() const {
    if (!at_end()) return fail(Code::trailing_bytes, "", 0, rest_.size());
    return {};
  }

 private:
  template <class T>
  Result<T> number_of() {
    TRY(BytesView bytes, raw(sizeof(T)));
    std::uint64_t value = 0;
    for (std::uint8_t byte : bytes) value = value << 8 | byte;
    return static_cast<T>(value);
  }

  BytesView rest_;
};

// Decodes a whole buffer with `decode(reader)` and demands its end.
template <class T, class Decode>
Result<T> decode_all(BytesView input, Decode decode) {
  Reader reader(input);
  TRY(T value, decode(reader));
  TRY_OK(reader.end());
  return value;
}

}  // namespace encuentro::codec
