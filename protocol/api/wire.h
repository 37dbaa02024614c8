// Reading and writing of the few field types that several messages share.
#pragma once

#include <string>

#include "protocol/base/time.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::api {

inline void write_time(codec::Writer& w, Timestamp time) { w.u64(static_cast<std::uint64_t>(time.ms)); }
// Errors: malformed for a time beyond what a Timestamp holds.
inline Result<Timestamp> read_time(codec::Reader& r) {
  TRY(std::uint64_t ms, r.u64());
  if (ms > INT64_MAX) return fail(Code::malformed, "time", INT64_MAX, ms);
  return Timestamp{static_cast<std::int64_t>(ms)};
}

inline Result<std::string> read_text(codec::Reader& r, std::size_t bytes_max) {
  TRY(BytesView bytes, r.opaque(bytes_max));
  return std::string(as_text(bytes));
}

inline Result<bool> read_flag(codec::Reader& r) {
  TRY(std::uint8_t value, r.u8());
  if (value > 1) return fail(Code::malformed, "flag", 1, value);
  return value == 1;
}

inline Result<Bytes> read_bytes(codec::Reader& r, std::size_t bytes_max) {
  TRY(BytesView bytes, r.opaque(bytes_max));
  return to_bytes(bytes);
}

}  // namespace encuentro::api
