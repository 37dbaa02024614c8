// What a screen asks and what it is answered: views flattened into structs that cross the core's port as encode_fields
// writes them (client/core/fields.h). The browser's worker and the local page of `encuentro ui` carry the same bytes;
// web/src/wire/views.ts mirrors them in this order.
#pragma once

#include "client/views/page_calendar.h"
#include "client/views/page_documents.h"

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
  std::vector<MemberId> members;
  std::optional<PageItem> last;
  static constexpr auto fields = std::tuple(
      &PageChannel::id, &PageChannel::title, &PageChannel::kind, &PageChannel::history, &PageChannel::general,
      &PageChannel::state, &PageChannel::unread, &PageChannel::may_post, &PageChannel::admission_to_accept,
      &PageChannel::history_complete, &PageChannel::members, &PageChannel::last);
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
  static constexpr auto fields = std::tuple(&PagePerson::member, &PagePerson::name, &PagePerson::institution,
                                            &PagePerson::email, &PagePerson::country, &PagePerson::role,
                                            &PagePerson::principal, &PagePerson::standing, &PagePerson::devices);
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
  static constexpr auto fields = std::tuple(&PageSelf::person, &PageSelf::device, &PageSelf::network,
                                            &PageSelf::address, &PageSelf::words, &PageSelf::session);
};

// --- Questions ------------------------------------------------------------------------------------------------------

struct AskSelf {
  using Answer = std::optional<PageSelf>;  // nothing: no identity yet
  static constexpr auto fields = std::tuple();
};
struct AskChannels {
  using Answer = std::vector<PageChannel>;
  static constexpr auto fields = std::tuple();
};
struct AskConversation {
  using Answer = std::optional<PageConversation>;
  ChannelId channel;
  std::uint32_t count = 0;
  static constexpr auto fields = std::tuple(&AskConversation::channel, &AskConversation::count);
};
struct AskBoards {
  using Answer = std::vector<PageAnnouncement>;
  static constexpr auto fields = std::tuple();
};
struct AskDirectory {
  using Answer = PageDirectory;
  static constexpr auto fields = std::tuple();
};
struct AskAlarms {
  using Answer = std::vector<core::Alarm>;
  static constexpr auto fields = std::tuple();
};
// The words both sides read to each other.
struct AskComparison {
  using Answer = std::string;
  MemberId member;
  static constexpr auto fields = std::tuple(&AskComparison::member);
};
using Question = std::variant<AskSelf, AskChannels, AskConversation, AskBoards, AskDirectory, AskAlarms, AskComparison,
                              AskCalendar, AskLibrary>;

// The answer to any question, as encode_fields(Answer). Before there is an identity every list is empty.
Bytes answer(const core::Core& core, const Question& question);

inline constexpr std::size_t fingerprint_words = 6;

}  // namespace encuentro::client::views
