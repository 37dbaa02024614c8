#include "server/service/statement_book.h"

#include "server/service/partitions.h"

namespace encuentro::server::service {

void StatementBook::load(storage::Done<void> done) {
  storage::PageLimit limit{2 * kept_max, std::size_t{4} << 20};
  auto then = [this, done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) {
      auto statement = roster::PendingStatement::decode(record.value);
      if (!statement) return done(fail(Code::storage_failed, "statement"));
      kept_[statement->backing.id] = std::move(*statement);
    }
    done({});
  };
  ports_.store.scan(roster_partition(), statement_prefix, "", limit,
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

void StatementBook::drop_run_out() {
  std::vector<RecordId> old;
  for (const auto& [id, statement] : kept_) {
    if (statement.backing.expires < ports_.now()) old.push_back(id);
  }
  for (const auto& id : old) forget(id);
}

void StatementBook::put(const roster::PendingStatement& statement, storage::Done<std::uint32_t> done) {
  drop_run_out();
  const RecordId& id = statement.backing.id;
  auto found = kept_.find(id);
  if (found == kept_.end() && kept_.size() >= kept_max) return done(fail(Code::too_many, "R-SRV-19"));
  roster::PendingStatement whole = found == kept_.end() ? statement : found->second;
  if (auto merged = whole.merge(statement); !merged) return done(std::unexpected(merged.error()));
  Bytes bytes = whole.encode();
  auto fits = roster::PendingStatement::decode(bytes);
  if (!fits) return done(std::unexpected(fits.error()));
  auto count = static_cast<std::uint32_t>(whole.backing.signatures.size());
  // Taken at once, so that two that come together are both in; answered when it is on disk.
  kept_[id] = std::move(whole);
  storage::ChangeSet change{roster_partition(), {}, {}};
  change.writes.push_back(storage::Put{statement_key(id), std::move(bytes)});
  auto then = [count, done = std::move(done)](Result<storage::CommitResult> result) mutable {
    if (!result) return done(std::unexpected(result.error()));
    done(count);
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

void StatementBook::forget(const RecordId& id) {
  if (kept_.erase(id) == 0) return;
  storage::ChangeSet change{roster_partition(), {}, {}};
  change.writes.push_back(storage::Erase{statement_key(id)});
  // Not waited for: what is left over runs out, and counts once in the roster anyway.
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, [](Result<storage::CommitResult>) {}));
}

}  // namespace encuentro::server::service
