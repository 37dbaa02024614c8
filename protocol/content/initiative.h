// National initiatives (FORMATS §6.3, kind 32): what a country did for prevention, filed as a record, corrected, and
// confirmed or withheld by the country itself. An annual report is drawn from what is confirmed.
#pragma once

#include "protocol/content/stated_fields.h"

namespace encuentro::content {

enum class InitiativeAct : std::uint8_t { file = 1, correct = 2, confirm = 3, withhold = 4 };

struct Initiative {
  InitiativeAct act = InitiativeAct::file;
  std::optional<RecordId> initiative;  // the record that filed it; nothing in a `file`
  // Of `confirm` and `withhold`: the record (file or correct) whose words are meant.
  std::optional<RecordId> version;
  // Of `file` and `correct`, each time whole:
  std::string country;     // its code; empty: the network's own
  std::string date;        // "2017", "2017-06" or "2017-06-04"
  std::string theme;       // a line, or empty
  std::string confirm_by;  // the last day for the country's word; empty: none
  std::string title;       // a line
  std::string text;        // Markdown
  std::vector<Attachment> attachments;
  // Of words in a country's drafts channel: where they are to stand once the country has confirmed them.
  std::optional<ChannelId> destination;
  // Of words that stand there: the record in the drafts channel (filed or corrected) that was confirmed.
  std::optional<RecordId> original;
  friend bool operator==(const Initiative&, const Initiative&) = default;
};

// Time and zone are the caller's to set.
Content content_of(const Initiative& initiative);
// Errors: malformed (rule: what), unknown_version (an act this client doesn't know).
Result<Initiative> initiative_of(const Content& content);

}  // namespace encuentro::content
