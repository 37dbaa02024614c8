// Opened records of one channel as a log would hold them, each a place after the last: what the folds are given.
#pragma once

#include <vector>

#include "client/core/core.h"
#include "protocol/content/content.h"
#include "tests/support/seeded_random.h"

namespace encuentro::tests {

struct WrittenLog {
  explicit WrittenLog(std::uint64_t seed) : random(seed) {}
  SeededRandom random;
  std::vector<client::core::Record> records;

  RecordId write(const MemberId& by, content::Kind kind, content::Content content) {
    client::core::Record record;
    record.seq = Seq{records.size() + 1};
    record.id = random.id<RecordId>();
    record.member = by;
    record.reading = client::core::Reading::opened;
    record.kind = static_cast<std::uint16_t>(kind);
    record.content = std::move(content);
    records.push_back(record);
    return record.id;
  }
};

}  // namespace encuentro::tests
