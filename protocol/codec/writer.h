// Writes the TLS presentation language (RFC 8446 §3) with RFC 9420 §2's variable-size vector headers.
// The one encoding of everything that is signed, hashed, sent or stored.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "protocol/base/bytes.h"
#include "protocol/base/ids.h"

namespace encuentro::codec {

class Writer {
 public:
  Writer() = default;
  explicit Writer(std::size_t reserve_bytes) { out_.reserve(reserve_bytes); }

  void u8(std::uint8_t value) { out_.push_back(value); }
  void u16(std::uint16_t value) { big_endian(value, 2); }
  void u32(std::uint32_t value) { big_endian(value, 4); }
  void u64(std::uint64_t value) { big_endian(value, 8); }
  // An enum goes out as its underlying type.
  template <class E>
    requires std::is_enum_v<E>
  void number(E value) {
    big_endian(static_cast<std::uint64_t>(value), sizeof(std::underlying_type_t<E>));
  }
  // Bytes whose length both sides know: opaque x[N].
  void raw(BytesView bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  template <class Tag, std::size_t N>
  void id(const Id<Tag, N>& value) {
    raw(value.view());
  }
  // opaque x<V>: minimal header, then the bytes.
  void opaque(BytesView bytes) {
    header(bytes.size());
    raw(bytes);
  }
  void text(std::string_view value) { opaque(as_bytes(value)); }
  // A vector header of RFC 9420 §2.1.2. Programmer error above 2^30 - 1.
  void header(std::size_t length);
  // optional<T>: presence byte, then the value by `encode(writer, value)`.
  template <class T, class Encode>
  void optional(const std::optional<T>& value, Encode encode) {
    u8(value ? 1 : 0);
    if (value) encode(*this, *value);
  }
  // T x<V>: the items' bytes behind one header. `encode(writer, item)` for each.
  template <class Range, class Encode>
  void vector(const Range& items, Encode encode) {
    std::size_t mark = open();
    for (const auto& item : items) encode(*this, item);
    close(mark);
  }
  // A vector whose length is known only afterwards: `close(open())` puts the header before what was
  // written between the two. Cost: one move of that part.
  std::size_t open() const { return out_.size(); }
  void close(std::size_t mark);

  BytesView view() const { return out_; }
  std::size_t size() const { return out_.size(); }
  Bytes take() { return std::exchange(out_, {}); }

 private:
  void big_endian(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = bytes; i-- > 0;) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }

  Bytes out_;
};

}  // namespace encuentro::codec
