#include "protocol/base/sorting.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <random>
#include <string>

using namespace encuentro;

TEST_CASE("a list is put in order, whatever its items are") {
  std::vector<std::string> words{"pera", "", "ananá", "kiwi", "ananá"};
  put_in_order(words);
  CHECK(words == std::vector<std::string>{"", "ananá", "ananá", "kiwi", "pera"});

  std::vector<std::unique_ptr<int>> only_moved;
  for (int value : {3, 1, 2}) only_moved.push_back(std::make_unique<int>(value));
  put_in_order(only_moved, [](const auto& a, const auto& b) { return *a > *b; });
  CHECK((*only_moved[0] == 3 && *only_moved[1] == 2 && *only_moved[2] == 1));
}

TEST_CASE("no items and one item are in order") {
  std::vector<int> none;
  put_in_order(none);
  CHECK(none.empty());
  std::vector<int> one{7};
  put_in_order(one);
  CHECK(one == std::vector<int>{7});
}

TEST_CASE("items that are equal stay as they stood, as std::stable_sort leaves them") {
  std::mt19937 random(1);
  for (std::size_t count : {2, 17, 300, 4096}) {
    std::vector<std::pair<unsigned, std::size_t>> items;
    for (std::size_t i = 0; i < count; ++i) items.emplace_back(random() % 16, i);
    auto expected = items;
    auto by_first = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::stable_sort(expected.begin(), expected.end(), by_first);
    put_in_order(items, by_first);
    CHECK(items == expected);
  }
}
