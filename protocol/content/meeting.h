// Meetings of the network (FORMATS §6.4, kind 33): convened with an agenda, who was there by country, which documents
// were before it, what it decided.
#pragma once

#include "protocol/content/stated_fields.h"

namespace encuentro::content {

enum class MeetingAct : std::uint8_t { convene = 1, change = 2, attendance = 3, document = 4, decision = 5 };

struct Meeting {
  MeetingAct act = MeetingAct::convene;
  std::optional<RecordId> meeting;  // the record that convened it; nothing in a `convene`
  // Of `convene` and `change`, each time whole:
  std::string host;   // a country's code, or empty
  std::string start;  // a date: a day, or a month or year where no more is known
  std::string end;    // a date, not before `start`
  std::string place;  // a line, or empty
  std::string title;  // a line; of a decision too
  std::string text;   // the agenda, or the decision's text: Markdown
  std::vector<Attachment> attachments;
  std::vector<std::string> countries;  // of `attendance`: ascending, distinct; whoever was there
  std::optional<RecordId> document;    // of `document`: a document of the same channel
  friend bool operator==(const Meeting&, const Meeting&) = default;
};

Content content_of(const Meeting& meeting);
// Errors: malformed (rule: what), too_large, unknown_version (an act this client doesn't know).
Result<Meeting> meeting_of(const Content& content);

}  // namespace encuentro::content
