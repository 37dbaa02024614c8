// One channel as this device knows it: the log's account, the public group that follows every handshake, the member's
// group when this device is in, what was opened, and what waits to be sent. Only data and its storage; what moves it
// stands in replay.h, history.h, commit_work.h and outbox.h.
#pragma once

#include <map>
#include <set>

#include "client/core/core.h"
#include "client/core/vault.h"
#include "protocol/api/channel_calls.h"
#include "protocol/content/archive_key.h"
#include "protocol/mls/member/group.h"
#include "protocol/policy/staged_facts.h"
#include "protocol/record/channel_log.h"

namespace encuentro::client::core {

// An epoch as a map's key.
struct EpochKey {
  Bytes group_id;
  std::uint64_t epoch = 0;
  friend auto operator<=>(const EpochKey&, const EpochKey&) = default;
  static EpochKey of(const record::GroupEpoch& at) { return {at.group_id, at.epoch.value}; }
  record::GroupEpoch at() const { return {group_id, Epoch{epoch}}; }
  static constexpr auto fields = std::tuple(&EpochKey::group_id, &EpochKey::epoch);
};

// Something of ours on its way into the log. It leaves only when it is read back at the acknowledged place.
struct OutboxItem {
  RecordId id;
  std::uint64_t order = 0;         // as they were written
  record::EntryKind kind{};        // record, or an entry without content
  std::uint16_t content_kind = 0;  // of a record
  Bytes content;                   // encoded, of a record
  std::vector<UploadId> pins;
  Bytes body;                         // of an entry without content: encode_body()'s
  std::optional<EpochKey> sealed_in;  // the epoch of `entry`
  Bytes entry;                        // sealed and signed: a retry in the same epoch sends these bytes
  Seq acknowledged;                   // 0: not yet
  Hash32 acknowledged_hash;
  std::uint32_t ticket = 0;        // who waits for it in this run; not stored
  std::optional<Failure> refused;  // for good: kept until its author sends it again or drops it; a row of its own
  static constexpr auto fields =
      std::tuple(&OutboxItem::id, &OutboxItem::order, &OutboxItem::kind, &OutboxItem::content_kind,
                 &OutboxItem::content, &OutboxItem::pins, &OutboxItem::body, &OutboxItem::sealed_in, &OutboxItem::entry,
                 &OutboxItem::acknowledged, &OutboxItem::acknowledged_hash);
};

// A place of the log: what the server gave and when it says it stored it.
struct LogRow {
  Timestamp stored;
  Bytes entry;
  static constexpr auto fields = std::tuple(&LogRow::stored, &LogRow::entry);
};

// A link of an epoch's archive key to an older one, as it was found in the log.
struct KnownLink {
  EpochKey older;
  EpochKey newer;
  Seq seq;
  bool checked = false;  // opened and right
  bool wrong = false;    // opened and wrong: named once
  static constexpr auto fields =
      std::tuple(&KnownLink::older, &KnownLink::newer, &KnownLink::seq, &KnownLink::checked, &KnownLink::wrong);
};

// What a person asked to change in who is in. Kept for this run only: the command is answered or fails.
struct Change {
  std::uint32_t ticket = 0;
  MemberId member;
  bool add = true;
  std::set<DeviceId> without_key_package;
};

// A device whose KeyPackage couldn't be had: it may just have entered and not have put any yet.
struct PackageRetry {
  std::uint32_t tries = 0;
  Timestamp at;
};

// A Commit of the log and where the group stood before it: what a restart has to name (FORMATS §4, Predecessor).
struct Turn {
  Seq seq;
  EpochKey closed;
  Bytes transcript;  // confirmed_transcript_hash of the epoch it closed
  static constexpr auto fields = std::tuple(&Turn::seq, &Turn::closed, &Turn::transcript);
};

// What went wrong with Commits here, and when this device last did its upkeep. A row of its own.
struct Upkeep {
  std::vector<Turn> turns;         // the newest last
  Seq rejected;                    // the ordered Commit this device had to reject; 0: none
  bool blind = false;              // not even its public half could be followed
  Seq reported;                    // the newest Commit that somebody had to reject
  std::vector<DeviceId> shut_out;  // whose Commits led to restarts: back only by a person's wish
  std::vector<DeviceId> stranded;  // whose Welcome didn't open, as they say: removed and added anew
  Timestamp path_at;               // when this device last changed its path
  static constexpr auto fields = std::tuple(&Upkeep::turns, &Upkeep::rejected, &Upkeep::blind, &Upkeep::reported,
                                            &Upkeep::shut_out, &Upkeep::stranded, &Upkeep::path_at);
};

// A change of admission that this person hasn't agreed to yet. A row of its own.
struct UnseenAdmission {
  MemberId by;
  Bytes before;  // the policy that held when the person last agreed, encoded
  static constexpr auto fields = std::tuple(&UnseenAdmission::by, &UnseenAdmission::before);
};

// Who has leaves in the public group: asked for with every entry, read from the tree once.
struct Occupants {
  Digest tree_hash;  // of the tree it was read from
  std::vector<DeviceId> devices;
  std::set<DeviceId> device_set;
  std::set<MemberId> members;
};

// All that who has to come in or go out follows from, but for what people ask and what time does (commit_work.cpp).
struct MembershipFacts {
  RosterSeq roster;
  EpochKey epoch;
  bool roster_stale = false;
  std::set<MemberId> leaving;
  std::vector<DeviceId> shut_out;
  std::vector<DeviceId> stranded;
  friend bool operator==(const MembershipFacts&, const MembershipFacts&) = default;
};

// A chain of links that was found to be whole: it is walked with every input otherwise, over all epochs there ever
// were.
struct WholeChain {
  EpochKey from;
  std::size_t links_checked = 0;
  std::size_t keys = 0;
  friend bool operator==(const WholeChain&, const WholeChain&) = default;
};

// Large parts of Commits stay, for a server that loses them.
inline constexpr std::size_t blobs_kept_max = 32;

struct Channel {
  ChannelId id;
  ChannelState state = ChannelState::visible;
  record::ChannelLog log;
  std::vector<LogRow> rows;                            // place s at s-1
  std::vector<Record> records;                         // ascending places
  std::vector<Erasure> erasures;                       // ascending places
  std::map<Seq, crypto::Ed25519Signature> signatures;  // of a sealed channel's opened records (proofs.h)
  std::optional<mls::PublicGroup> group;
  std::optional<mls::member::Group> member;
  policy::ChannelPolicy policy;
  Bytes group_info;        // MLSMessage(GroupInfo) of the current epoch, as it was read
  RosterSeq roster_floor;  // the newest head an entry named: none may name an older one
  std::set<MemberId> leaving;
  std::set<DeviceId> former;  // had leaves in the group before a restart
  bool admission_to_accept = false;
  std::optional<UnseenAdmission> unseen_admission;
  bool was_in = false;
  Upkeep upkeep;
  std::map<EpochKey, Commitment> commitments;
  std::map<EpochKey, content::ArchiveKey> keys;
  std::vector<KnownLink> links;
  std::map<RecordId, OutboxItem> outbox;
  std::uint64_t next_order = 1;

