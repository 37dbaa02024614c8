// The client without its edges: bytes, commands and the time in; effects out (effects.h). The command, the local page
// and WebAssembly run this same class. It touches no socket, file, clock or thread.
//
//   Core core(random, options);
//   effects = core.create(passphrase, now)            a new profile: store `effects.store`
//   effects = core.open(rows, passphrase, now)        or: what was stored, all rows
//   effects = core.start(now)                         asks for a connection when there is somewhere to connect to
//   effects = core.on_connected(exporter, now)        the WebSocket is open, the server's key was right
//   effects = core.on_frame(bytes, now)               one binary message
//   effects = core.on_disconnected(why, now)          the core asks again by `wake_at`
//   effects = core.on_time(now)                       at `wake_at` or later
//   effects = core.on_transfer(number, result, now)   an HTTPS request's answer
//   effects = core.run(ticket, command, now)          answered by an event Done or Failed with that ticket
//
// Each call's effects are carried out wholly, store first, before the next call is made. Between calls everything can
// be looked at through the const functions; what a screen shows is folded from them by client/views.
//
// One process at a time holds a profile (the edge locks it). Not thread-safe.
#pragma once

#include <map>
#include <memory>

#include "client/core/codes.h"
#include "client/core/commands.h"
#include "client/core/computer_key.h"
#include "client/core/effects.h"
#include "protocol/api/session.h"
#include "protocol/content/content.h"
#include "protocol/crypto/password.h"
#include "protocol/record/heads.h"
#include "protocol/roster/roster.h"

namespace encuentro::client::core {

struct CoreState;  // core_state.h

struct Options {
  crypto::Argon2Parameters passphrase_cost;  // of new profiles; tests take less
  roster::DeviceKind device_kind = roster::DeviceKind::native;
  // Whether to connect to and follow the server on one's own. A short verb that only looks (`--offline`) doesn't.
  bool online = true;
  // After so long without a frame the server is asked for a word; it has ping_answer to give it. Zero: never.
  Duration ping_after = seconds(15);
  Duration ping_answer = seconds(10);
};

// Who this profile is in the network.
struct Self {
  NetworkId network;
  Hash32 fingerprint;
  MemberId member;
  DeviceId device;
  std::string address;
  Hash32 spki;
  bool holds_root = false;
};

// A statement that several sign, on its way.
struct WaitingStatement {
  roster::PendingStatement statement;
  roster::Support support;
  bool signed_here = false;  // with all this profile has for it
  bool may_sign = false;
};

// What became of a record that stands in a channel's log.
enum class Reading : std::uint8_t {
  opened = 1,
  closed = 2,      // its key isn't held: before one's time in a sealed channel, or history not (yet) linked
  unreadable = 3,  // can't be opened or parsed, or its inner signature is wrong
  refused = 4,     // its author had no right to it
  unknown = 5,     // of a version or kind this client doesn't know
};
struct Record {
  Seq seq;
  RecordId id;
  DeviceId device;
  MemberId member;       // of that device at the named roster head
  RosterSeq roster_seq;  // the head the author stood on: country and role are looked up there
  Timestamp stored;      // the server's word, for display
  Reading reading = Reading::closed;
  Code problem = Code::none;
  std::uint16_t kind = 0;  // content::Kind, when opened
  content::Content content;
};

// Uploads whose bytes were taken from the server, by the signed entry at `seq` (FORMATS §5, delete).
struct Erasure {
  Seq seq;
  RecordId id;
  DeviceId device;
  MemberId member;
  RosterSeq roster_seq;
  Timestamp stored;
  std::vector<UploadId> uploads;
  RecordId target;
  static constexpr auto fields =
      std::tuple(&Erasure::seq, &Erasure::id, &Erasure::device, &Erasure::member, &Erasure::roster_seq,
                 &Erasure::stored, &Erasure::uploads, &Erasure::target);
};

// What its author signed, of an opened record: content::decode_signed_content reads it, the entry's header and the
// device's key verify it.
struct SignedRecord {
  Seq seq;
  Bytes plaintext;
};

// An item that the server doesn't have yet, or that wasn't read back yet.
struct Waiting {
  RecordId id;
  std::uint16_t kind = 0;
  content::Content content;
  bool acknowledged = false;  // the server said it stands; not read back yet
  Code refused = Code::none;  // for good: it waits for its author (Retry, Discard), not for the server
};

enum class ChannelState : std::uint8_t {
  visible = 1,  // known, this device isn't in (yet)
  joining = 2,  // an own external Commit waits, or a Welcome is expected
  in = 3,
  out = 4,      // removed, or left
  stopped = 5,  // an ordered Commit had to be rejected: kept as evidence, nothing is applied any more
};
// Who changed who is admitted, and what held when this person last agreed.
struct AdmissionChange {
  MemberId by;
  policy::Admission before;
};
struct ChannelLook {
  ChannelId id;
  ChannelState state{};
  policy::ChannelPolicy policy;
  record::GroupEpoch at;
  record::LogHead head;              // as this client computed it
  std::vector<DeviceId> devices;     // leaves, in leaf order
  std::vector<MemberId> members;     // of the leaves, ascending
  bool admission_to_accept = false;  // changed and not yet seen by the person: nothing is sent
  std::optional<AdmissionChange> admission_change;
  Code alarm = Code::none;  // stands against the log: what is held may be old or another than others', nothing is sent
  bool history_complete = true;  // every older epoch of a shared channel is open
  Bytes epoch_authenticator;     // for the short words people compare; empty if not in
};

// An alarm as it is kept. It stands until a person who has looked at it puts it aside; found again, it stands again.
struct KeptAlarm {
  std::uint32_t number = 0;  // its name in this profile
  Alarm alarm;
  bool put_aside = false;
};

class Core {
 public:
  explicit Core(Random& random, Options options = {});
  ~Core();
  Core(Core&&) noexcept;
  Core& operator=(Core&&) noexcept;

