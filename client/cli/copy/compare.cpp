#include "client/cli/copy/compare.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

std::string id_of(const json& value) {
  for (const char* key : {"id", "member"}) {
    if (value.is_object() && value.contains(key) && value[key].is_string()) return value[key].get<std::string>();
  }
  return {};
}

bool has_ids(const json& list) {
  return std::all_of(list.begin(), list.end(), [](const json& one) { return !id_of(one).empty(); });
}

void compare_lists(const json& expected, const json& found, std::vector<Difference>& differences) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < expected.size(); ++i) places[id_of(expected[i])] = i;
  std::map<std::string, std::size_t> there;
  std::size_t last = 0;
  for (const json& one : found) {
    std::string id = id_of(one);
    auto place = places.find(id);
    bool again = ++there[id] > 1;
    if (place == places.end() || again || expected[place->second] != one) {
      differences.push_back({id, 0, Code::bad_signature});
    }
    if (place == places.end()) continue;
    if (place->second < last) differences.push_back({id, 0, Code::reordered});
    last = place->second;
  }
  for (const json& one : expected) {
    if (!there.contains(id_of(one))) differences.push_back({id_of(one), 0, Code::gap});
  }
}

void compare_values(const json& expected, const json& found, std::vector<Difference>& differences) {
  bool lists = expected.is_array() && found.is_array() && has_ids(expected) && has_ids(found);
  if (lists) return compare_lists(expected, found, differences);
  if (!expected.is_object() || !found.is_object() || expected.size() != found.size()) return;
  for (const auto& [key, value] : expected.items()) {
    if (found.contains(key) && found[key] != value) compare_values(value, found[key], differences);
  }
}

}  // namespace

std::vector<Difference> compare_text(std::string_view expected, std::string_view found) {
  if (expected == found) return {};
  auto [e, f] = std::mismatch(expected.begin(), expected.end(), found.begin(), found.end());
  auto line = static_cast<std::size_t>(std::count(expected.begin(), e, '\n')) + 1;
  return {{"", line, Code::bad_signature}};
}

std::vector<Difference> compare_json(std::string_view expected, std::string_view found) {
  if (expected == found) return {};
  json value = json::parse(found, nullptr, false);
  if (value.is_discarded()) return {{"", 0, Code::malformed}};
  std::vector<Difference> differences;
  compare_values(json::parse(expected, nullptr, false), value, differences);
  return differences.empty() ? compare_text(expected, found) : differences;
}

}  // namespace encuentro::client::cli
