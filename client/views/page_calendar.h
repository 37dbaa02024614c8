// The calendar of everything this device can read, as a screen asks for it. The iCalendar objects go whole to the page,
// which has a reader of its own (docs/decisions, 0012).
#pragma once

#include "client/views/page_author.h"

namespace encuentro::client::views {

struct PageEventVersion {
  RecordId id;
  PageAuthor author;
  Timestamp time;
  std::uint8_t act = 0;  // content::EventAct
  std::string title;
  std::string calendar;  // of the one that stands and of displaced ones; empty for those that were replaced
  bool waiting = false;
  bool displaced = false;
  std::vector<PageFile> files;
  static constexpr auto fields =
      std::tuple(&PageEventVersion::id, &PageEventVersion::author, &PageEventVersion::time, &PageEventVersion::act,
                 &PageEventVersion::title, &PageEventVersion::calendar, &PageEventVersion::waiting,
                 &PageEventVersion::displaced, &PageEventVersion::files);
};
struct PageEventAnswer {
  PageAuthor author;
  Timestamp time;
  std::uint8_t attendance = 0;  // content::Attendance
  bool to_current = false;      // the version that stands was answered
  static constexpr auto fields = std::tuple(&PageEventAnswer::author, &PageEventAnswer::time,
                                            &PageEventAnswer::attendance, &PageEventAnswer::to_current);
};
struct PageCountryAnswer {
  std::string country;
  std::uint8_t attendance = 0;
  static constexpr auto fields = std::tuple(&PageCountryAnswer::country, &PageCountryAnswer::attendance);
};
struct PageEvent {
  RecordId id;
  ChannelId channel;
  std::string uid;
  bool cancelled = false;
  bool conflict = false;
  bool may_post = false;                   // whether this device can change and answer it
  std::vector<RecordId> tips;              // what a change is built on
  std::vector<PageEventVersion> versions;  // the last one stands
  std::vector<PageEventAnswer> answers;
  std::vector<PageCountryAnswer> countries;
  static constexpr auto fields = std::tuple(&PageEvent::id, &PageEvent::channel, &PageEvent::uid, &PageEvent::cancelled,
                                            &PageEvent::conflict, &PageEvent::may_post, &PageEvent::tips,
                                            &PageEvent::versions, &PageEvent::answers, &PageEvent::countries);
};

// Events in no order: when they take place is in the objects.
struct AskCalendar {
  using Answer = std::vector<PageEvent>;
  std::optional<ChannelId> channel;  // nothing: of every channel
  static constexpr auto fields = std::tuple(&AskCalendar::channel);
};
AskCalendar::Answer answer_to(const core::Core& core, const AskCalendar& question);

}  // namespace encuentro::client::views
