// What the core says to whoever shows it: answers to commands, and what changed. Words for people are the edge's.
#pragma once

#include "client/core/fields.h"
#include "protocol/api/notice_calls.h"
#include "protocol/base/error.h"

namespace encuentro::client::core {

// --- Outcomes of commands -----------------------------------------------------------------------------------------

struct Nothing {
  static constexpr auto fields = std::tuple();
};
struct Founded {
  NetworkId network;
  Hash32 fingerprint;
  MemberId member;
  DeviceId device;
  ChannelId general_board;
  ChannelId focal_points_board;
  static constexpr auto fields = std::tuple(&Founded::network, &Founded::fingerprint, &Founded::member,
                                            &Founded::device, &Founded::general_board, &Founded::focal_points_board);
};
struct RosterPlace {
  RosterSeq seq;
  static constexpr auto fields = std::tuple(&RosterPlace::seq);
};
struct Invited {
  std::string link;
  std::string code;  // 8 digits; empty without
  Timestamp expires;
  MemberId member;
  static constexpr auto fields = std::tuple(&Invited::link, &Invited::code, &Invited::expires, &Invited::member);
};
struct Joined {
  NetworkId network;
  Hash32 fingerprint;
  MemberId member;
  DeviceId device;
  bool provisional = false;
  static constexpr auto fields =
      std::tuple(&Joined::network, &Joined::fingerprint, &Joined::member, &Joined::device, &Joined::provisional);
};
struct ChannelCreated {
  ChannelId channel;
  static constexpr auto fields = std::tuple(&ChannelCreated::channel);
};
// A Commit stands. Devices without a KeyPackage at the server could not be added: somebody does it later.
struct ChannelChanged {
  ChannelId channel;
  Epoch epoch;
  std::vector<DeviceId> without_key_package;
  static constexpr auto fields =
      std::tuple(&ChannelChanged::channel, &ChannelChanged::epoch, &ChannelChanged::without_key_package);
};
struct Sent {
  ChannelId channel;
  RecordId id;
  Seq seq;
  static constexpr auto fields = std::tuple(&Sent::channel, &Sent::id, &Sent::seq);
};
// The token goes into `Authorization: Bearer` of PUT and GET /v1/chunk/CHANNEL/HEX.
struct TransferAllowed {
  std::string token;
  Timestamp expires;
  static constexpr auto fields = std::tuple(&TransferAllowed::token, &TransferAllowed::expires);
};
// Bytes of documents, as they lie sealed at the server, and what they may be at most; the member's are among the
// country's.
struct QuotaTold {
  std::uint64_t country_bytes = 0;
  std::uint64_t country_bytes_max = 0;
  std::uint64_t member_bytes = 0;
  std::uint64_t member_bytes_max = 0;
  static constexpr auto fields = std::tuple(&QuotaTold::country_bytes, &QuotaTold::country_bytes_max,
                                            &QuotaTold::member_bytes, &QuotaTold::member_bytes_max);
};
// What stands for this member's notices outside the space.
struct NoticesShown {
  bool offered = false;  // this server has somebody who sends them
  api::NoticeInterval interval = api::NoticeInterval::off;
  Timestamp since;  // of the last word on it; zero: none was ever given
  Bytes key;        // of who sends: what the address is sealed to
  static constexpr auto fields =
      std::tuple(&NoticesShown::offered, &NoticesShown::interval, &NoticesShown::since, &NoticesShown::key);
};
// Waits at the server for others' consent: `have` of `need` root keys, member countries or confirming people.
struct Proposed {
  RecordId id;
  std::uint32_t have = 0;
  std::uint32_t need = 0;
  static constexpr auto fields = std::tuple(&Proposed::id, &Proposed::have, &Proposed::need);
};
struct RootKeyMade {
  Bytes key;  // its public half, 32 bytes
  static constexpr auto fields = std::tuple(&RootKeyMade::key);
};
struct LinkMade {
  std::string link;
  std::optional<DeviceId> sheet;  // of an access sheet
  static constexpr auto fields = std::tuple(&LinkMade::link, &LinkMade::sheet);
};
// The new device waits for two people, who compare the words of `comparison` (roster::re_entry_comparison).
struct ReEntryAsked {
  std::string request;  // for the first who confirms: the statement, base64url
  Hash32 comparison;
  Timestamp expires;
  static constexpr auto fields = std::tuple(&ReEntryAsked::request, &ReEntryAsked::comparison, &ReEntryAsked::expires);
};
using Outcome = std::variant<Nothing, Founded, RosterPlace, Invited, Joined, ChannelCreated, ChannelChanged, Sent,
                             TransferAllowed, QuotaTold, NoticesShown, Proposed, RootKeyMade, LinkMade, ReEntryAsked>;

// An error as it crosses the port.
struct Failure {
  Code code = Code::none;
  std::string rule;
  std::uint64_t expected = 0;
  std::uint64_t got = 0;
  static constexpr auto fields = std::tuple(&Failure::code, &Failure::rule, &Failure::expected, &Failure::got);
};

// --- Events -------------------------------------------------------------------------------------------------------

struct Done {
  std::uint32_t ticket = 0;
  Outcome outcome;
  static constexpr auto fields = std::tuple(&Done::ticket, &Done::outcome);
};
struct Failed {
  std::uint32_t ticket = 0;
  Failure failure;
  static constexpr auto fields = std::tuple(&Failed::ticket, &Failed::failure);
};
// The command's item is in the outbox under this id (and stays there when the answer doesn't come in time).
struct Queued {
  std::uint32_t ticket = 0;
  ChannelId channel;
  RecordId id;
  static constexpr auto fields = std::tuple(&Queued::ticket, &Queued::channel, &Queued::id);
};

enum class SessionState : std::uint8_t { offline = 1, connecting = 2, catching_up = 3, online = 4 };
struct SessionChanged {
  SessionState state{};
  Failure why;  // of going offline; Code::none otherwise
  static constexpr auto fields = std::tuple(&SessionChanged::state, &SessionChanged::why);
};
struct RosterChanged {
  RosterSeq seq;
  static constexpr auto fields = std::tuple(&RosterChanged::seq);
};
// The channel's members, title, epoch or state changed.
struct ChannelUpdated {
  ChannelId channel;
  static constexpr auto fields = std::tuple(&ChannelUpdated::channel);
};
// A record was opened or shown as unreadable. Older ones also come later, when history opens.
struct RecordRead {
  ChannelId channel;
  Seq seq;
  static constexpr auto fields = std::tuple(&RecordRead::channel, &RecordRead::seq);
};
struct OutboxChanged {
  ChannelId channel;
  RecordId id;
  static constexpr auto fields = std::tuple(&OutboxChanged::channel, &OutboxChanged::id);
};
// Something that must not be: fork, gap, replayed, reordered, rolled_back, stale_roster, bad_link, policy_violation,
// ... The evidence (record::Evidence or what the code says) is kept in the store and belongs into a file.
struct Alarm {
  Code code = Code::none;
  std::string rule;
  std::optional<ChannelId> channel;
  std::optional<DeviceId> device;  // who, where one is to blame
  Seq seq;
  Timestamp time;
  Bytes evidence;
  static constexpr auto fields = std::tuple(&Alarm::code, &Alarm::rule, &Alarm::channel, &Alarm::device, &Alarm::seq,
                                            &Alarm::time, &Alarm::evidence);
};

// What waits for several people's consent is another than before (Core::statements).
struct StatementsChanged {
  static constexpr auto fields = std::tuple();
};

// Somebody of one's own seat, or oneself, came back by re-entry: told to everybody there, so that a false one is
// noticed.
struct ReEntered {
  MemberId member;
  RosterSeq seq;
  static constexpr auto fields = std::tuple(&ReEntered::member, &ReEntered::seq);
};

using Event = std::variant<Done, Failed, Queued, SessionChanged, RosterChanged, ChannelUpdated, RecordRead,
                           OutboxChanged, Alarm, StatementsChanged, ReEntered>;

}  // namespace encuentro::client::core
