// One channel as the server knows it: its log's account, the public half of its group, its policy. Judges an entry
// and takes it in one step, without I/O; what has to be written comes back as writes. After a write has failed the
// object is thrown away and loaded again.
#pragma once

#include <memory>
#include <set>

#include "protocol/api/channel_calls.h"
#include "protocol/policy/creation_rules.h"
#include "protocol/policy/staged_facts.h"
#include "protocol/record/channel_log.h"
#include "storage/partition.h"

namespace encuentro::server::service {

// The large parts of a Commit, fetched where they are blobs.
struct ResolvedParts {
  Bytes commit;
  Bytes group_info;
};

// A document's bytes on their way: whose, since when, and whether an entry has named (pinned) it.
struct Upload {
  DeviceId device;
  MemberId member;
  Timestamp begun;
  bool pinned = false;
  std::uint64_t stored_bytes = 0;  // in this run of the program

  Bytes encode() const;
  static Result<Upload> decode(BytesView bytes);
};

// An entry that stands: where, what to write, and whom it concerns.
struct Accepted {
  record::LogHead head;
  storage::ChangeSet change;
  bool group_changed = false;  // create, restart, Commit: relations may have changed
};

// Who brings an entry: its maker, or after a restore anybody who holds it. Then what has changed since it was written
// (roles, revocations) doesn't count against it, and uploads that it pins needn't be known: their chunks may be lost.
enum class Origin : std::uint8_t { author, handed_back };

class Channel {
 public:
  Channel(const NetworkId& network, const ChannelId& channel) : log_(network, channel), network_(network) {}

  const ChannelId& id() const { return log_.channel(); }
  bool founded() const { return group_ != nullptr; }
  const policy::ChannelPolicy& policy() const { return policy_; }
  record::GroupEpoch at() const { return {group_->context().group_id, group_->context().epoch}; }
  record::LogHead head() const { return log_.head(); }
  const record::ChannelLog& log() const { return log_; }
  // Leaves of the group, as they claim to be.
  const std::vector<policy::LeafIdentity>& leaves() const { return leaves_; }

  // How a device stands to the channel at that (the newest) head; nothing: it may not know of it.
  std::optional<api::Relation> relation(const roster::View& newest, const DeviceId& device) const;
  api::ChannelHead channel_head(api::Relation relation) const;

  // Errors with their rule: R-SRV-10 (another network or channel), 11 (a roster head that isn't on our log), 12 (an
  // older head than named before: stale_roster), 13 (what the author says it has seen: fork, gap, reordered), 14 (the
  // device doesn't stand, or hasn't signed), 15 (epoch_changed, wrong_group), 16 (no leaf), 17 (roster_changed: right
  // at the named head, but no longer), 20 (create: there is one; anything else: there is none), 21 to 27 (a create's or
  // Commit's parts), 28 (a record's form), 30 (a link's epochs), 31 (uploads); those of policy and of MLS.
  Result<Accepted> accept(const record::LogEntry& entry, BytesView bytes, const ResolvedParts& parts,
                          const roster::Roster& roster, Origin origin, Timestamp now);

  // Known from upload_begin on. Refused (already_exists) if somebody else's.
  Status begin_upload(const UploadId& id, const Upload& upload);
  const Upload* upload(const UploadId& id) const;
  void count_upload(const UploadId& id, std::uint64_t bytes);
  void forget_upload(const UploadId& id);
  // How many of the member's no entry has pinned yet.
  std::size_t open_uploads(const MemberId& member) const;
  // Forgets those that were begun by then and that no entry has pinned.
  std::vector<UploadId> expire_uploads(Timestamp begun_by);

  // Loading: the entries in order, then the state's pieces (state/0, state/1, ...) put together.
  // Errors: storage_failed (the chain doesn't meet the hashes that were stored, or the state can't be read).
  Status load_entry(std::uint64_t seq, BytesView stored);
  Status load_state(BytesView state);
  void load_upload(const UploadId& id, const Upload& upload);

 private:
  struct Scene {
    const record::LogEntry& entry;
    const record::EntryHeader& header;
    const roster::View& view;
    const roster::View& newest;
    Origin origin;
    Timestamp now;
  };
  Status judge_envelope(const Scene& scene, const roster::Roster& roster) const;
  Status judge_place(const Scene& scene) const;
  Status demand_leaf(const Scene& scene) const;
  Status take(const Scene& scene, const record::CreateBody& body, Accepted& accepted);
  Status take(const Scene& scene, const record::CommitBody& body, const ResolvedParts& parts, Accepted& accepted);
  Status judge_commit_parts(const record::CommitBody& body, const mls::GroupInfo& info,
                            const mls::StagedChange& staged) const;
  Status take(const Scene& scene, const record::RecordBody& body, Accepted& accepted);
  Status judge(const Scene& scene, const record::LinkBody& body) const;
  Status take(const Scene& scene, const record::LeaveBody& body, Accepted& accepted);
  Status take(const Scene& scene, const record::DeleteBody& body, Accepted& accepted);

  void group_moved();
  void keep_blobs(const record::CommitBody& body, Timestamp now, Accepted& accepted) const;
  void write_state(Accepted& accepted) const;

  record::ChannelLog log_;
  NetworkId network_;
  std::unique_ptr<mls::PublicGroup> group_;
  policy::ChannelPolicy policy_;
  std::vector<policy::LeafIdentity> leaves_;
  std::vector<MemberId> leaving_;              // asked to leave, still have leaves
  std::vector<DeviceId> held_before_restart_;  // leaves of the groups before a restart
  std::map<UploadId, Upload> uploads_;
  std::set<UploadId> open_uploads_;  // of them, those that no entry has pinned
  RosterSeq named_;                  // the newest roster head an entry has named
};

}  // namespace encuentro::server::service
