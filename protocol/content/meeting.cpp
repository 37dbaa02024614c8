#include "protocol/content/meeting.h"

namespace encuentro::content {
namespace {

namespace key {
constexpr std::uint16_t act = 48, host = 49, start = 50, end = 51, place = 52, countries = 53, document = 54;
}

// Codes without anything between them, ascending and distinct.
Result<std::vector<std::string>> countries_of(const Content& content) {
  const Field* found = content.field(key::countries);
  std::vector<std::string> codes;
  if (found == nullptr) return codes;
  if (found->value.size() > 2 * countries_max) return fail(Code::too_large, "meeting countries", countries_max);
  if (found->value.empty() || found->value.size() % 2 != 0) return fail(Code::malformed, "meeting countries");
  for (std::size_t at = 0; at < found->value.size(); at += 2) {
    std::string code(as_text(found->value).substr(at, 2));
    bool ascending = codes.empty() || codes.back() < code;
    if (!is_country_code(code) || !ascending) return fail(Code::malformed, "meeting countries");
    codes.push_back(std::move(code));
  }
  return codes;
}

Status read_words(const Content& content, Meeting& meeting) {
  TRY(meeting.host, text_of(content, key::host, is_country_code, "meeting host"));
  TRY(meeting.start, text_of(content, key::start, is_date, "meeting start"));
  TRY(meeting.end, text_of(content, key::end, is_date, "meeting end"));
  TRY(meeting.place, text_of(content, key::place, is_line, "meeting place"));
  if (meeting.start.empty() || meeting.end < meeting.start) return fail(Code::malformed, "meeting days");
  return {};
}

}  // namespace

Content content_of(const Meeting& meeting) {
  Content content;
  content.replaces = meeting.meeting;
  content.title = meeting.title;
  content.body = meeting.text;
  content.attachments = meeting.attachments;
  content.set_number(key::act, static_cast<std::uint64_t>(meeting.act));
  if (meeting.act == MeetingAct::convene || meeting.act == MeetingAct::change) {
    set_text(content, key::host, meeting.host);
    set_text(content, key::start, meeting.start);
    set_text(content, key::end, meeting.end);
    set_text(content, key::place, meeting.place);
  }
  std::string codes;
  for (const std::string& code : meeting.countries) codes += code;
  set_text(content, key::countries, codes);
  if (meeting.document) set_id(content, key::document, meeting.document->view());
  return content;
}

Result<Meeting> meeting_of(const Content& content) {
  Meeting meeting;
  TRY(std::uint8_t act, act_of(content, key::act, 5, "meeting act"));
  meeting.act = static_cast<MeetingAct>(act);
  meeting.meeting = content.replaces;
  meeting.title = content.title;
  meeting.text = content.body;
  meeting.attachments = content.attachments;
  if (meeting.meeting.has_value() == (meeting.act == MeetingAct::convene)) {
    return fail(Code::malformed, "meeting replaces");
  }
  bool words = meeting.act == MeetingAct::convene || meeting.act == MeetingAct::change;
  if ((words || meeting.act == MeetingAct::decision) && !is_line(meeting.title)) {
    return fail(Code::malformed, "meeting title");
  }
  if (words) {
    TRY_OK(read_words(content, meeting));
  }
  TRY(meeting.countries, countries_of(content));
  if (meeting.countries.empty() == (meeting.act == MeetingAct::attendance)) {
    return fail(Code::malformed, "meeting countries");
  }
  if (meeting.act == MeetingAct::document) {
    TRY(meeting.document, id_of(content, key::document, "meeting document"));
  }
  return meeting;
}

}  // namespace encuentro::content
