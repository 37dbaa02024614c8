#include "protocol/mls/member/hash_ratchet.h"

#include <catch2/catch.hpp>

#include "protocol/mls/public/wire.h"
#include "tests/support/decoder_checks.h"

namespace encuentro::mls::member {

namespace {

constexpr crypto::Suite suite = crypto::encuentro_suite;

HashRatchet fresh() { return HashRatchet(RatchetSecret(Bytes(32, 7))); }

Bytes key_of(HashRatchet& ratchet, std::uint32_t generation) {
  auto reached = ratchet.reach(suite, generation);
  REQUIRE(reached);
  Bytes key = to_bytes(reached->key.key.view());
  ratchet.consume(std::move(*reached));
  return key;
}

Code refusal(const HashRatchet& ratchet, std::uint32_t generation) {
  return tests::code_of(ratchet.reach(suite, generation));
}

Result<Bytes> again(BytesView input) {
  codec::Reader reader(input);
  TRY(HashRatchet ratchet, HashRatchet::decode(reader, suite));
  TRY_OK(reader.end());
  return encoded(ratchet);
}

}  // namespace

TEST_CASE("sender and receiver reach the same keys, in any order") {
  HashRatchet sender = fresh(), receiver = fresh();
  std::vector<Bytes> keys;
  for (std::uint32_t g = 0; g < 20; ++g) {
    auto sent = sender.next(suite);
    REQUIRE(sent);
    CHECK(sent->generation == g);
    keys.push_back(to_bytes(sent->key.key.view()));
  }
  for (std::uint32_t g : {5u, 19u, 0u, 18u, 6u}) CHECK(key_of(receiver, g) == keys[g]);
  CHECK(receiver.kept_keys() == 15);
}

TEST_CASE("a key is used once") {
  HashRatchet ratchet = fresh();
  key_of(ratchet, 3);
  CHECK(refusal(ratchet, 3) == Code::key_consumed);
  key_of(ratchet, 1);
  CHECK(refusal(ratchet, 1) == Code::key_consumed);
  CHECK(ratchet.next(suite)->generation == 4);
  CHECK(refusal(ratchet, 4) == Code::key_consumed);
}

TEST_CASE("reaching changes nothing until it is consumed") {
  HashRatchet ratchet = fresh();
  const Bytes before = encoded(ratchet);
  CHECK(ratchet.reach(suite, 100).has_value());
  CHECK(encoded(ratchet) == before);
}

TEST_CASE("the jump forward is bounded") {
  HashRatchet ratchet = fresh();
  constexpr auto skip_max = static_cast<std::uint32_t>(limits::generation_skip_max);
  CHECK(refusal(ratchet, skip_max + 1) == Code::generation_too_far);
  CHECK(refusal(ratchet, 0xffffffff) == Code::generation_too_far);
  key_of(ratchet, skip_max);
  CHECK(ratchet.kept_keys() == limits::skipped_keys_max);
  CHECK(refusal(ratchet, skip_max + 1 + skip_max) == Code::none);
  CHECK(refusal(ratchet, skip_max + 2 + skip_max) == Code::generation_too_far);
}

TEST_CASE("no more skipped keys are kept than the limit, the newest") {
  HashRatchet ratchet = fresh();
  constexpr auto kept_max = static_cast<std::uint32_t>(limits::skipped_keys_max);
  key_of(ratchet, kept_max);
  CHECK(ratchet.kept_keys() == kept_max);
  key_of(ratchet, kept_max + 11);
  CHECK(ratchet.kept_keys() == kept_max);
  CHECK(refusal(ratchet, 9) == Code::key_consumed);
  CHECK(refusal(ratchet, 10) == Code::none);
}

TEST_CASE("a ratchet is stored and loaded") {
  HashRatchet ratchet = fresh();
  tests::check_decoder(encoded(ratchet), again);
  key_of(ratchet, 2);
  tests::check_decoder(encoded(ratchet), again);
  CHECK(encoded(ratchet).size() <= ratchet.encoded_bytes_max());
  // A key of a generation still to come, keys out of order, one twice.
  auto with = [](std::initializer_list<std::uint32_t> generations) {
    codec::Writer writer;
    writer.opaque(Bytes(32, 1));
    writer.u32(5);
    writer.vector(generations, [](codec::Writer& w, std::uint32_t g) {
      w.u32(g);
      w.opaque(Bytes(32, 1));
      w.opaque(Bytes(12, 1));
    });
    return writer.take();
  };
  CHECK(again(with({0, 4})).has_value());
  CHECK_FALSE(again(with({5})));
  CHECK_FALSE(again(with({3, 2})));
  CHECK_FALSE(again(with({3, 3})));
}

}  // namespace encuentro::mls::member
