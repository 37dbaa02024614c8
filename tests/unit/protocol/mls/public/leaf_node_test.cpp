#include "protocol/mls/public/leaf_node.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("a leaf of each source: valid, cut, longer") {
  Client client;
  for (auto source : {LeafNodeSource::key_package, LeafNodeSource::update, LeafNodeSource::commit}) {
    auto leaf = client.leaf([&](LeafNodeContent& content) {
      content.source = source;
      content.parent_hash = source == LeafNodeSource::commit ? Digest(Bytes(32, 4)) : Digest();
      content.lifetime = source == LeafNodeSource::key_package ? content.lifetime : Lifetime{};
    });
    check_encoding(*leaf);
    auto again = decoded<LeafNode>(leaf->encoding());
    REQUIRE(again);
    // The fields too, not only the bytes that were kept.
    CHECK(again->content() == leaf->content());
    CHECK(LeafNode::assemble(again->content(), again->signature()) == *leaf);
  }
}

TEST_CASE("a leaf of unknown source can't be read") {
  Client client;
  auto leaf = client.leaf([](LeafNodeContent& content) { content.source = LeafNodeSource{4}; });
  check_refused<LeafNode>(leaf->encoding(), Code::unknown_kind);
}

TEST_CASE("a leaf's keys and parent hash are bounded") {
  codec::Writer key;
  key.opaque(Bytes(PublicKeyBytes::capacity + 1, 1));
  check_refused<LeafNode>(key.view(), Code::too_large);
}

TEST_CASE("an updated leaf's signature covers its group and place") {
  Client client;
  Bytes group{1};
  auto leaf = client.leaf([](LeafNodeContent& content) { content.source = LeafNodeSource::update; }, {group, {3}});
  CHECK(leaf->verify(suite, {group, {3}}).has_value());
  CHECK_FALSE(leaf->verify(suite, {group, {4}}).has_value());
  CHECK_FALSE(leaf->verify(suite, {Bytes{2}, {3}}).has_value());
  // A KeyPackage's leaf isn't of a group yet.
  CHECK(client.leaf({}, {group, {3}})->verify(suite, {}).has_value());
}

}  // namespace encuentro::mls::testing
