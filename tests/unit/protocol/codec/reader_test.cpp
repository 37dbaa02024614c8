#include "protocol/codec/reader.h"

#include <catch2/catch.hpp>

#include "protocol/codec/writer.h"

using namespace encuentro;
using codec::Reader;

namespace {

Bytes hex(std::string_view text) {
  Bytes bytes;
  REQUIRE(from_hex(text, bytes));
  return bytes;
}
Code code_of(const auto& result) { return result ? Code::none : result.error().code; }

}  // namespace

TEST_CASE("a header must be the shortest one") {
  for (auto bad : {"4000", "403f", "80000000", "80003fff"}) {
    Bytes input = hex(bad);
    CHECK(code_of(Reader(input).header()) == Code::not_minimal);
  }
  Bytes reserved = hex("c0000000");
  CHECK(code_of(Reader(reserved).header()) == Code::malformed);
}

TEST_CASE("a length above the limit is refused before the bytes are looked for") {
  Bytes bomb = hex("bfffffff");
  CHECK(code_of(Reader(bomb).opaque(1000)) == Code::too_large);
  CHECK(code_of(Reader(bomb).opaque(std::size_t{1} << 31)) == Code::truncated);
}

TEST_CASE("every truncation of a structure fails and leaves nothing half read") {
  codec::Writer w;
  w.u16(7);
  w.opaque(Bytes(70, 1));
  w.u8(1);
  w.u64(9);
  Bytes whole = w.take();
  auto decode = [](Reader& r) -> Result<std::uint64_t> {
    TRY(auto kind, r.u16());
    TRY(auto body, r.opaque(100));
    TRY(auto last, r.optional<std::uint64_t>([](Reader& in) { return in.u64(); }));
    return kind + body.size() + last.value_or(0);
  };
  CHECK(*codec::decode_all<std::uint64_t>(whole, decode) == 86);
  for (std::size_t n = 0; n < whole.size(); ++n) {
    CHECK(code_of(codec::decode_all<std::uint64_t>(BytesView(whole).first(n), decode)) == Code::truncated);
  }
  whole.push_back(0);
  CHECK(code_of(codec::decode_all<std::uint64_t>(whole, decode)) == Code::trailing_bytes);
}

TEST_CASE("presence bytes other than 0 and 1 are malformed") {
  Bytes input = hex("02");
  Reader r(input);
  CHECK(code_of(r.optional<std::uint8_t>([](Reader& in) { return in.u8(); })) == Code::malformed);
}

TEST_CASE("a vector stops at its item limit") {
  Bytes input = hex("03010203");
  auto item = [](Reader& in) { return in.u8(); };
  Reader ok(input), tight(input);
  CHECK(ok.vector<std::uint8_t>(10, 3, item)->size() == 3);
  CHECK(code_of(tight.vector<std::uint8_t>(10, 2, item)) == Code::too_large);
}
