// How the structures of this folder go to and from bytes. Each has
//   void encode(codec::Writer&) const;
//   static Result<T> decode(codec::Reader&);
// in the order of the RFC's definition that stands above it. Decoding bounds every vector by limits.h and
// accepts only the one encoding: decode, encode gives the same bytes.
#pragma once

#include "protocol/base/limits.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::mls {

template <class T>
Bytes encoded(const T& value) {
  codec::Writer writer;
  value.encode(writer);
  return writer.take();
}

// All of `input` as one T. Errors: those of T::decode; trailing_bytes.
template <class T>
Result<T> decoded(BytesView input) {
  return codec::decode_all<T>(input, [](codec::Reader& reader) { return T::decode(reader); });
}

// T x<V> of structures.
template <class T>
void encode_vector(codec::Writer& writer, const std::vector<T>& items) {
  writer.vector(items, [](codec::Writer& w, const T& item) { item.encode(w); });
}
template <class T>
Result<std::vector<T>> decode_vector(codec::Reader& reader, std::size_t items_max) {
  return reader.vector<T>(limits::mls_vector_bytes_max, items_max, [](codec::Reader& r) { return T::decode(r); });
}

// opaque x<V> that the structure keeps.
inline Result<Bytes> decode_opaque(codec::Reader& reader) {
  TRY(BytesView bytes, reader.opaque(limits::mls_vector_bytes_max));
  return to_bytes(bytes);
}

// RFC 9420 §6: enum { reserved(0), mls10(1), (65535) } ProtocolVersion. Other values are kept where the RFC
// lets them stand (capabilities, a ReInit, a KeyPackage not yet validated).
enum class ProtocolVersion : std::uint16_t { mls10 = 1 };

// RFC 9420 §13.5: 0x0A0A, 0x1A1A, .. 0xEAEA are reserved so that implementations keep ignoring the unknown.
constexpr bool is_grease(std::uint16_t value) {
  return (value & 0x0f0f) == 0x0a0a && (value >> 8) == (value & 0xff) && value != 0xfafa;
}

}  // namespace encuentro::mls
