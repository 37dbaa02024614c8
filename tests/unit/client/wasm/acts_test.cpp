#include "client/wasm/acts.h"

#include <catch2/catch.hpp>

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client;
using namespace encuentro::client::wasm;

namespace {

constexpr Timestamp noon{1'764'000'000'000};

struct Acting {
  tests::SeededRandom random{22};
  ChannelId channel = random.id<ChannelId>();
  RecordId item = random.id<RecordId>();
  Files files;

  Result<core::Post> post(Act act) const { return post_of(act, files, noon, "America/Lima"); }
  content::Content content(Act act, content::Kind kind) const {
    auto made = post(std::move(act));
    REQUIRE(made.has_value());
    CHECK(made->channel == channel);
    CHECK(made->kind == static_cast<std::uint16_t>(kind));
    auto read = content::decode_content(made->content);
    REQUIRE(read.has_value());
    CHECK(read->time == noon);
    CHECK(read->zone == "America/Lima");
    return *read;
  }
};

}  // namespace

TEST_CASE("an event and an answer become items that read back") {
  Acting a;
  PutEvent add{a.channel, content::EventAct::add, "uid@x", {}, {}, "Reunión", "BEGIN:VCALENDAR\r\n", {}};
  add.files = {{"orden.txt", "text/plain", {1, 2}, {}}};
  auto event = content::event_of(a.content(add, content::Kind::event));
  REQUIRE(event.has_value());
  CHECK(event->uid == "uid@x");
  CHECK(event->calendar == "BEGIN:VCALENDAR\r\n");
  CHECK(event->attachments[0].inline_bytes == Bytes{1, 2});
  AnswerEvent answer{a.channel, a.item, a.item, content::Attendance::declined};
  auto read = content::event_answer_of(a.content(answer, content::Kind::event_answer));
  REQUIRE(read.has_value());
  CHECK(read->attendance == content::Attendance::declined);
}

TEST_CASE("an event without what it needs is refused before it leaves") {
  Acting a;
  PutEvent change{a.channel, content::EventAct::change, "uid@x", {}, {}, "Reunión", "BEGIN:VCALENDAR\r\n", {}};
  CHECK(tests::code_of(a.post(change)) == Code::malformed);  // of which event, built on what
  change.event = a.item;
  change.parents = {a.item};
  CHECK(a.post(change).has_value());
  change.act = static_cast<content::EventAct>(9);
  CHECK(tests::code_of(a.post(change)) == Code::unknown_version);
  change.act = content::EventAct::add;
  CHECK(tests::code_of(a.post(change)) == Code::malformed);
  PutEvent large{a.channel, content::EventAct::add, "uid@x", {}, {}, "R", {}, {}};
  large.calendar = std::string(content::calendar_bytes_max + 1, 'x');
  CHECK(tests::code_of(a.post(large)) == Code::too_large);
  AnswerEvent answer{a.channel, a.item, a.item, static_cast<content::Attendance>(7)};
  CHECK(tests::code_of(a.post(answer)) == Code::unknown_version);
  CommentVersion text{a.channel, a.item, "\xff"};
  CHECK(tests::code_of(a.post(text)) == Code::malformed);
}

TEST_CASE("folders and changes of documents") {
  Acting a;
  auto folder =
      content::document_folder(a.content(MakeFolder{a.channel, "Proyectos", a.item}, content::Kind::document_folder));
  REQUIRE(folder.has_value());
  CHECK(folder->parent == a.item);
  auto renamed =
      content::document_change(a.content(RenameItem{a.channel, a.item, "b.txt"}, content::Kind::document_change));
  CHECK(renamed->name == "b.txt");
  CHECK_FALSE(renamed->place.has_value());
  auto moved =
      content::document_change(a.content(MoveItem{a.channel, a.item, std::nullopt}, content::Kind::document_change));
  CHECK(moved->place == content::DocumentChange::Place{});
  auto removed =
      content::document_change(a.content(RemoveItem{a.channel, a.item, true}, content::Kind::document_change));
  CHECK(removed->removed == true);
  CHECK(tests::code_of(a.post(MakeFolder{a.channel, "a/b", {}})) == Code::malformed);
  CHECK(tests::code_of(a.post(RenameItem{a.channel, a.item, ""})) == Code::malformed);
  a.content(CommentVersion{a.channel, a.item, "de acuerdo"}, content::Kind::document_comment);
  a.content(FreezeVersion{a.channel, a.item, Hash32()}, content::Kind::document_freeze);
  a.content(ReportFetched{a.channel, a.item}, content::Kind::document_fetched);
}

TEST_CASE("a version is of a measured upload, and pins it") {
  Acting a;
  auto state = a.files.begin(BeginUpload{a.channel, "a.txt", noon, 3}, a.random);
  REQUIRE(state.has_value());
  PutVersion version{state->upload, a.random.id<BlobId>(), {}, {}, a.item, "a.txt", "", "text/plain"};
  CHECK(tests::code_of(a.post(version)) == Code::not_found);
  REQUIRE(a.files.measure({state->upload, {1, 2, 3}}));
  REQUIRE(a.files.end_measure({state->upload}));
  auto made = a.post(version);
  REQUIRE(made.has_value());
  CHECK(made->pins == std::vector{state->upload});
  auto read = content::document_version(a.content(version, content::Kind::document_version));
  REQUIRE(read.has_value());
  CHECK(read->manifest.content == crypto::sha256({Bytes{1, 2, 3}}));
  CHECK(read->folder == a.item);
  // A further version names what it replaces, and a first one nothing.
  version.replaces = {a.item};
  CHECK(tests::code_of(a.post(version)) == Code::malformed);
  version.document = a.item;
  CHECK(a.post(version).has_value());
  version.replaces.clear();
  CHECK(tests::code_of(a.post(version)) == Code::malformed);
}
