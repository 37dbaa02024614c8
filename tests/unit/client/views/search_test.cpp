// The gathering of what a profile holds is also driven by tests/e2e/archive.test.mjs.
#include "client/views/search.h"

#include <catch2/catch.hpp>

#include "protocol/content/document.h"
#include "protocol/content/meeting.h"
#include "tests/support/written_log.h"

using namespace encuentro;
using namespace encuentro::client;
using namespace encuentro::client::views;
using content::Kind;

namespace {

struct Held : tests::WrittenLog {
  Held() : WrittenLog(41) {}
  MemberId ana = random.id<MemberId>();
  std::map<RecordId, std::string> texts;

  std::vector<FoundKind> found(std::string_view query) {
    Searched all{random.id<ChannelId>(), {}, {}, {}};
    for (const auto& record : records) all.records.push_back(&record);
    all.author_of = [](const core::Record& record) {
      return Author{record.device, record.member, *roster::Country::parse("XA"), roster::Role::focal_point};
    };
    all.seat_of = [](const core::Record&, roster::Country) {
      return std::optional(SeatThen{roster::CountryStatus::member, roster::Voice::any});
    };
    const std::string none;
    Search search(std::span(&all, 1), [&](const RecordId& version) -> const std::string& {
      auto held = texts.find(version);
      return held == texts.end() ? none : held->second;
    });
    std::vector<FoundKind> kinds;
    for (const SearchEntry* entry : search.find(query)) kinds.push_back(entry->kind);
    return kinds;
  }
  RecordId version(content::DocumentVersion version) {
    version.name = "Acta.odt";
    version.manifest.upload = random.id<UploadId>();
    return write(ana, Kind::document_version, content::content_of(version));
  }
};

}  // namespace

TEST_CASE("initiatives, meetings and their decisions are found") {
  Held held;
  content::Initiative initiative;
  initiative.country = "XA";
  initiative.date = "2017-06";
  initiative.title = "Jornadas sobre memoria";
  initiative.theme = "Educación";
  initiative.text = "Con docentes de tres provincias.";
  held.write(held.ana, Kind::initiative, content::content_of(initiative));
  content::Meeting meeting;
  meeting.title = "Reunión del comité";
  meeting.host = "XA";
  meeting.start = meeting.end = "2017-10-16";
  meeting.place = "Ciudad A";
  RecordId id = held.write(held.ana, Kind::meeting, content::content_of(meeting));
  content::Meeting decision;
  decision.act = content::MeetingAct::decision;
  decision.meeting = id;
  decision.title = "Se aprueba la guía";
  held.write(held.ana, Kind::meeting, content::content_of(decision));
  CHECK(held.found("docente") == std::vector{FoundKind::initiative});
  CHECK(held.found("educacion jornada") == std::vector{FoundKind::initiative});
  CHECK(held.found("guias aprobar").empty());
  CHECK(held.found("guias") == std::vector{FoundKind::meeting});
  CHECK(held.found("reuniones ciudad") == std::vector{FoundKind::meeting});
}

TEST_CASE("the text inside a document's newest versions is found, that of replaced ones no more") {
  Held held;
  RecordId first = held.version({});
  held.texts[first] = "Las delegaciones acuerdan reunirse en Quito";
  CHECK(held.found("quito") == std::vector{FoundKind::document});
  content::DocumentVersion next;
  next.document = next.parent = first;
  RecordId second = held.version(std::move(next));
  CHECK(held.found("quito").empty());
  held.texts[second] = "Las delegaciones acuerdan reunirse en Brasilia";
  CHECK(held.found("brasilia acta") == std::vector{FoundKind::document});
}

TEST_CASE("an excerpt stands around the first word that was found, at whole characters") {
  CHECK(excerpt("La reunión fue en Quito.", "quito", 100) == "La reunión fue en Quito.");
  std::string text = "ñ";
  for (int i = 0; i < 100; ++i) text += "ñandú áéí ";
  text += "la Declaración\nfinal ";
  for (int i = 0; i < 100; ++i) text += "ñññ ";
  for (std::size_t most = 20; most < 60; ++most) {
    std::string line = excerpt(text, "declaracion", most);
    CHECK(line.starts_with("… "));
    CHECK(line.ends_with(" …"));
    CHECK(encuentro::content::is_utf8(encuentro::as_bytes(line)));
    CHECK(line.size() <= most + 10);
    CHECK(line.find("Decl") != std::string::npos);
    CHECK(line.find('\n') == std::string::npos);
  }
  CHECK(excerpt("", "x", 10).empty());
}