  // Of this connection and run only
  bool unsaved = false;           // `state` row is behind
  bool member_unsaved = false;    // the member's group row is behind
  bool reading = false;           // a log_read is on its way
  bool appending = false;         // an append is on its way, or a Commit of ours waits for its KeyPackages
  bool packages_wanted = false;   // it is for these that `appending` is set
  bool fetching = false;          // a blob that the next entry needs is on its way
  bool alarmed = false;           // the log doesn't fit: nothing is read until the next connection
  std::map<BlobId, Bytes> blobs;  // fetched or made, by hash; the newest are rows too
  std::set<BlobId> blobs_put;
  record::LogHead server_head;  // where the log is read to: the newest the server told, or said to exist
  Seq told;                     // the newest place the server itself has told in this connection
  api::Relation relation = api::Relation::leaf;
  bool listed = false;                // the server named it in this connection, or it begins here
  std::optional<Timestamp> read_at;   // read the log then, unless a push came
  std::optional<Timestamp> link_at;   // append a missing link then, unless somebody did
  std::optional<Timestamp> retry_at;  // the server was busy: not before then
  std::optional<Error> last_refusal;  // of a handshake of ours
  std::vector<Change> changes;
  std::map<DeviceId, std::optional<mls::KeyPackage>> key_packages;  // fetched; no value: on its way
  std::map<DeviceId, PackageRetry> no_key_package;                  // none at the server, or not a right one
  std::map<BlobId, Seq> kept_blobs;                                 // those that are rows, and the entry they were for
  std::optional<record::LogHead> server_lacks;  // a restored server's end of this log: the rest is handed back
  bool handing_back = false;
  bool claimed = false;          // a restored server didn't name it
  std::uint32_t blob_tries = 0;  // of the entry to be handed back next
  bool held_up = false;          // the server takes nothing new now
  mutable Occupants occupants;   // devices_of() and members_of() keep it
  // As these are nobody has to come in or go out; found leaf by leaf, and asked with every input.
  std::optional<MembershipFacts> settled;
  std::optional<WholeChain> whole_chain;

