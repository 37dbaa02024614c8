// Re-entry as a screen asks for it (docs/PROTOCOL.md E8): what this device has asked for, and what others ask of this
// person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/core/core.h"

namespace encuentro::client::views {

// This device waits for two people.
struct PageAsked {
  std::string request;  // what the first of them is sent
  std::string words;    // both sides compare them
  Timestamp expires;
  static constexpr auto fields = std::tuple(&PageAsked::request, &PageAsked::words, &PageAsked::expires);
};
// Somebody else's request.
struct PageComingBack {
  RecordId id;
  MemberId member;
  std::string words;
  Timestamp expires;
  bool signed_here = false;
  static constexpr auto fields = std::tuple(&PageComingBack::id, &PageComingBack::member, &PageComingBack::words,
                                            &PageComingBack::expires, &PageComingBack::signed_here);
};
struct PageReEntry {
  std::optional<PageAsked> own;
  std::vector<PageComingBack> waiting;  // at the server, for a further word
  std::optional<PageComingBack> read;   // what the question's text says; nothing: it is no request
  static constexpr auto fields = std::tuple(&PageReEntry::own, &PageReEntry::waiting, &PageReEntry::read);
};

struct AskReEntry {
  using Answer = PageReEntry;
  std::string request;  // as the new device shows it; empty: none to read
  static constexpr auto fields = std::tuple(&AskReEntry::request);
};
PageReEntry re_entry(const core::Core& core, const AskReEntry& question);

}  // namespace encuentro::client::views
