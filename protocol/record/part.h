// A part of a log entry that may be large: inline up to limits::inline_part_bytes_max, above that a blob named
// by its hash, which travels over HTTPS so that it doesn't hold up conversation (FORMATS §5).
#pragma once

#include <variant>

#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::record {

struct BlobRef {
  BlobId blob;  // SHA-256 of the bytes
  std::uint32_t bytes = 0;
  friend bool operator==(const BlobRef&, const BlobRef&) = default;
};

struct Part {
  std::variant<Bytes, BlobRef> value;
  friend bool operator==(const Part&, const Part&) = default;

  bool is_blob() const { return std::holds_alternative<BlobRef>(value); }
  // The bytes of an inline part; programmer error for a blob.
  BytesView bytes() const { return std::get<Bytes>(value); }
  const BlobRef& blob() const { return std::get<BlobRef>(value); }

  // Inline where it fits, otherwise a reference; the caller then has to put the bytes as a blob.
  static Part of(BytesView bytes);

  void encode(codec::Writer& w) const;
  // Errors: too_large, and malformed for a blob that is small enough to be inline (one form for each size).
  static Result<Part> decode(codec::Reader& r);
};

BlobId blob_id(BytesView bytes);
// Whether fetched bytes are those the reference names. Errors: bad_tag, malformed (another length).
Status check_blob(const BlobRef& reference, BytesView bytes);

}  // namespace encuentro::record
