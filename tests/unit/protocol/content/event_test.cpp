#include "protocol/content/event.h"

#include <algorithm>

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using content::Content;
using content::Event;
using content::EventAct;
using content::EventAnswer;

namespace {

RecordId record(std::uint8_t last) {
  Bytes bytes(RecordId::bytes);
  bytes.back() = last;
  return RecordId(bytes);
}

Event added() {
  Event event;
  event.uid = "1@example.org";
  event.title = "Reunión";
  event.calendar = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
  event.attachments = {{"pauta.md", "text/markdown", 2, Bytes{1, 2}, std::nullopt}};
  return event;
}
Event changed() {
  Event event = added();
  event.act = EventAct::change;
  event.event = record(1);
  event.parents = {record(1), record(2)};
  return event;
}
Code refused(const Content& item) { return code_of(content::event_of(item)); }
Code answer_refused(const Content& item) { return code_of(content::event_answer_of(item)); }

content::Field& field_of(Content& item, std::uint16_t key) {
  auto found = std::find_if(item.fields.begin(), item.fields.end(), [&](const auto& f) { return f.key == key; });
  REQUIRE(found != item.fields.end());
  return *found;
}

}  // namespace

TEST_CASE("events and answers read back through their bytes") {
  for (Event event : {added(), changed()}) {
    auto read = content::decode_content(content::encode(content::content_of(event)));
    REQUIRE(read);
    CHECK(*content::event_of(*read) == event);
  }
  Event cancelled = changed();
  cancelled.act = EventAct::cancel;
  CHECK(*content::event_of(content::content_of(cancelled)) == cancelled);
  EventAnswer answer{record(1), record(2), content::Attendance::tentative};
  auto read = content::decode_content(content::encode(content::content_of(answer)));
  REQUIRE(read);
  CHECK(*content::event_answer_of(*read) == answer);
}

TEST_CASE("an act needs its target and parents, and an addition has none") {
  Content item = content::content_of(added());
  item.replaces = record(1);
  CHECK(refused(item) == Code::malformed);
  item = content::content_of(changed());
  item.replaces.reset();
  CHECK(refused(item) == Code::malformed);
  Event event = changed();
  event.parents.clear();
  CHECK(refused(content::content_of(event)) == Code::malformed);
  event = added();
  event.parents = {record(1)};
  CHECK(refused(content::content_of(event)) == Code::malformed);
  event = changed();
  event.parents = {record(2), record(1)};
  CHECK(refused(content::content_of(event)) == Code::malformed);
  event.parents = {record(1), record(1)};
  CHECK(refused(content::content_of(event)) == Code::malformed);
  item = content::content_of(changed());
  field_of(item, content::field::event_parents).value.pop_back();
  CHECK(refused(item) == Code::truncated);
  field_of(item, content::field::event_parents).value.clear();
  CHECK(refused(item) == Code::malformed);
  field_of(item, content::field::event_parents).value.resize((content::event_parents_max + 1) * RecordId::bytes);
  CHECK(refused(item) == Code::too_large);
}

TEST_CASE("acts of a later version are named so, others refused") {
  Content item = content::content_of(added());
  item.set_number(content::field::event_act, 4);
  CHECK(refused(item) == Code::unknown_version);
  item.set_number(content::field::event_act, 0);
  CHECK(refused(item) == Code::malformed);
  item.fields.clear();
  CHECK(refused(item) == Code::malformed);
}

TEST_CASE("a uid is there, short, one line of text") {
  Event event = added();
  event.uid.clear();
  CHECK(refused(content::content_of(event)) == Code::malformed);
  event.uid = "a\nb";
  CHECK(refused(content::content_of(event)) == Code::malformed);
  event.uid = "\xff";
  CHECK(refused(content::content_of(event)) == Code::malformed);
  event.uid = std::string(content::event_uid_bytes_max + 1, 'x');
  CHECK(refused(content::content_of(event)) == Code::too_large);
}

TEST_CASE("the object is there, of its type and size") {
  Event event = added();
  event.calendar.clear();
  CHECK(refused(content::content_of(event)) == Code::malformed);
  event.calendar = std::string(content::calendar_bytes_max + 1, 'x');
  CHECK(refused(content::content_of(event)) == Code::too_large);
  Content item = content::content_of(added());
  item.media_type = "text/markdown";
  CHECK(refused(item) == Code::malformed);
}

TEST_CASE("an answer names its event, one version and a known attendance") {
  Content whole = content::content_of(EventAnswer{record(1), record(2), content::Attendance::declined});
  Content item = whole;
  item.about.reset();
  CHECK(answer_refused(item) == Code::malformed);
  item = whole;
  item.set_number(content::field::attendance, 4);
  CHECK(answer_refused(item) == Code::unknown_version);
  item = whole;
  item.fields.pop_back();
  CHECK(answer_refused(item) == Code::malformed);
  item = whole;
  item.fields.erase(item.fields.begin());
  CHECK(answer_refused(item) == Code::malformed);
}
