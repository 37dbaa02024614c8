#include "protocol/codec/reader.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

Verdict verify_deserialization(const Fields& vector, Random&) {
  TAKE(Bytes header, vector.bytes("vlbytes_header"));
  TAKE(std::uint64_t length, vector.number("length"));
  codec::Reader reader(header);
  TAKE(std::size_t decoded, reader.header());
  TAKE_OK(reader.end());
  EXPECT(decoded == length);
  return {};
}

}  // namespace encuentro::vectors
