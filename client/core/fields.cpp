#include "client/core/fields.h"

namespace encuentro::client::core {

std::uint64_t FieldReader::number(std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::uint8_t byte : raw(bytes)) value = value << 8 | byte;
  return value;
}

bool FieldReader::flag() {
  const std::uint64_t value = number(1);
  if (value > 1) status_ = fail(Code::malformed, "flag", 1, value);
  return value == 1;
}

std::size_t FieldReader::choice(std::size_t count) {
  const std::uint64_t from_one = number(2);
  if (from_one > 0 && from_one <= count) return static_cast<std::size_t>(from_one - 1);
  if (status_) status_ = fail(Code::unknown_kind, "variant", count, from_one);
  return 0;
}

Timestamp FieldReader::time() {
  const std::uint64_t ms = number(8);
  if (ms <= INT64_MAX) return {static_cast<std::int64_t>(ms)};
  status_ = fail(Code::malformed, "time");
  return {};
}

BytesView FieldReader::raw(std::size_t bytes) { return status_ ? taken(reader_.raw(bytes)) : BytesView(); }

BytesView FieldReader::opaque() { return status_ ? taken(reader_.opaque(field_bytes_max)) : BytesView(); }

void write_number(codec::Writer& w, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0;) w.u8(static_cast<std::uint8_t>(value >> (8 * i)));
}

}  // namespace encuentro::client::core
