// What a screen asks and what it is answered: views flattened into structs that cross the core's port as encode_fields
// writes them (client/core/fields.h). The browser's worker and the local page of `encuentro ui` carry the same bytes;
// web/src/wire/views.ts mirrors them in this order.
#pragma once

#include "client/views/page_archive.h"
#include "client/views/page_calendar.h"
#include "client/views/page_documents.h"
#include "client/views/page_offices.h"
#include "client/views/page_proof.h"
#include "client/views/page_re_entry.h"
#include "client/views/page_statements.h"
#include "client/views/search.h"

namespace encuentro::client::views {

// --- Answers --------------------------------------------------------------------------------------------------------

struct PageReaction {
  std::string emoji;
  std::vector<std::string> names;
  bool own = false;
  static constexpr auto fields = std::tuple(&PageReaction::emoji, &PageReaction::names, &PageReaction::own);
};
struct PageItem {
  RecordId id;
  Seq seq;
  PageAuthor author;
  Timestamp time;
  Timestamp stored;
  core::Reading reading{};
  Code problem = Code::none;
  std::uint16_t kind = 0;
  std::string title;
  std::string body;
  std::optional<RecordId> reply;
  bool edited = false;
  bool withdrawn = false;
  Sending sending{};
  std::vector<PageReaction> reactions;
  bool mentions_me = false;
  std::vector<PageFile> files;
  static constexpr auto fields = std::tuple(
      &PageItem::id, &PageItem::seq, &PageItem::author, &PageItem::time, &PageItem::stored, &PageItem::reading,
      &PageItem::problem, &PageItem::kind, &PageItem::title, &PageItem::body, &PageItem::reply, &PageItem::edited,
      &PageItem::withdrawn, &PageItem::sending, &PageItem::reactions, &PageItem::mentions_me, &PageItem::files);
};
struct PageAnnouncement {
  ChannelId channel;
  bool general = false;
  std::uint64_t number = 0;
  PageItem item;
  std::optional<Timestamp> acknowledge_by;  // asked for; 0: without a date
  std::vector<std::string> acknowledged;    // country codes
  std::vector<std::string> acknowledged_people;
  bool waits_for_me = false;  // asked for, and neither this country nor this person has
  bool done_by_mine = false;
  std::vector<std::string> missing;  // country codes; for the Secretariat alone
  static constexpr auto fields = std::tuple(
      &PageAnnouncement::channel, &PageAnnouncement::general, &PageAnnouncement::number, &PageAnnouncement::item,
      &PageAnnouncement::acknowledge_by, &PageAnnouncement::acknowledged, &PageAnnouncement::acknowledged_people,
      &PageAnnouncement::waits_for_me, &PageAnnouncement::done_by_mine, &PageAnnouncement::missing);
};
struct PageChannel {
  ChannelId id;
  std::string title;
  std::uint8_t kind = 0;
  std::uint8_t history = 0;
  bool general = false;  // of boards: everybody's
  core::ChannelState state{};
  std::uint32_t unread = 0;
  bool may_post = false;
  bool admission_to_accept = false;
  bool history_complete = true;
  bool may_add = false;
  bool may_remove = false;
  std::vector<std::string> countries;  // admitted; empty: all
  std::vector<MemberId> members;
  std::optional<PageItem> last;
  static constexpr auto fields =
      std::tuple(&PageChannel::id, &PageChannel::title, &PageChannel::kind, &PageChannel::history,
                 &PageChannel::general, &PageChannel::state, &PageChannel::unread, &PageChannel::may_post,
                 &PageChannel::admission_to_accept, &PageChannel::history_complete, &PageChannel::may_add,
                 &PageChannel::may_remove, &PageChannel::countries, &PageChannel::members, &PageChannel::last);
};
struct PageConversation {
  PageChannel channel;
  std::vector<PageItem> items;  // the newest ones, in the log's order
  std::uint32_t earlier = 0;    // how many more came before
  Seq read_up_to;
  static constexpr auto fields = std::tuple(&PageConversation::channel, &PageConversation::items,
                                            &PageConversation::earlier, &PageConversation::read_up_to);
};
struct PageDevice {
  DeviceId id;
  std::uint8_t kind = 0;
  std::string label;
  std::uint8_t standing = 0;
  bool current = false;
  static constexpr auto fields =
      std::tuple(&PageDevice::id, &PageDevice::kind, &PageDevice::label, &PageDevice::standing, &PageDevice::current);
};
struct PagePerson {
  MemberId member;
  std::string name;
  std::string institution;
  std::string email;
  std::string country;
  std::uint8_t role = 0;
  bool principal = false;
  std::uint8_t standing = 0;
  std::vector<PageDevice> devices;
  std::optional<Timestamp> no_position_before;  // after a re-entry that nobody of the seat has confirmed
  static constexpr auto fields =
      std::tuple(&PagePerson::member, &PagePerson::name, &PagePerson::institution, &PagePerson::email,
                 &PagePerson::country, &PagePerson::role, &PagePerson::principal, &PagePerson::standing,
                 &PagePerson::devices, &PagePerson::no_position_before);
};
struct PageCountry {
  std::string code;
  std::string name;
  std::uint8_t status = 0;
  bool joint = false;
  std::vector<std::string> institutions;
  static constexpr auto fields = std::tuple(&PageCountry::code, &PageCountry::name, &PageCountry::status,
                                            &PageCountry::joint, &PageCountry::institutions);
};
struct PageDirectory {
  std::vector<PageCountry> countries;
  std::vector<PagePerson> people;
  static constexpr auto fields = std::tuple(&PageDirectory::countries, &PageDirectory::people);
};
struct PageSelf {
  PagePerson person;
  DeviceId device;
  std::string network;
  std::string address;
  std::string words;  // of the network's fingerprint
  core::SessionState session{};
  bool clock_wrong = false;  // differs from the server's by more than clock_off_max
  static constexpr auto fields =
      std::tuple(&PageSelf::person, &PageSelf::device, &PageSelf::network, &PageSelf::address, &PageSelf::words,
                 &PageSelf::session, &PageSelf::clock_wrong);
};

struct PageDraft {
  std::string place;
  std::string text;
  static constexpr auto fields = std::tuple(&PageDraft::place, &PageDraft::text);
};
// What a search found, the newest first.
struct PageFound {
  ChannelId channel;
  RecordId id;            // of the item, event or document
  std::uint8_t kind = 0;  // FoundKind
  PageAuthor author;
  Timestamp time;
  std::string title;
  std::string excerpt;  // around the first word that was sought
  static constexpr auto fields = std::tuple(&PageFound::channel, &PageFound::id, &PageFound::kind, &PageFound::author,
                                            &PageFound::time, &PageFound::title, &PageFound::excerpt);
};
struct PageFindings {
  std::uint32_t total = 0;
  std::uint32_t searched = 0;  // how many texts this device holds
  std::vector<PageFound> found;
  static constexpr auto fields = std::tuple(&PageFindings::total, &PageFindings::searched, &PageFindings::found);
};

// --- Questions ------------------------------------------------------------------------------------------------------

struct AskSelf {
  using Answer = std::optional<PageSelf>;  // nothing: no identity yet
  static constexpr auto fields = std::tuple();
};
struct AskChannels {
  using Answer = std::vector<PageChannel>;
  std::optional<ChannelId> channel;  // nothing: all
  static constexpr auto fields = std::tuple(&AskChannels::channel);
};
struct AskConversation {
  using Answer = std::optional<PageConversation>;
  ChannelId channel;
  std::uint32_t count = 0;
  static constexpr auto fields = std::tuple(&AskConversation::channel, &AskConversation::count);
};
struct AskBoards {
  using Answer = std::vector<PageAnnouncement>;
  std::optional<ChannelId> channel;  // nothing: all
  static constexpr auto fields = std::tuple(&AskBoards::channel);
};
struct AskDirectory {
  using Answer = PageDirectory;
  static constexpr auto fields = std::tuple();
};
// Those that stand, by the number that puts one aside.
struct PageAlarm {
  std::uint32_t number = 0;
  core::Alarm alarm;
  static constexpr auto fields = std::tuple(&PageAlarm::number, &PageAlarm::alarm);
};
struct AskAlarms {
  using Answer = std::vector<PageAlarm>;
  static constexpr auto fields = std::tuple();
};
// The words both sides read to each other when one confirms or doubts a person.
struct AskComparison {
  using Answer = std::string;
  MemberId member;
  static constexpr auto fields = std::tuple(&AskComparison::member);
};
// What is typed and not sent (client/core/commands.h: KeepDraft).
struct AskDrafts {
  using Answer = std::vector<PageDraft>;
  static constexpr auto fields = std::tuple();
};
struct AskSearch {
  using Answer = PageFindings;
  std::string query;
  std::uint32_t count = 0;  // at most so many
  static constexpr auto fields = std::tuple(&AskSearch::query, &AskSearch::count);
};
using Question = std::variant<AskSelf, AskChannels, AskConversation, AskBoards, AskDirectory, AskAlarms, AskComparison,
                              AskCalendar, AskLibrary, AskDrafts, AskSearch, AskReEntry, AskShortWords, AskEvidence,
                              AskStatements, AskOffices, AskArchive>;

// The answer to any question, as encode_fields(Answer). Before there is an identity every list is empty.
Bytes answer(const core::Core& core, const Question& question);
// The same with a search that is made already: whoever asks often keeps it as long as nothing came.
PageFindings findings(const core::Core& core, Search& search, const AskSearch& question);

inline constexpr std::size_t fingerprint_words = 6;
inline constexpr Duration clock_off_max = minutes(5);
inline constexpr std::size_t query_bytes_max = 256;
inline constexpr std::size_t excerpt_bytes_max = 240;

}  // namespace encuentro::client::views