  Channel(const NetworkId& network, const ChannelId& channel) : id(channel), log(network, channel) {}

  bool in() const { return state == ChannelState::in; }
  bool caught_up() const { return log.head().seq >= server_head.seq && !reading; }
  record::GroupEpoch at() const {
    if (!group) return {};
    return {group->context().group_id, group->context().epoch};
  }
  bool shared() const { return policy.history == policy::History::shared; }
};

// Of the public group's leaves, in their order. Both references hold until the group changes.
const std::vector<DeviceId>& devices_of(const Channel& channel);
const std::set<MemberId>& members_of(const Channel& channel);
bool has_leaf(const Channel& channel, const DeviceId& device);
// Of the newest channel_info that was opened; empty where none was.
std::string title_of(const Channel& channel);
std::optional<AdmissionChange> admission_change(const Channel& channel);

// --- Storage: rows "ch/ID/..." ---------------------------------------------------------------------------------

void store_channel(Vault& vault, const Channel& channel);    // state, policy, public group, links
void store_member(Vault& vault, const Channel& channel);     // the member's group, or its end
void store_admission(Vault& vault, const Channel& channel);  // a change to be agreed to, or none any more
void store_place(Vault& vault, const Channel& channel, Seq seq);
void store_record(Vault& vault, const Channel& channel, const Record& record);
void store_signature(Vault& vault, const Channel& channel, Seq seq);
void store_erasure(Vault& vault, const Channel& channel, const Erasure& erasure);
void store_key(Vault& vault, const Channel& channel, const EpochKey& at);
void store_outbox(Vault& vault, const Channel& channel, const OutboxItem& item);
// Keeps a blob of the entry at `seq`, and forgets the oldest above blobs_kept_max.
void store_blob(Vault& vault, Channel& channel, const BlobId& id, Seq seq);
void erase_outbox(Vault& vault, const Channel& channel, const RecordId& id);
// What OutboxItem::refused says, or that it says nothing any more.
void store_refusal(Vault& vault, const Channel& channel, const OutboxItem& item);
// Erases what belongs to a channel's secrets (after a rollback or a removal of the profile's identity).
void erase_member(Vault& vault, Channel& channel);

// Takes one row of a channel into it, rows in the order of their names. Errors: malformed.
Status load_channel_row(Channel& channel, std::string_view rest_of_name, BytesView value);

}  // namespace encuentro::client::core
