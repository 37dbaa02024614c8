// The network's roster at the server: loaded once, appended to one entry at a time, each durable before it counts.
#pragma once

#include <deque>
#include <map>

#include "protocol/roster/roster.h"
#include "server/service/ports.h"

namespace encuentro::server::service {

// Where an entry stands.
struct RosterPlace {
  roster::RosterHead head;
  bool repeated = false;  // it was there before
};

class RosterBook {
 public:
  static constexpr unsigned burn_after = 5;  // wrong codes (R6)

  explicit RosterBook(Ports& ports) : ports_(ports) {}

  // Reads and verifies all entries, and the counts of wrong codes. Errors: storage_failed (an entry that doesn't
  // verify: its place in `got`), and the store's.
  void load(storage::Done<void> done);

  const roster::Roster& roster() const { return roster_; }
  bool founded() const { return !roster_.empty(); }

  // Judged when its turn comes, durable when answered. An entry that is already there (a repeated request) is answered
  // with its place. Errors: those of Roster::append; invite_burned; the store's.
  void append(roster::RosterEntry entry, storage::Done<RosterPlace> done);

 private:
  struct Waiting {
    roster::RosterEntry entry;
    storage::Done<RosterPlace> done;
  };
  void load_page(std::uint64_t from, storage::Done<void> done);
  void load_burns(storage::Done<void> done);
  Status judge(const roster::RosterEntry& entry);
  void start_next();
  void finish(Result<RosterPlace> result);
  void stored(Result<storage::CommitResult> result);
  void resolve();
  void take();
  void count_wrong_code(const InviteId& invite, Error refusal);

  Ports& ports_;
  roster::Roster roster_;
  std::map<InviteId, unsigned> wrong_codes_;
  std::deque<Waiting> queue_;
  bool busy_ = false;
};

}  // namespace encuentro::server::service
