// Statements that gather signatures of several people (roster::PendingStatement), kept until they stand in the roster
// or run out.
#pragma once

#include <map>

#include "protocol/roster/pending.h"
#include "server/service/ports.h"

namespace encuentro::server::service {

class StatementBook {
 public:
  static constexpr std::size_t kept_max = 64;

  explicit StatementBook(Ports& ports) : ports_(ports) {}

  // Errors: the store's; storage_failed for one that can't be read.
  void load(storage::Done<void> done);

  // Adds its signatures to what is kept under its id, durably; answered with how many there are now. Whether they are
  // right was judged before. Errors: malformed (another statement has the id), too_many, the store's.
  void put(const roster::PendingStatement& statement, storage::Done<std::uint32_t> done);
  // It stands in the roster.
  void forget(const RecordId& id);

  const std::map<RecordId, roster::PendingStatement>& kept() const { return kept_; }

 private:
  void drop_run_out();

  Ports& ports_;
  std::map<RecordId, roster::PendingStatement> kept_;
};

}  // namespace encuentro::server::service
