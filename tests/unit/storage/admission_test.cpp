#include "storage/admission.h"

#include <catch2/catch.hpp>

#include "protocol/base/limits.h"

using namespace encuentro;
using namespace encuentro::storage;

namespace {

Bytes request(std::uint8_t value) { return Bytes{value}; }
ChangeSet change(std::vector<Write> writes, std::vector<Guard> guards = {}) {
  return {{"ch", "a"}, std::move(guards), std::move(writes)};
}
Code refusal(const Status& admitted) { return admitted ? Code::none : admitted.error().code; }

}  // namespace

TEST_CASE("names are neither empty nor too long") {
  const std::string kind(limits::partition_kind_bytes_max, 'k');
  const std::string id(limits::partition_id_bytes_max, 'i');
  CHECK(admit_partition({kind, id}));
  CHECK(refusal(admit_partition({kind + "k", id})) == Code::too_large);
  CHECK(refusal(admit_partition({kind, id + "i"})) == Code::too_large);
  CHECK(refusal(admit_partition({"", id})) == Code::malformed);
  CHECK(refusal(admit_partition({kind, ""})) == Code::malformed);
  const std::string key(limits::store_key_bytes_max, 'k');
  CHECK(admit_key(key));
  CHECK(refusal(admit_key(key + "k")) == Code::too_large);
  CHECK(refusal(admit_key("")) == Code::malformed);
  CHECK(admit_prefix(""));
  CHECK(refusal(admit_prefix(key + "k")) == Code::too_large);
  CHECK(admit_request_id(Bytes(limits::request_id_bytes_max)));
  CHECK(refusal(admit_request_id(Bytes(limits::request_id_bytes_max + 1))) == Code::too_large);
  CHECK(refusal(admit_request_id({})) == Code::malformed);
}

TEST_CASE("pages hold one to a thousand items") {
  CHECK(admit_page({1, 0}));
  CHECK(admit_page({limits::store_page_items_max, 0}));
  CHECK(refusal(admit_page({0, 100})) == Code::malformed);
  CHECK(refusal(admit_page({limits::store_page_items_max + 1, 100})) == Code::too_large);
}

TEST_CASE("every part of a change set is looked at") {
  const Bytes large(limits::store_value_bytes_max + 1, 1);
  CHECK(admit(change({SetEpoch{1}}, {HeadIs{}, EpochIs{}, KeyGone{"k"}, KeyHolds{"k", {1}}})));
  CHECK(refusal(admit(change({}, {HeadIs{}}))) == Code::malformed);
  CHECK(refusal(admit(change({SetEpoch{1}}, {KeyGone{""}}))) == Code::malformed);
  CHECK(refusal(admit(change({SetEpoch{1}}, {KeyHolds{"k", {}}}))) == Code::malformed);
  CHECK(refusal(admit(change({SetEpoch{1}}, {KeyHolds{"k", large}}))) == Code::too_large);
  CHECK(refusal(admit(change({Erase{""}}))) == Code::malformed);
  CHECK(refusal(admit(change({Put{"k", {}}}))) == Code::malformed);
  CHECK(refusal(admit(change({Put{"k", large}}))) == Code::too_large);
  CHECK(refusal(admit(change({Append{{}, {1}}}))) == Code::malformed);
  CHECK(refusal(admit(change({Append{{1}, {}}}))) == Code::malformed);
  CHECK(refusal(admit(change({Append{{1}, large}}))) == Code::too_large);
  CHECK(admit(change({Append{request(1), {1}}, Append{request(2), {1}}})));
  CHECK(refusal(admit(change({Append{request(1), {1}}, Append{request(1), {2}}}))) == Code::duplicate);
}

TEST_CASE("a change set's size counts what a distributed engine would compare and write") {
  const ChangeSize size = size_of(change({Append{{1, 2}, {1, 2, 3}}, Put{"key", {1}}, Erase{"key"}, SetEpoch{1}},
                                         {HeadIs{}, KeyGone{"key"}, KeyHolds{"key", {1, 2}}}));
  CHECK(size.keys == 1 + 2 + 1 + 1 + 1 + 1);
  CHECK(size.bytes == 3 + (2 * 2 + 3) + 4 + 3 + 3 + 5);
}

TEST_CASE("blobs have a largest size") {
  CHECK(admit_blob(Bytes(1)));
  CHECK(refusal(admit_blob({})) == Code::malformed);
  CHECK(refusal(admit_blob(Bytes(limits::blob_bytes_max + 1))) == Code::too_large);
}
