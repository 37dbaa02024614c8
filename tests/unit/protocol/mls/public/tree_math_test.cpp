#include "protocol/mls/public/tree_math.h"

#include <catch2/catch.hpp>

namespace encuentro::mls {

TEST_CASE("relations of nodes agree with each other") {
  for (std::uint32_t leaves : {1u, 2u, 4u, 64u}) {
    LeafCount count{leaves};
    CHECK(depth(count) == level(root(count)));
    for (std::uint32_t i = 0; i < node_count(count); ++i) {
      NodeIndex node{i};
      if (!is_leaf(node)) {
        CHECK(parent(left(node)) == node);
        CHECK(parent(right(node)) == node);
        CHECK(sibling(left(node)) == right(node));
        CHECK(first_leaf(node) == first_leaf(left(node)));
        CHECK(last_leaf(node) == last_leaf(right(node)));
      }
      CHECK(is_below(first_leaf(node), node));
      CHECK(is_below(last_leaf(node), node));
    }
  }
}

TEST_CASE("the lowest node above two leaves") {
  CHECK(common_ancestor({3}, {3}) == NodeIndex{6});
  CHECK(common_ancestor({0}, {1}) == NodeIndex{1});
  CHECK(common_ancestor({2}, {5}) == NodeIndex{7});
  for (std::uint32_t a = 0; a < 32; ++a) {
    for (std::uint32_t b = 0; b < 32; ++b) {
      NodeIndex node = node_of({a});
      while (!is_below({b}, node)) node = parent(node);
      CHECK(common_ancestor({a}, {b}) == node);
    }
  }
}

TEST_CASE("trees are as small as their leaves allow") {
  CHECK(leaf_count_for(0).value == 1);
  CHECK(leaf_count_for(1).value == 1);
  CHECK(leaf_count_for(5).value == 8);
  CHECK(leaf_count_for(8).value == 8);
}

}  // namespace encuentro::mls
