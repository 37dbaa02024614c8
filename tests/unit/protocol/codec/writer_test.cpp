#include "protocol/codec/writer.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using codec::Writer;

TEST_CASE("numbers are big-endian") {
  Writer w;
  w.u8(1);
  w.u16(0x0203);
  w.u32(0x04050607);
  w.u64(0x08090a0b0c0d0e0f);
  CHECK(to_hex(w.view()) == "0102030405060708090a0b0c0d0e0f");
}

TEST_CASE("vector headers take the fewest bytes (RFC 9420 section 2.1.2)") {
  auto header = [](std::size_t n) {
    Writer w;
    w.header(n);
    return to_hex(w.view());
  };
  CHECK(header(0) == "00");
  CHECK(header(63) == "3f");
  CHECK(header(64) == "4040");
  CHECK(header(16383) == "7fff");
  CHECK(header(16384) == "80004000");
  CHECK(header((1u << 30) - 1) == "bfffffff");
}

TEST_CASE("a vector closed afterwards equals one written at once") {
  Bytes body(100, 7);
  Writer a, b;
  a.u8(9);
  a.opaque(body);
  b.u8(9);
  std::size_t mark = b.open();
  b.raw(body);
  b.close(mark);
  CHECK(a.take() == b.take());
}

TEST_CASE("optional values carry a presence byte") {
  Writer w;
  auto put = [](Writer& out, std::uint8_t v) { out.u8(v); };
  w.optional(std::optional<std::uint8_t>{5}, put);
  w.optional(std::optional<std::uint8_t>{}, put);
  CHECK(to_hex(w.view()) == "010500");
}
