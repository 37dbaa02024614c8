#include "storage/rocksdb/keys.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::rocks;

TEST_CASE("no partition's keys begin with another's") {
  const std::vector<PartitionId> partitions{
      {"c", "ha"}, {"ch", "a"}, {"ch", "aa"}, {"ch", std::string("\1a", 2)}, {std::string("\2ch", 3), "a"}};
  for (const auto& a : partitions) {
    CHECK(decode_partition(partition_prefix(a)) == a);
    for (const auto& b : partitions) {
      CHECK((a == b) == partition_prefix(a).starts_with(partition_prefix(b)));
    }
  }
}

TEST_CASE("log keys sort by number") {
  const PartitionId partition{"ch", "a"};
  std::string before;
  for (const std::uint64_t seq : {0ull, 1ull, 255ull, 256ull, 1ull << 32, ~0ull}) {
    const std::string key = log_key(partition, seq);
    CHECK(before < key);
    CHECK(seq_of_log_key(key) == seq);
    before = key;
  }
}

TEST_CASE("a prefix's end is above all that begins with it") {
  CHECK(prefix_end("ab") == "ac");
  CHECK(prefix_end("a\xff") == "b");
  CHECK(prefix_end("\xff\xff").empty());
  CHECK(std::string("ab\xff\xff") < prefix_end("ab"));
}

TEST_CASE("rows are read back as they were written") {
  const HeadRow row = *decode_head(encode_head({{5, 6}, 7}));
  CHECK(row.head == Head{5, 6});
  CHECK(row.first_kept == 7);
  CHECK(decode_number(encode_number(0x0102030405060708)) == 0x0102030405060708);
  CHECK(decode_entry(9, encode_entry(Bytes{1, 2}, Bytes{3})) == LogEntry{9, {1, 2}, {3}});
  const Record record{std::string(300, 'k'), {1, 2, 3}};
  CHECK(decode_taken(encode_taken(record)) == record);
}

TEST_CASE("rows that aren't ours are refused") {
  CHECK_FALSE(decode_head(std::string(23, 'x')));
  CHECK_FALSE(decode_head(std::string(25, 'x')));
  CHECK_FALSE(decode_number("1234567"));
  CHECK_FALSE(decode_number("123456789"));
  CHECK_FALSE(decode_entry(1, ""));
  CHECK_FALSE(decode_entry(1, "\3ab"));
  CHECK_FALSE(decode_taken(""));
  CHECK_FALSE(decode_taken(std::string("\0\5abcd", 6)));
  CHECK_FALSE(decode_partition(""));
  CHECK_FALSE(decode_partition("\2ch"));
  CHECK_FALSE(decode_partition("\2ch\1"));
  CHECK_FALSE(decode_partition("\2ch\1ab"));
  CHECK_FALSE(seq_of_log_key("short"));
}