  // --- The profile ----------------------------------------------------------------------------------------------
  // Keys are made by the first command (FoundNetwork or Join). Errors: too_large (passphrase), storage_full.
  Result<Effects> create(BytesView passphrase, Timestamp now);
  // All rows that were ever put and not erased, in any order. Errors: no_profile, wrong_passphrase, malformed,
  // unknown_version (a newer program wrote it).
  Result<Effects> open(std::vector<Row> rows, BytesView passphrase, Timestamp now);
  // The same by the computer's authenticator (Vault). Errors also: not_found (it was never kept).
  Result<Effects> open_by_computer(std::vector<Row> rows, const ComputerSecret& secret, Timestamp now);
  Result<Effects> keep_computer(BytesView passphrase, const ComputerKey& key, const ComputerSecret& secret);
  Effects forget_computer();
  // Another passphrase over the same store. Errors: as create, wrong_passphrase.
  Result<Effects> change_passphrase(BytesView old_passphrase, BytesView new_passphrase);

  // --- Inputs ---------------------------------------------------------------------------------------------------
  Effects start(Timestamp now);
  Effects on_connected(const api::ExporterValue& exporter, Timestamp now);
  Effects on_disconnected(const Error& why, Timestamp now);
  Effects on_frame(BytesView frame, Timestamp now);
  Effects on_time(Timestamp now);
  Effects on_transfer(std::uint32_t number, const Result<Bytes>& answer, Timestamp now);
  Effects run(std::uint32_t ticket, Command command, Timestamp now);

  // --- Looking --------------------------------------------------------------------------------------------------
  bool has_identity() const;
  const Self& self() const;  // programmer error without identity
  SessionState session() const;
  // How far this device's clock is before the server's (after: negative), as the last hello said. Times that are more
  // than five minutes ahead the server refuses.
  Duration clock_ahead() const;
  // Programmer error before the roster's first entry is there (has_identity() is enough).
  const roster::Roster& roster() const;
  std::vector<Bytes> roster_entries() const;  // encoded, from genesis: for verification and export
  // Nothing where the name can't be opened or the commitment is wrong.
  std::optional<PlainName> name_of(const MemberId& member) const;
  // The same with the salt of its commitment, for a proof that needs no directory key.
  std::optional<std::pair<PlainName, Salt>> revealed_name(const MemberId& member) const;
  std::optional<PlainName> name_on(const roster::InviteBody& invite) const;
  std::optional<PlainName> network_name() const;
  std::string device_label(const DeviceId& device) const;
  // What waits for consent and could still be placed, by id. Read anew at each connection and after each Approve.
  std::vector<WaitingStatement> statements() const;
  // Of a profile that waits for its re-entry to be confirmed: has_identity() is false until it is.
  std::optional<ReEntryAsked> asked_re_entry() const;
  // What two people are to compare before they confirm it. Errors: malformed, not_found (no request of a re-entry
  // here).
  Result<roster::PendingStatement> re_entry_request(std::string_view text) const;
  std::vector<Bytes> root_keys() const;  // public halves of those this profile holds, whether or not they count
  // 32 bytes of which both sides show words: over the person's device keys and the network's fingerprint.
  Hash32 comparison_hash(const MemberId& member) const;

  std::vector<ChannelId> channels() const;  // ascending
  std::optional<ChannelLook> channel(const ChannelId& id) const;
  std::string title(const ChannelId& id) const;  // newest channel_info; empty if none was opened
  // Records of the log (not handshakes) with a place above `after`, in order. Valid until the next input.
  std::vector<const Record*> records(const ChannelId& id, Seq after = Seq{}) const;
  std::vector<Erasure> erasures(const ChannelId& id) const;  // in the log's order
  // The channel and record of this id; nullopt if it isn't held.
  std::optional<ChannelId> channel_of(const RecordId& id) const;
  std::vector<Waiting> outbox(const ChannelId& id) const;
  // Uploads whose state is kept (KeepTransfer), and its parts by their numbers; none: not kept.
  std::vector<UploadId> kept_transfers() const;
  std::map<std::uint32_t, Bytes> kept_transfer(const UploadId& upload) const;
  // The text inside a version's file (KeepText); empty where none is kept.
  const std::string& text_of(const RecordId& version) const;
  std::vector<RecordId> kept_texts() const;
  const std::map<std::string, std::string>& drafts() const;  // KeepDraft's, by place
  Seq read_up_to(const ChannelId& id) const;                 // this member's newest read mark
  // Records that are there and can't be shown: unreadable, refused, of a later version or kind.
  std::size_t unreadable(const ChannelId& id) const;
  std::vector<Alarm> alarms() const;           // those that stand, oldest first
  std::vector<KeptAlarm> kept_alarms() const;  // all, by number
  // Stands against the server as a whole, or this profile (rolled_back); none: nothing does.
  Code network_alarm() const;
  // The entries of the log as the server gave them, for verification and export.
  std::vector<Bytes> log_entries(const ChannelId& id) const;
  // Of the opened records, in order; those of a sealed channel that an earlier version of this program opened lack.
  std::vector<SignedRecord> signed_records(const ChannelId& id) const;

 private:
  std::unique_ptr<CoreState> state_;
};

}  // namespace encuentro::client::core
