// What a person can ask of the core (docs: the command's verbs). Each command is answered by exactly one
// event `Done` or `Failed` with its ticket (events.h). Whoever stands at the edge turns words into ids before.
#pragma once

#include "client/core/fields.h"
#include "protocol/api/notice_calls.h"
#include "protocol/policy/channel_policy.h"
#include "protocol/roster/bodies.h"

namespace encuentro::client::core {

// A name of a person or network as it is typed; sealed under the directory key before it leaves.
struct PlainName {
  std::string name;
  std::string institution;
  std::string email;
  friend bool operator==(const PlainName&, const PlainName&) = default;
  static constexpr auto fields = std::tuple(&PlainName::name, &PlainName::institution, &PlainName::email);
};

// A file that goes with an item: inside it, up to limits::inline_attachment_bytes_max bytes, or by name of a version
// among the documents of the same channel, whose size and upload the core looks up.
struct OutgoingFile {
  std::string name;
  std::string media_type;
  Bytes bytes;  // empty with `version`
  std::optional<RecordId> version;
  static constexpr auto fields =
      std::tuple(&OutgoingFile::name, &OutgoingFile::media_type, &OutgoingFile::bytes, &OutgoingFile::version);
};

// --- Network and people ---------------------------------------------------------------------------------------

// Needs a profile without identity and a connection to an empty server. Outcome: Founded.
struct FoundNetwork {
  std::string address;  // HOST:PORT
  Hash32 spki;
  std::string name;
  PlainName member;
  std::string device_label;
  std::string one_time_code;  // empty from loopback
  static constexpr auto fields =
      std::tuple(&FoundNetwork::address, &FoundNetwork::spki, &FoundNetwork::name, &FoundNetwork::member,
                 &FoundNetwork::device_label, &FoundNetwork::one_time_code);
};

// Root keys sign it, so this device must hold enough of them. Outcome: RosterPlace.
struct AddCountry {
  std::string code;  // two upper-case letters
  std::string name;
  roster::CountryStatus status = roster::CountryStatus::member;
  roster::Voice voice = roster::Voice::any;
  std::vector<std::string> institutions;
  std::string decision;
  static constexpr auto fields = std::tuple(&AddCountry::code, &AddCountry::name, &AddCountry::status,
                                            &AddCountry::voice, &AddCountry::institutions, &AddCountry::decision);
};

// Outcome: Invited.
struct Invite {
  roster::Role role{};
  std::string country;  // empty for none
  bool principal = true;
  std::optional<ChannelId> channel;  // a participant's course
  std::optional<Timestamp> until;
  PlainName person;
  std::optional<Timestamp> expires;  // default: 14 days with a code, 72 hours without
  bool with_code = true;
  std::string designation;
  static constexpr auto fields =
      std::tuple(&Invite::role, &Invite::country, &Invite::principal, &Invite::channel, &Invite::until, &Invite::person,
                 &Invite::expires, &Invite::with_code, &Invite::designation);
};

// Enters with a link, for a person or for a further device of one. Needs a profile without identity; the edge connects
// to the address in the link when the core says so. Outcome: Joined.
struct Join {
  std::string link;
  std::string code;  // empty: provisional until confirmed
  std::string device_label;
  static constexpr auto fields = std::tuple(&Join::link, &Join::code, &Join::device_label);
};

// Confirms a provisional person or device, after the words were compared (views: words_to_compare). Outcome:
// RosterPlace.
struct Confirm {
  MemberId member;
  std::optional<DeviceId> device;
  static constexpr auto fields = std::tuple(&Confirm::member, &Confirm::device);
};

// A link for a further device of one's own. Outcome: Invited.
struct AddDevice {
  bool with_code = true;
  std::optional<Timestamp> expires;
  static constexpr auto fields = std::tuple(&AddDevice::with_code, &AddDevice::expires);
};

// Outcome: RosterPlace. Leaves that aren't admitted any more are removed from channels by the next who can.
struct RevokeDevice {
  DeviceId device;
  std::optional<RosterSeq> since;  // from which place on it isn't trusted; default: from here on
  static constexpr auto fields = std::tuple(&RevokeDevice::device, &RevokeDevice::since);
};
struct RevokeMember {
  MemberId member;
  std::optional<RosterSeq> since;
  static constexpr auto fields = std::tuple(&RevokeMember::member, &RevokeMember::since);
};

// --- Channels -------------------------------------------------------------------------------------------------

// Outcome: ChannelCreated. Adds this member's other devices and all devices of `members`; who else is admitted comes in
// by AddToChannel, or by itself where `self_join` says so.
struct CreateChannel {
  std::string title;
  policy::ChannelKind kind{};
  policy::History history = policy::History::shared;
  bool self_join = false;
  std::vector<std::string> countries;
  std::vector<roster::Role> roles;
  std::vector<MemberId> members;
  static constexpr auto fields =
      std::tuple(&CreateChannel::title, &CreateChannel::kind, &CreateChannel::history, &CreateChannel::self_join,
                 &CreateChannel::countries, &CreateChannel::roles, &CreateChannel::members);
};
// Adds the member's devices. If the policy names members and doesn't hold this one, admission is changed in the same
// Commit. Outcome: ChannelChanged.
struct AddToChannel {
  ChannelId channel;
  MemberId member;
  static constexpr auto fields = std::tuple(&AddToChannel::channel, &AddToChannel::member);
};
struct RemoveFromChannel {
  ChannelId channel;
  MemberId member;
  static constexpr auto fields = std::tuple(&RemoveFromChannel::channel, &RemoveFromChannel::member);
};
// A signed request that the next committer carries out. Outcome: Sent.
struct LeaveChannel {
  ChannelId channel;
  static constexpr auto fields = std::tuple(&LeaveChannel::channel);
};
// The person has seen that admission was changed; until then nothing is sent there. Outcome: Nothing.
struct AcceptAdmission {
  ChannelId channel;
  static constexpr auto fields = std::tuple(&AcceptAdmission::channel);
};

// --- Content; outcome Sent, when the server has it and it was read back -----------------------------------------

struct Announce {
  ChannelId channel;  // a board
  std::string title;
  std::string body;
  bool ask_ack = false;
  std::optional<Timestamp> ack_by;
  std::vector<OutgoingFile> files;
  static constexpr auto fields = std::tuple(&Announce::channel, &Announce::title, &Announce::body, &Announce::ask_ack,
                                            &Announce::ack_by, &Announce::files);
};
struct Send {
  ChannelId channel;
  std::string body;
  std::optional<RecordId> reply_to;
  std::vector<MemberId> mentions;
  std::vector<OutgoingFile> files;
  static constexpr auto fields =
      std::tuple(&Send::channel, &Send::body, &Send::reply_to, &Send::mentions, &Send::files);
};
struct Edit {
  ChannelId channel;
  RecordId item;
  std::string title;  // of an announcement; empty keeps it
  std::string body;
  std::vector<MemberId> mentions;  // as they are from now on
  static constexpr auto fields = std::tuple(&Edit::channel, &Edit::item, &Edit::title, &Edit::body, &Edit::mentions);
};
struct React {
  ChannelId channel;
  RecordId item;
  std::string emoji;  // empty takes it back
  static constexpr auto fields = std::tuple(&React::channel, &React::item, &React::emoji);
};
struct Mark {
  ChannelId channel;
  RecordId item;  // the newest that was read
  static constexpr auto fields = std::tuple(&Mark::channel, &Mark::item);
};
struct Acknowledge {
  ChannelId channel;
  RecordId item;
  static constexpr auto fields = std::tuple(&Acknowledge::channel, &Acknowledge::item);
};
struct Withdraw {
  ChannelId channel;
  RecordId item;
  static constexpr auto fields = std::tuple(&Withdraw::channel, &Withdraw::item);
};
struct SetTitle {
  ChannelId channel;
  std::string title;
  static constexpr auto fields = std::tuple(&SetTitle::channel, &SetTitle::title);
};
// Content of any kind, for what is built on the core (events, documents, ...): `content` is content::encode()'s.
struct Post {
  ChannelId channel;
  std::uint16_t kind = 0;
  Bytes content;
  std::vector<UploadId> pins;
  static constexpr auto fields = std::tuple(&Post::channel, &Post::kind, &Post::content, &Post::pins);
};

// --- Files: chunks travel beside the core (docs/PROTOCOL.md T), which has the server's leave for them and keeps what
// an edge needs to take up a transfer again.

// A token for chunks of a channel: to put those of `upload`, or to get any. Outcome: TransferAllowed.
struct AllowTransfer {
  ChannelId channel;
  std::optional<UploadId> upload;
  std::uint64_t bytes = 0;  // of an upload: content::FileShape::padded_bytes()
  static constexpr auto fields = std::tuple(&AllowTransfer::channel, &AllowTransfer::upload, &AllowTransfer::bytes);
};
// A part of an upload's state, sealed in the profile; Core::kept_transfer shows it. Outcome: Nothing, when stored. A
// Post that pins the upload forgets it in the same transaction.
struct KeepTransfer {
  UploadId upload;
  std::uint32_t part = 0;
  Bytes value;
  static constexpr auto fields = std::tuple(&KeepTransfer::upload, &KeepTransfer::part, &KeepTransfer::value);
};
// Outcome: Nothing.
struct ForgetTransfer {
  UploadId upload;
  static constexpr auto fields = std::tuple(&ForgetTransfer::upload);
};

// The bytes of uploads are taken from the server for good, by who sent them or whom the policy lets remove people. What
// was said of them stays: the entry that took them is signed, and Core::erasures shows it. Outcome: Sent.
struct EraseUploads {
  ChannelId channel;
  std::vector<UploadId> uploads;
  RecordId target;  // the record they belong to
  static constexpr auto fields = std::tuple(&EraseUploads::channel, &EraseUploads::uploads, &EraseUploads::target);
};
// How much this member and his country have at the server. Outcome: QuotaTold.
struct ReadQuota {
  static constexpr auto fields = std::tuple();
};
// The text inside a document version's file, sealed in the profile for the search (Core::text_of); empty: forgotten.
// Outcome: Nothing. Errors: too_large (more than bytes_max).
struct KeepText {
  static constexpr std::size_t bytes_max = 128 * limits::KiB;
  RecordId version;
  std::string text;
  static constexpr auto fields = std::tuple(&KeepText::version, &KeepText::text);
};

// Everything up to the heads told by the server, channels joined, outbox empty. Outcome: Nothing.
struct Sync {
  static constexpr auto fields = std::tuple();
};

// For whoever may add members, when a Commit had to be rejected: the channel goes on as a new group with the same
// policy, from the last good epoch, without the device that made that Commit. Who was in comes back by himself.
// Outcome: ChannelChanged.
struct RestartChannel {
  ChannelId channel;
  static constexpr auto fields = std::tuple(&RestartChannel::channel);
};

// --- Notices outside the space -----------------------------------------------------------------------------------

// Mails to this address that say only that there is something new; of this member, whichever device asked before.
// Errors: malformed, too_large (the address), not_found with rule "notices" (this server offers none). Outcome:
// Nothing.
struct SetNotices {
  std::string address;  // not looked at with `off`
  api::NoticeInterval interval = api::NoticeInterval::off;
  static constexpr auto fields = std::tuple(&SetNotices::address, &SetNotices::interval);
};
// Outcome: NoticesShown.
struct ShowNotices {
  static constexpr auto fields = std::tuple();
};

// --- What was typed is never lost ----------------------------------------------------------------------------------

// An item of the outbox that was refused for good (Waiting::refused) is sent again under its id. Outcome: Sent.
struct Retry {
  ChannelId channel;
  RecordId item;
  static constexpr auto fields = std::tuple(&Retry::channel, &Retry::item);
};
// Its author lets go of it. Outcome: Nothing.
struct Discard {
  ChannelId channel;
  RecordId item;
  static constexpr auto fields = std::tuple(&Discard::channel, &Discard::item);
};
// What is typed and not sent yet, sealed in the profile; Core::drafts shows it. An empty text forgets it. Outcome:
// Nothing, when stored. Errors: too_large, too_many (drafts_max).
struct KeepDraft {
  std::string place;  // which field or form; the edge's own name for it
  std::string text;
  static constexpr auto fields = std::tuple(&KeepDraft::place, &KeepDraft::text);
};

// A person has looked at an alarm (Core::kept_alarms): it isn't said any more, unless it is found again. Outcome:
// Nothing.
struct PutAlarmAside {
  std::uint32_t number = 0;
  static constexpr auto fields = std::tuple(&PutAlarmAside::number);
};

// --- What several sign, and offices that pass on (docs/PROTOCOL.md R5 to R7). Where the signatures held here are not
// enough the outcome is Proposed: the statement waits at the server for `Approve` by others.

// A key of the network, kept in this profile and no browser's; counts once new roots name it. Outcome: RootKeyMade.
struct MakeRootKey {
  static constexpr auto fields = std::tuple();
};
// The network's keys from here on: `threshold` of `keys` (32 bytes each). Outcome: RosterPlace or Proposed.
struct ProposeRoots {
  std::uint8_t threshold = 0;
  std::vector<Bytes> keys;
  static constexpr auto fields = std::tuple(&ProposeRoots::threshold, &ProposeRoots::keys);
};
// This person's consent to what waits under `id`. Outcome: RosterPlace or Proposed.
struct Approve {
  RecordId id;
  static constexpr auto fields = std::tuple(&Approve::id);
};
// Everything else of the country stays. Outcome: RosterPlace or Proposed.
struct SetCountryStatus {
  std::string code;
  roster::CountryStatus status{};
  std::string decision;
  static constexpr auto fields =
      std::tuple(&SetCountryStatus::code, &SetCountryStatus::status, &SetCountryStatus::decision);
};
// Also an objection to an invitation into one's own seat. Outcome: RosterPlace.
struct RevokeInvite {
  InviteId invite;
  static constexpr auto fields = std::tuple(&RevokeInvite::invite);
};
// The successor, who is in already, has the member's office from `start` on; the member goes at `end`. Outcome:
// RosterPlace or Proposed.
struct Relieve {
  MemberId member;
  MemberId successor;
  Timestamp start;
  Timestamp end;
  static constexpr auto fields = std::tuple(&Relieve::member, &Relieve::successor, &Relieve::start, &Relieve::end);
};
// The member goes at `end`, without a successor. Outcome: RosterPlace or Proposed.
struct EndRole {
  MemberId member;
  Timestamp end;
  static constexpr auto fields = std::tuple(&EndRole::member, &EndRole::end);
};

// A sheet to be printed and kept: a device of one's own that vouches for one other, once (docs/PROTOCOL.md E7). Join
// takes its link. Outcome: LinkMade.
struct AddSheet {
  std::string label;
  static constexpr auto fields = std::tuple(&AddSheet::label);
};
// Where a member who has lost everything begins (E8); the link opens nothing by itself. Join takes it and answers with
// ReEntryAsked. Outcome: LinkMade.
struct MakeReEntryLink {
  MemberId member;
  static constexpr auto fields = std::tuple(&MakeReEntryLink::member);
};
// After the six words were heard: by the text the new device shows, or (the second) by the statement's id. Outcome:
// RosterPlace or Proposed.
struct ConfirmReEntry {
  std::string request;
  std::optional<RecordId> id;
  static constexpr auto fields = std::tuple(&ConfirmReEntry::request, &ConfirmReEntry::id);
};

// Where the server is from here on and by which key it is known; `next_spki` counts too, for a renewal that comes.
// Errors: malformed (no address, too many, one too long), and those of propose(). Outcome: RosterPlace or Proposed.
struct SetServer {
  Hash32 spki;
  std::optional<Hash32> next_spki;
  std::vector<std::string> addresses;  // HOST:PORT
  static constexpr auto fields = std::tuple(&SetServer::spki, &SetServer::next_spki, &SetServer::addresses);
};

using Command =
    std::variant<FoundNetwork, AddCountry, Invite, Join, Confirm, AddDevice, RevokeDevice, RevokeMember, CreateChannel,
                 AddToChannel, RemoveFromChannel, LeaveChannel, AcceptAdmission, Announce, Send, Edit, React, Mark,
                 Acknowledge, Withdraw, SetTitle, Post, Sync, AllowTransfer, KeepTransfer, ForgetTransfer,
                 RestartChannel, EraseUploads, ReadQuota, SetNotices, ShowNotices, Retry, Discard, KeepDraft,
                 PutAlarmAside, MakeRootKey, ProposeRoots, Approve, SetCountryStatus, RevokeInvite, Relieve, EndRole,
                 AddSheet, MakeReEntryLink, ConfirmReEntry, KeepText, SetServer>;

}  // namespace encuentro::client::core
