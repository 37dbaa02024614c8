#include "client/views/conversation.h"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client;
using content::Kind;

namespace {

struct Written {
  tests::SeededRandom random{3};
  MemberId ana = random.id<MemberId>(), bea = random.id<MemberId>();
  std::vector<core::Record> records;

  RecordId write(const MemberId& by, Kind kind, const std::string& body, std::optional<RecordId> target = {}) {
    core::Record record;
    record.seq = Seq{records.size() + 1};
    record.id = random.id<RecordId>();
    record.member = by;
    record.reading = core::Reading::opened;
    record.kind = static_cast<std::uint16_t>(kind);
    record.content.body = body;
    (kind == Kind::edit ? record.content.replaces : record.content.about) = target;
    records.push_back(record);
    return record.id;
  }

  std::vector<views::Item> fold() const {
    std::vector<const core::Record*> all;
    for (const auto& record : records) all.push_back(&record);
    return views::fold(all, [this](const core::Record& record) {
      views::Author author{record.device, record.member, {}, roster::Role::focal_point};
      author.country = *roster::Country::parse(record.member == ana ? "XB" : "XA");
      return author;
    });
  }
};

}  // namespace

TEST_CASE("messages stand in the log's order, replies point at theirs") {
  Written w;
  auto first = w.write(w.ana, Kind::message, "uno");
  w.write(w.bea, Kind::message, "dos", first);
  auto items = w.fold();
  REQUIRE(items.size() == 2);
  CHECK(items[0].body == "uno");
  CHECK(items[1].reply == first);
  CHECK(items[1].author.country.text() == "XA");
}

TEST_CASE("only the author edits or withdraws, and the last edit stands") {
  Written w;
  auto id = w.write(w.ana, Kind::message, "uno");
  w.write(w.bea, Kind::edit, "falso", id);
  CHECK(w.fold()[0].body == "uno");
  w.write(w.ana, Kind::edit, "dos", id);
  w.write(w.ana, Kind::edit, "tres", id);
  CHECK(w.fold()[0].body == "tres");
  CHECK(w.fold()[0].edited);
  w.write(w.bea, Kind::withdrawal, "", id);
  CHECK_FALSE(w.fold()[0].withdrawn);
  w.write(w.ana, Kind::withdrawal, "", id);
  w.write(w.ana, Kind::edit, "cuatro", id);
  CHECK(w.fold()[0].withdrawn);
  CHECK(w.fold()[0].body.empty());
}

TEST_CASE("a reaction counts once a member and can be taken back") {
  Written w;
  auto id = w.write(w.ana, Kind::message, "uno");
  w.write(w.bea, Kind::reaction, "+", id);
  w.write(w.bea, Kind::reaction, "+", id);
  w.write(w.ana, Kind::reaction, "+", id);
  REQUIRE(w.fold()[0].reactions.size() == 1);
  CHECK(w.fold()[0].reactions[0].members == std::vector<MemberId>{w.bea, w.ana});
  w.write(w.bea, Kind::reaction, "", id);
  CHECK(w.fold()[0].reactions[0].members == std::vector<MemberId>{w.ana});
  w.write(w.ana, Kind::reaction, "", id);
  CHECK(w.fold()[0].reactions.empty());
}

TEST_CASE("acknowledgements are countries', once each, by their codes' order, and of announcements only") {
  Written w;
  auto announcement = w.write(w.ana, Kind::announcement, "circular");
  auto message = w.write(w.ana, Kind::message, "mensaje");
  w.write(w.ana, Kind::acknowledgement, "", announcement);
  w.write(w.bea, Kind::acknowledgement, "", announcement);
  w.write(w.bea, Kind::acknowledgement, "", announcement);
  w.write(w.bea, Kind::acknowledgement, "", message);
  auto items = w.fold();
  REQUIRE(items[0].acknowledged_countries.size() == 2);
  CHECK(items[0].acknowledged_countries[0].text() == "XA");
  CHECK(items[0].acknowledged_countries[1].text() == "XB");
  CHECK(items[1].acknowledged_countries.empty());
}

TEST_CASE("what can't be read stands in its place with its author") {
  Written w;
  w.write(w.ana, Kind::message, "uno");
  w.write(w.bea, Kind::message, "");
  w.records.back().reading = core::Reading::unreadable;
  w.records.back().problem = Code::bad_tag;
  w.write(w.ana, Kind::message, "tres");
  auto items = w.fold();
  REQUIRE(items.size() == 3);
  CHECK(items[1].reading == core::Reading::unreadable);
  CHECK(items[1].problem == Code::bad_tag);
  CHECK(items[1].author.member == w.bea);
}

TEST_CASE("what speaks of an item that isn't there changes nothing") {
  Written w;
  auto id = w.write(w.ana, Kind::message, "uno");
  w.write(w.ana, Kind::edit, "x", w.random.id<RecordId>());
  w.write(w.ana, Kind::read_mark, "", id);
  w.write(w.ana, Kind::channel_info, "");
  CHECK(w.fold().size() == 1);
  CHECK(w.fold()[0].body == "uno");
}
