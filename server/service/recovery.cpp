#include "server/service/recovery.h"

#include "protocol/codec/reader.h"
#include "server/service/partitions.h"

namespace encuentro::server::service {

void Recovery::load(storage::Done<void> done) {
  auto then = [this, done = std::move(done)](Result<std::optional<Bytes>> row) mutable {
    if (!row) return done(std::unexpected(row.error()));
    if (!*row) return done({});
    codec::Reader r(**row);
    auto since = r.u64();
    if (!since || !r.end()) return done(fail(Code::storage_failed, "recovering"));
    since_ = Timestamp{static_cast<std::int64_t>(*since)};
    done({});
  };
  ports_.store.get(roster_partition(), recovering_key, posted<std::optional<Bytes>>(ports_, std::move(then)));
}

void Recovery::end(storage::Done<void> done) {
  storage::ChangeSet change{roster_partition(), {}, {}};
  change.writes.push_back(storage::Erase{recovering_key});
  auto then = [this, done = std::move(done)](Result<storage::CommitResult> result) mutable {
    if (!result) return done(std::unexpected(result.error()));
    if (result->outcome != storage::Outcome::stored) return done(fail(Code::storage_failed, "R-SRV-01"));
    since_.reset();
    done({});
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

}  // namespace encuentro::server::service
