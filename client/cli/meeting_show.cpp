#include "client/cli/meeting_show.h"

#include <algorithm>

#include "client/cli/clock.h"
#include "client/cli/initiative_show.h"
#include "client/cli/show.h"

namespace encuentro::client::cli {

using content::Meeting;
using nlohmann::json;

std::vector<FoundMeeting> all_meetings(const core::Core& core) {
  std::vector<FoundMeeting> all;
  for (const ChannelId& channel : core.channels()) {
    for (auto& entry : views::meetings(core, channel)) all.push_back({channel, std::move(entry)});
  }
  std::stable_sort(all.begin(), all.end(), [](const FoundMeeting& a, const FoundMeeting& b) {
    return a.entry.words.start < b.entry.words.start;
  });
  return all;
}

Result<FoundMeeting> meeting_named(const core::Core& core, const std::string& words) {
  constexpr std::size_t digits_min = 4;
  std::optional<FoundMeeting> found;
  for (auto& candidate : all_meetings(core)) {
    bool by_id = words.size() >= digits_min && hex(candidate.entry.id.view()).starts_with(words);
    if (!by_id && candidate.entry.words.title != words) continue;
    if (found) return fail(Code::ambiguous);
    found = std::move(candidate);
  }
  if (!found) return fail(Code::not_found, "meeting");
  return std::move(*found);
}

json json_of(const Telling& telling, const FoundMeeting& found) {
  json documents = json::array(), decisions = json::array();
  for (const RecordId& document : found.entry.documents) documents.push_back(hex(document.view()));
  for (const views::MeetingDecision& decision : found.entry.decisions) {
    decisions.push_back({{"id", hex(decision.id.view())},
                         {"title", decision.title},
                         {"text", decision.text},
                         {"name", author_name(telling, decision.author)},
                         {"time", rfc3339(decision.time)}});
  }
  const Meeting& words = found.entry.words;
  return {{"id", hex(found.entry.id.view())},
          {"channel", hex(found.channel.view())},
          {"title", words.title},
          {"start", words.start},
          {"end", words.end},
          {"place", words.place},
          {"host", words.host},
          {"agenda", words.text},
          {"countries", found.entry.countries},
          {"documents", documents},
          {"decisions", decisions},
          {"author", hex(found.entry.convened_by.member.view())},
          {"name", author_name(telling, found.entry.convened_by)}};
}

std::string line_of(const FoundMeeting& found) {
  const Meeting& words = found.entry.words;
  std::string days = words.start + (words.end == words.start ? "" : " – " + words.end);
  return hex(found.entry.id.view()).substr(0, 8) + "  " + days + "  " + words.title +
         (words.place.empty() ? "" : " · " + words.place);
}

std::string text_of(const Telling& telling, const FoundMeeting& found, const Catalogue& words) {
  std::string text = line_of(found);
  if (!found.entry.words.host.empty()) {
    text += "\n" + words.text("meeting.host", {{"country", country_name(telling, found.entry.words.host, words)}});
  }
  std::string names;
  for (const std::string& code : found.entry.countries) {
    names += (names.empty() ? "" : ", ") + country_name(telling, code, words);
  }
  if (!names.empty()) text += "\n" + words.text("report.present", {{"names", names}});
  if (!found.entry.words.text.empty()) text += "\n\n" + words.text("meeting.agenda") + "\n" + found.entry.words.text;
  for (const RecordId& document : found.entry.documents) {
    text += "\n" + words.text("meeting.document", {{"name", telling.document_name(found.channel, document)}});
  }
  std::size_t number = 0;
  for (const views::MeetingDecision& decision : found.entry.decisions) {
    text += "\n\n" + words.text("meeting.decision", {{"number", std::to_string(++number)}}) + " " + decision.title;
    if (!decision.text.empty()) text += "\n" + decision.text;
  }
  return text;
}

}  // namespace encuentro::client::cli
