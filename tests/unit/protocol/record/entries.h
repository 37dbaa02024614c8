// Log entries for the tests of this folder.
#pragma once

#include "protocol/record/log_entry.h"
#include "tests/support/seeded_random.h"

namespace encuentro::tests {

struct Author {
  crypto::Ed25519Key key;
  DeviceId device;
  explicit Author(SeededRandom& random)
      : key(crypto::ed25519_generate(random)), device(record::device_id(key.public_key)) {}
};

inline record::EntryHeader header_of(SeededRandom& random, const Author& author) {
  record::EntryHeader header;
  header.network = random.id<NetworkId>();
  header.channel = random.id<ChannelId>();
  header.at = {Bytes(32, 7), Epoch{3}};
  header.device = author.device;
  header.id = random.id<RecordId>();
  header.roster = {RosterSeq{9}, random.id<Hash32>()};
  header.seen = {Seq{0}, Hash32{}};
  return header;
}

inline record::Link link_of(SeededRandom& random) {
  return {{Bytes(32, 1), Epoch{1}}, {Bytes(32, 1), Epoch{2}}, random.id<Salt>(), random.id<Commitment>(), Bytes(48, 5)};
}

// One of each kind, with every optional part there.
inline std::vector<record::Body> bodies_of_each_kind(SeededRandom& random) {
  using namespace record;
  CommitBody commit{Part::of(Bytes(300, 1)),
                    Part::of(Bytes(40000, 2)),
                    Part::of(Bytes(50, 3)),
                    {random.id<DeviceId>(), random.id<DeviceId>()},
                    link_of(random)};
  RecordBody sealed{MlsSealed{Bytes(90, 4)}, {}};
  RecordBody shared{SharedSealed{random.id<Salt>(), random.id<Commitment>(), Bytes(256, 6)}, {random.id<UploadId>()}};
  return {CreateBody{Bytes(80, 9)},
          commit,
          shared,
          sealed,
          LinkBody{link_of(random)},
          LeaveBody{},
          DeleteBody{{random.id<UploadId>()}, random.id<RecordId>()},
          ReportBody{Seq{4}, random.id<Hash32>(), 303, "R-MLS-17"}};
}

}  // namespace encuentro::tests
