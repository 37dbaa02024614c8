#include "protocol/mls/member/secret_tree.h"

#include <catch2/catch.hpp>

#include "tests/support/decoder_checks.h"

namespace encuentro::mls::member {

namespace {

constexpr crypto::Suite suite = crypto::encuentro_suite;

SecretTree fresh(std::uint32_t leaves) {
  return SecretTree(suite, leaf_count_for(leaves), EncryptionSecret(Bytes(32, 3)));
}

Bytes first_key(SecretTree& tree, std::uint32_t leaf, RatchetKind kind = RatchetKind::application) {
  auto reached = tree.ratchet({leaf}, kind).reach(suite, 0);
  REQUIRE(reached);
  return to_bytes(reached->key.key.view());
}

Result<Bytes> again(BytesView input) {
  codec::Reader reader(input);
  TRY(SecretTree tree, SecretTree::decode(reader, suite));
  TRY_OK(reader.end());
  return encoded(tree);
}

}  // namespace

TEST_CASE("each leaf has its own keys, whatever the order they are asked in") {
  SecretTree forward = fresh(16), backward = fresh(16);
  std::vector<Bytes> keys;
  for (std::uint32_t i = 0; i < 16; ++i) keys.push_back(first_key(forward, i));
  for (std::uint32_t i = 16; i-- > 0;) CHECK(first_key(backward, i) == keys[i]);
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
  CHECK(first_key(forward, 0, RatchetKind::handshake) != first_key(forward, 0));
}

TEST_CASE("only what is needed is derived, and used secrets are gone") {
  SecretTree tree = fresh(1024);
  CHECK(tree.held_nodes() == 1);
  first_key(tree, 5);
  CHECK(tree.held_nodes() == 10);  // the siblings of the path
  first_key(tree, 4);
  CHECK(tree.held_nodes() == 9);
  first_key(tree, 5);
  CHECK(tree.held_nodes() == 9);
  SecretTree single = fresh(1);
  first_key(single, 0);
  CHECK(single.held_nodes() == 0);
}

TEST_CASE("a secret tree is stored and loaded") {
  SecretTree tree = fresh(8);
  tests::check_decoder(encoded(tree), again);
  const Bytes key = first_key(tree, 6);
  first_key(tree, 3);
  tests::check_decoder(encoded(tree), again);
  CHECK(encoded(tree).size() <= tree.encoded_bytes_max());
  const Bytes stored = encoded(tree);
  codec::Reader reader(stored);
  auto loaded = SecretTree::decode(reader, suite);
  REQUIRE(loaded);
  CHECK(first_key(*loaded, 6) == key);
  CHECK(first_key(*loaded, 0) == first_key(tree, 0));
}

TEST_CASE("a stored secret tree that doesn't cover its leaves once is refused") {
  auto with = [](std::uint32_t leaves, std::initializer_list<std::uint32_t> nodes) {
    codec::Writer writer;
    writer.u32(leaves);
    writer.vector(nodes, [](codec::Writer& w, std::uint32_t node) {
      w.u32(node);
      w.opaque(Bytes(32, 1));
    });
    writer.header(0);
    return writer.take();
  };
  CHECK(again(with(4, {3})).has_value());
  CHECK(again(with(4, {1, 5})).has_value());
  CHECK_FALSE(again(with(4, {1})));
  CHECK_FALSE(again(with(4, {1, 3})));
  CHECK_FALSE(again(with(4, {0, 1, 5})));
  CHECK_FALSE(again(with(4, {5, 1})));
  CHECK_FALSE(again(with(4, {})));
  CHECK_FALSE(again(with(3, {3})));
  CHECK_FALSE(again(with(0, {})));
  CHECK_FALSE(again(with(4, {7})));
}

}  // namespace encuentro::mls::member
