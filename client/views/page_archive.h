// A channel's national initiatives and meetings, as they stand: what the page's copy of everything holds of them.
#pragma once

#include "client/core/core.h"
#include "client/views/page_author.h"

namespace encuentro::client::views {

// What came with one wording.
struct PageInitiativeVersion {
  RecordId id;
  std::vector<PageFile> files;
  static constexpr auto fields = std::tuple(&PageInitiativeVersion::id, &PageInitiativeVersion::files);
};
struct PageInitiative {
  RecordId id;
  PageAuthor author;  // who filed it
  Timestamp time;
  std::string country;  // its code; empty: the network's own
  std::string date;
  std::string theme;
  std::string title;
  std::string text;
  std::string confirm_by;  // the last day for the country's word; empty: none
  std::uint8_t state = 0;  // InitiativeState
  std::vector<PageAuthor> confirmed_by;
  std::optional<RecordId> original;             // in the country's drafts channel
  std::vector<PageInitiativeVersion> versions;  // the last one stands
  static constexpr auto fields =
      std::tuple(&PageInitiative::id, &PageInitiative::author, &PageInitiative::time, &PageInitiative::country,
                 &PageInitiative::date, &PageInitiative::theme, &PageInitiative::title, &PageInitiative::text,
                 &PageInitiative::confirm_by, &PageInitiative::state, &PageInitiative::confirmed_by,
                 &PageInitiative::original, &PageInitiative::versions);
};
struct PageDecision {
  RecordId id;
  PageAuthor author;
  Timestamp time;
  std::string title;
  std::string text;
  static constexpr auto fields = std::tuple(&PageDecision::id, &PageDecision::author, &PageDecision::time,
                                            &PageDecision::title, &PageDecision::text);
};
struct PageMeeting {
  RecordId id;
  PageAuthor author;  // who convened it
  std::string title;
  std::string start;
  std::string end;
  std::string place;
  std::string host;  // a country's code, or empty
  std::string agenda;
  std::vector<std::string> countries;  // that were there
  std::vector<RecordId> documents;
  std::vector<PageDecision> decisions;
  static constexpr auto fields =
      std::tuple(&PageMeeting::id, &PageMeeting::author, &PageMeeting::title, &PageMeeting::start, &PageMeeting::end,
                 &PageMeeting::place, &PageMeeting::host, &PageMeeting::agenda, &PageMeeting::countries,
                 &PageMeeting::documents, &PageMeeting::decisions);
};
struct PageArchive {
  std::vector<PageInitiative> initiatives;  // by date
  std::vector<PageMeeting> meetings;        // by start
  static constexpr auto fields = std::tuple(&PageArchive::initiatives, &PageArchive::meetings);
};

struct AskArchive {
  using Answer = PageArchive;
  ChannelId channel;
  static constexpr auto fields = std::tuple(&AskArchive::channel);
};
AskArchive::Answer archive(const core::Core& core, const ChannelId& channel);

}  // namespace encuentro::client::views
