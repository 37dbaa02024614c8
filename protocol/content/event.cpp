#include "protocol/content/event.h"

#include <algorithm>

namespace encuentro::content {
namespace {

constexpr std::string_view calendar_media_type = "text/calendar";

void set_parents(Content& content, const std::vector<RecordId>& parents) {
  if (parents.empty()) return;
  codec::Writer w;
  for (const RecordId& parent : parents) w.id(parent);
  content.fields.push_back({field::event_parents, w.take()});
}

Result<std::vector<RecordId>> parents_of(const Content& content) {
  std::vector<RecordId> parents;
  const Field* found = content.field(field::event_parents);
  if (found == nullptr) return parents;
  if (found->value.empty()) return fail(Code::malformed, "event parents");
  if (found->value.size() > event_parents_max * RecordId::bytes) {
    return fail(Code::too_large, "event parents", event_parents_max, found->value.size() / RecordId::bytes);
  }
  codec::Reader r(found->value);
  while (!r.at_end()) {
    TRY(RecordId parent, r.id<RecordId>());
    if (!parents.empty() && !(parents.back() < parent)) return fail(Code::malformed, "event parents");
    parents.push_back(parent);
  }
  return parents;
}

// A UID is text without line ends or other controls: it stands in a line of the object.
Result<std::string> uid_of(const Content& content) {
  const Field* found = content.field(field::event_uid);
  if (found == nullptr || found->value.empty()) return fail(Code::malformed, "event uid");
  if (found->value.size() > event_uid_bytes_max) {
    return fail(Code::too_large, "event uid", event_uid_bytes_max, found->value.size());
  }
  bool controls = std::any_of(found->value.begin(), found->value.end(), [](std::uint8_t c) { return c < 0x20; });
  if (controls || !is_utf8(found->value)) return fail(Code::malformed, "event uid");
  return std::string(as_text(found->value));
}

// One of 1 to 3; numbers above are of a later version.
Result<std::uint8_t> one_of_three(const Content& content, std::uint16_t key, const char* rule) {
  auto number = content.number(key);
  if (!number || *number == 0) return fail(Code::malformed, rule);
  if (*number > 3) return fail(Code::unknown_version, rule, 3, *number);
  return static_cast<std::uint8_t>(*number);
}

}  // namespace

Content content_of(const Event& event) {
  Content content;
  content.replaces = event.event;
  content.media_type = calendar_media_type;
  content.title = event.title;
  content.body = event.calendar;
  content.attachments = event.attachments;
  content.set_number(field::event_act, static_cast<std::uint64_t>(event.act));
  content.fields.push_back({field::event_uid, to_bytes(as_bytes(event.uid))});
  set_parents(content, event.parents);
  return content;
}

Content content_of(const EventAnswer& answer) {
  Content content;
  content.about = answer.event;
  set_parents(content, {answer.version});
  content.set_number(field::attendance, static_cast<std::uint64_t>(answer.attendance));
  return content;
}

Result<Event> event_of(const Content& content) {
  Event event;
  TRY(std::uint8_t act, one_of_three(content, field::event_act, "event act"));
  event.act = static_cast<EventAct>(act);
  TRY(event.uid, uid_of(content));
  TRY(event.parents, parents_of(content));
  event.event = content.replaces;
  bool adds = event.act == EventAct::add;
  if (adds == event.event.has_value()) return fail(Code::malformed, "event target");
  if (adds != event.parents.empty()) return fail(Code::malformed, "event parents");
  if (content.media_type != calendar_media_type || content.body.empty()) return fail(Code::malformed, "event body");
  if (content.body.size() > calendar_bytes_max) {
    return fail(Code::too_large, "event body", calendar_bytes_max, content.body.size());
  }
  event.title = content.title;
  event.calendar = content.body;
  event.attachments = content.attachments;
  return event;
}

Result<EventAnswer> event_answer_of(const Content& content) {
  TRY(std::uint8_t attendance, one_of_three(content, field::attendance, "attendance"));
  TRY(std::vector<RecordId> parents, parents_of(content));
  if (!content.about || parents.size() != 1) return fail(Code::malformed, "event target");
  return EventAnswer{*content.about, parents.front(), static_cast<Attendance>(attendance)};
}

}  // namespace encuentro::content
