#include "protocol/base/secret.h"

#include <catch2/catch.hpp>
#include <new>
#include <type_traits>

using namespace encuentro;

static_assert(!std::is_copy_constructible_v<Secret<32>>);
static_assert(!std::is_copy_constructible_v<SizedSecret<struct A>>);
static_assert(!std::is_copy_constructible_v<SecretBytes>);
static_assert(!std::is_convertible_v<SizedSecret<struct A>, SizedSecret<struct B>>);

namespace {

bool all_zero(BytesView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
}

}  // namespace

TEST_CASE("a destroyed secret leaves zeros where it stood") {
  alignas(Secret<32>) std::uint8_t place[sizeof(Secret<32>)];
  auto* secret = new (place) Secret<32>(Bytes(32, 0xa5));
  CHECK_FALSE(all_zero({place, 32}));
  secret->~Secret();
  CHECK(all_zero({place, 32}));
}

TEST_CASE("a destroyed key of a suite's length leaves zeros over all its room") {
  using Key = SizedSecret<struct K>;
  alignas(Key) std::uint8_t place[sizeof(Key)];
  auto* key = new (place) Key(Bytes(Key::capacity, 0xa5));
  key->resize(3);  // shorter now, and the rest still has its bytes
  CHECK_FALSE(all_zero({place, Key::capacity}));
  key->~Key();
  CHECK(all_zero({place, Key::capacity}));
}

TEST_CASE("moving a secret wipes the source") {
  Secret<4> a(Bytes{1, 2, 3, 4});
  Secret<4> b(std::move(a));
  CHECK(all_zero(a.view()));
  CHECK(to_bytes(b.view()) == Bytes{1, 2, 3, 4});
  SizedSecret<struct T> c(Bytes{9, 9});
  SizedSecret<struct T> d(std::move(c));
  CHECK(c.empty());
  CHECK(d.size() == 2);
  d.clear();
  CHECK(d.empty());
}

TEST_CASE("shrinking secret bytes keeps the head") {
  SecretBytes bytes(Bytes{1, 2, 3});
  bytes.shrink(1);
  CHECK(to_bytes(bytes.view()) == Bytes{1});
}
