// All channels: loaded at the start, each with its queue of entries. Entries of a channel are judged one after the
// other against the state their predecessors lead to, and sent to the store without waiting in between; each is
// answered when it is durable. If the store fails one, the channel is loaded anew and those behind it fail too.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "server/service/channel.h"
#include "server/service/roster_book.h"

namespace encuentro::server::service {

// An entry that is durable, for its author and for those who follow the channel.
struct Landed {
  record::LogHead head;
  Timestamp stored;
  bool repeated = false;  // it was there before
  bool group_changed = false;
};

class ChannelBook {
 public:
  ChannelBook(Ports& ports, const RosterBook& rosters) : ports_(ports), rosters_(rosters) {}

  // Errors: storage_failed where a log doesn't meet its own hashes; the store's.
  void load(storage::Done<void> done);

  // nullptr: there is none (nothing durable yet). While it is being loaded anew: nullptr too.
  Channel* find(const ChannelId& id);
  const Channel* find(const ChannelId& id) const;
  // What is durable, which is what readers are told of.
  record::LogHead durable_head(const ChannelId& id) const;
  std::vector<ChannelId> ids() const;  // ascending
  std::size_t made_by(const MemberId& creator) const;
  std::size_t open_uploads(const MemberId& member) const;  // begun, and no entry has them yet

  // Errors: those of Channel::accept, not_found (a blob that isn't there), the store's. `done` is called on the
  // service's thread, in the order of the log.
  void append(Bytes entry, Origin origin, storage::Done<Landed> done);

 private:
  struct Job {
    Bytes bytes;
    record::LogEntry entry;
    Origin origin;
    ResolvedParts parts;
    storage::Done<Landed> done;
  };
  struct Flight {
    Landed landed;
    storage::Done<Landed> done;
    std::vector<storage::Done<Landed>> repeats;  // the same entry asked for again meanwhile
    std::optional<Result<storage::CommitResult>> answer;
  };
  struct Line {
    std::unique_ptr<Channel> channel;
    record::LogHead durable;
    std::deque<Job> waiting;
    std::deque<Flight> flying;
    bool fetching = false;  // the first job's blobs
    bool failed = false;    // until loaded anew
    bool loading = false;
    bool indexed = false;
    std::uint64_t flight_base = 0;  // number of flying.front()
  };

  Line& line_of(const ChannelId& id);
  void advance(const ChannelId& id);
  void fetch_parts(const ChannelId& id, const record::CommitBody& body);
  void fetch(const record::Part& part, storage::Done<Bytes> done);
  void index_then_advance(const ChannelId& id);
  void judge_front(const ChannelId& id);
  bool answer_repeat(Line& line, Job& job);
  void landed(const ChannelId& id, std::uint64_t number, Result<storage::CommitResult> result);
  void recover(const ChannelId& id, Error error);
  void reload(const ChannelId& id);

  void load_next(std::vector<ChannelId> ids, storage::Done<void> done);
  void load_index(std::string after, std::vector<ChannelId> ids, storage::Done<void> done);
  void load_log(const ChannelId& id, std::uint64_t from, storage::Done<void> done);
  void load_records(const ChannelId& id, storage::Done<void> done);
  void load_uploads(const ChannelId& id, const char* prefix, bool pinned, std::string after, storage::Done<void> done);

  Ports& ports_;
  const RosterBook& rosters_;
  std::map<ChannelId, Line> lines_;
};

}  // namespace encuentro::server::service
