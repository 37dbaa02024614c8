#include "protocol/codec/reader.h"

namespace encuentro::codec {

Result<BytesView> Reader::raw(std::size_t size) {
  if (size > rest_.size()) return fail(Code::truncated, "", size, rest_.size());
  BytesView bytes = rest_.first(size);
  rest_ = rest_.subspan(size);
  return bytes;
}

Result<std::size_t> Reader::header() {
  TRY(std::uint8_t first, u8());
  unsigned prefix = first >> 6;
  if (prefix == 3) return fail(Code::malformed);
  std::size_t length = first & 0x3f;
  TRY(BytesView more, raw((std::size_t{1} << prefix) - 1));
  for (std::uint8_t byte : more) length = length << 8 | byte;
  // RFC 9420 §2.1.2: the shortest header that holds the length is the only one accepted.
  if ((prefix == 1 && length < 64) || (prefix == 2 && length < 16384)) return fail(Code::not_minimal);
  return length;
}

Result<BytesView> Reader::opaque(std::size_t bytes_max) {
  TRY(std::size_t length, header());
  if (length > bytes_max) return fail(Code::too_large, "", bytes_max, length);
  return raw(length);
}

}  // namespace encuentro::codec
