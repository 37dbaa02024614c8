// Tests: client/core/fields.cpp
#include "client/core/fields.h"

#include <catch2/catch.hpp>

namespace encuentro::client::core {

namespace {

enum class Colour : std::uint8_t { red = 1, blue = 2 };

struct Leaf {
  std::string name;
  std::optional<std::uint32_t> number;
  friend bool operator==(const Leaf&, const Leaf&) = default;
  static constexpr auto fields = std::tuple(&Leaf::name, &Leaf::number);
};
struct Other {
  bool flag = false;
  friend bool operator==(const Other&, const Other&) = default;
  static constexpr auto fields = std::tuple(&Other::flag);
};
struct Whole {
  RecordId id;
  Seq seq;
  Timestamp time;
  Colour colour{};
  Bytes bytes;
  std::vector<Leaf> leaves;
  std::variant<Leaf, Other> one;
  friend bool operator==(const Whole&, const Whole&) = default;
  static constexpr auto fields =
      std::tuple(&Whole::id, &Whole::seq, &Whole::time, &Whole::colour, &Whole::bytes, &Whole::leaves, &Whole::one);
};

Whole whole() {
  Whole out;
  out.id = RecordId(Bytes(RecordId::bytes, 9));
  out.seq = Seq{7};
  out.time = Timestamp{1000};
  out.colour = Colour::blue;
  out.bytes = {1, 2, 3};
  out.leaves = {{"uno", 5}, {"dos", std::nullopt}};
  out.one = Other{true};
  return out;
}

template <class T>
Error refused(const Bytes& bytes) {
  auto read = decode_fields<T>(bytes);
  REQUIRE(!read);
  return read.error();
}

}  // namespace

TEST_CASE("fields: what was written is read, member for member") {
  Bytes bytes = encode_fields(whole());
  auto read = decode_fields<Whole>(bytes);
  REQUIRE(read);
  CHECK(*read == whole());
  CHECK(encode_fields(*read) == bytes);
}

TEST_CASE("fields: the bytes are those that other programs read") {
  CHECK(encode_fields(Leaf{"ab", 258}) == Bytes{2, 'a', 'b', 1, 0, 0, 1, 2});
  CHECK(encode_fields(std::variant<Leaf, Other>(Other{true})) == Bytes{0, 2, 1});
  CHECK(encode_fields(std::vector<Leaf>{{"a", std::nullopt}, {"", std::nullopt}}) == Bytes{5, 1, 'a', 0, 0, 0});
}

TEST_CASE("fields: cut anywhere, nothing is read") {
  Bytes bytes = encode_fields(whole());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO(size);
    CHECK(refused<Whole>(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))).code ==
          Code::truncated);
  }
  bytes.push_back(0);
  CHECK(refused<Whole>(bytes).code == Code::trailing_bytes);
}

TEST_CASE("fields: what no writer writes is refused, and named by the first of it") {
  CHECK(refused<Other>({2}).code == Code::malformed);
  CHECK(refused<Leaf>({0, 2}).code == Code::malformed);
  CHECK(refused<Timestamp>({0xff, 0, 0, 0, 0, 0, 0, 0}).code == Code::malformed);
  CHECK(refused<std::string>({0x40, 1, 'a'}).code == Code::not_minimal);
  const Error kind = refused<std::variant<Leaf, Other>>({0, 3});
  CHECK(kind.code == Code::unknown_kind);
  CHECK(kind.got == 3);
  CHECK(refused<std::variant<Leaf, Other>>({0, 0}).code == Code::unknown_kind);
  // The second leaf's flag, not what would be missing behind it.
  CHECK(refused<std::vector<Leaf>>({4, 0, 0, 0, 7}).code == Code::malformed);
}

}  // namespace encuentro::client::core
