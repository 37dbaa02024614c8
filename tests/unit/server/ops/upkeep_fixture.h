// A store as a server leaves it: a roster of two entries, a channel of three, key packages, a blob.
#pragma once

#include "protocol/crypto/hash.h"
#include "protocol/record/chain.h"
#include "server/service/partitions.h"
#include "server/service/stored_entry.h"
#include "tests/support/test_network.h"
#include "tests/unit/storage/backend.h"

namespace encuentro::server::ops::test {

using storage::test::await;
using storage::test::bytes;
using storage::test::stored;
using storage::test::TemporaryDirectory;

inline ChannelId channel() { return ChannelId(std::array<std::uint8_t, 16>{2}); }
inline DeviceId device() { return DeviceId(std::array<std::uint8_t, 16>{3}); }

// An entry of a channel's log, with the hash that belongs there or, if `right` is false, another one.
inline storage::Append channel_entry(const record::LogHead& head, const Bytes& entry, bool right) {
  service::StoredEntry stored_entry{Timestamp{5}, record::log_next(head, entry).hash, entry};
  if (!right) stored_entry.hash = Hash32{};
  return {bytes("request " + std::to_string(head.seq.value + 1)), stored_entry.encode()};
}

struct Content {
  std::size_t roster_entries = 2;
  std::uint64_t wrong_roster_entry = 0;   // with one bit changed
  std::uint64_t wrong_channel_entry = 0;  // with a hash that doesn't belong there
};

inline std::unique_ptr<storage::RocksStore> opened(const std::string& directory) {
  storage::RocksStoreOptions options;
  options.directory = directory;
  auto store = storage::RocksStore::open(std::move(options));
  REQUIRE(store);
  return std::move(*store);
}

inline void fill(storage::RocksStore& store, const Content& content = {}) {
  tests::TestNetwork net;
  net.add_country("XA");
  for (std::size_t i = 0; i < content.roster_entries; ++i) {
    Bytes entry = net.entries.at(i).encode();
    if (i + 1 == content.wrong_roster_entry) entry.back() ^= 1;
    stored(store, {service::roster_partition(), {}, {storage::Append{bytes("r" + std::to_string(i)), entry}}});
  }
  record::LogHead head = record::log_start(net.id, channel());
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    const Bytes entry = bytes("entry " + std::to_string(seq));
    stored(
        store,
        {service::channel_partition(channel()), {}, {channel_entry(head, entry, seq != content.wrong_channel_entry)}});
    head = record::log_next(head, entry);
  }
  const std::string prefix = service::single_use_prefix;
  stored(store, {service::key_package_partition(device()),
                 {},
                 {storage::Put{prefix + "a", bytes("a")}, storage::Put{prefix + "b", bytes("b")},
                  storage::Put{"last", bytes("last resort")}}});
  const Bytes blob = bytes("a tree");
  REQUIRE(await<storage::BlobPut>(
      [&](auto done) { store.blobs().put(BlobId(crypto::sha256({blob}).view()), blob, std::move(done)); }));
}

}  // namespace encuentro::server::ops::test
