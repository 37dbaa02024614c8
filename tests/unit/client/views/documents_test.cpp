#include "client/views/documents.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "tests/support/written_log.h"

using namespace encuentro;
using namespace encuentro::client;
using content::Kind;

namespace {

struct Written : tests::WrittenLog {
  Written() : WrittenLog(31) {}
  MemberId ana = random.id<MemberId>(), bea = random.id<MemberId>();
  content::DocumentVersion version(const std::string& name) {
    content::DocumentVersion made;
    made.name = name;
    made.manifest.upload = random.id<UploadId>();
    made.manifest.content = random.id<Hash32>();
    return made;
  }
  RecordId first(const std::string& name, std::optional<RecordId> folder = {}) {
    auto made = version(name);
    made.folder = folder;
    return write(ana, Kind::document_version, content::content_of(made));
  }
  RecordId next(const RecordId& document, const RecordId& parent, const MemberId& by,
                std::vector<RecordId> merged = {}) {
    auto made = version("x");
    made.document = document;
    made.parent = parent;
    made.merged = std::move(merged);
    return write(by, Kind::document_version, content::content_of(made));
  }
  RecordId folder(const std::string& name, std::optional<RecordId> parent = {}) {
    return write(ana, Kind::document_folder, content::content_of(content::DocumentFolder{name, parent}));
  }
  void change(content::DocumentChange change) { write(bea, Kind::document_change, content::content_of(change)); }
  void move(const RecordId& item, std::optional<RecordId> to) {
    change({item, {}, content::DocumentChange::Place{to}, {}});
  }
  void freeze(const RecordId& version, const Hash32& hash) {
    write(bea, Kind::document_freeze, content::content_of(content::DocumentFreeze{version, hash}));
  }

  views::Library fold(std::optional<std::uint32_t> shuffled = {}) const {
    std::vector<const core::Record*> all;
    for (const auto& record : records) all.push_back(&record);
    if (shuffled) std::shuffle(all.begin(), all.end(), std::mt19937(*shuffled));
    return views::fold_documents(all, [this](const core::Record& record) {
      views::Author author{record.device, record.member, {}, roster::Role::focal_point};
      author.country = *roster::Country::parse(record.member == ana ? "XB" : "XA");
      return author;
    });
  }
};

std::string told(const views::Library& library) {
  std::string text;
  for (const auto& d : library.documents) {
    text += library.path(d.folder) + "/" + d.name + (library.hidden(d) ? " hidden" : "");
    for (const auto& v : d.versions) {
      text += " " + to_hex(v.id.view()) + (v.head ? "*" : "") + (v.frozen ? "F" : "") + (v.after_freeze ? "A" : "") +
              std::to_string(v.comments.size()) + std::to_string(v.fetched.size());
    }
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("documents lie in folders with their versions in order") {
  Written w;
  auto year = w.folder("2026");
  auto drafts = w.folder("Proyectos", year);
  auto id = w.first("Declaración.docx", drafts);
  auto second = w.next(id, id, w.bea);
  auto library = w.fold();
  REQUIRE(library.documents.size() == 1);
  const auto& document = library.documents[0];
  CHECK(library.path(document.folder) == "2026/Proyectos");
  REQUIRE(document.versions.size() == 2);
  CHECK(document.current().id == second);
  CHECK_FALSE(document.versions[0].head);
  CHECK_FALSE(document.conflict());
  CHECK(document.current().author.country.text() == "XA");
  CHECK(library.document_of(second) == &document);
}

TEST_CASE("two versions with one parent both stand, until one replaces both") {
  Written w;
  auto id = w.first("a.md");
  auto one = w.next(id, id, w.ana);
  auto two = w.next(id, id, w.bea);
  auto library = w.fold();
  CHECK(library.documents[0].conflict());
  CHECK(library.documents[0].heads() == std::vector{one, two});
  auto merged = w.next(id, one, w.ana, {two});
  CHECK(w.fold().documents[0].heads() == std::vector{merged});
}

TEST_CASE("the last name, place and removal in the log count, and a removal is undone") {
  Written w;
  auto folder = w.folder("Actas");
  auto id = w.first("a.md");
  w.change({id, "b.md", {}, {}});
  w.move(id, folder);
  w.change({id, {}, {}, true});
  auto library = w.fold();
  CHECK(library.documents[0].name == "b.md");
  CHECK(library.path(library.documents[0].folder) == "Actas");
  CHECK(library.hidden(library.documents[0]));
  w.change({id, {}, {}, false});
  CHECK_FALSE(w.fold().hidden(w.fold().documents[0]));
  w.change({folder, {}, {}, true});
  library = w.fold();
  CHECK(library.hidden(library.documents[0]));
  CHECK_FALSE(library.documents[0].removed);
  w.change({folder, "Actas 2026", {}, false});
  library = w.fold();
  CHECK(library.path(library.documents[0].folder) == "Actas 2026");
}

TEST_CASE("a folder that is a channel of its own is a door: nothing lies in it") {
  Written w;
  RecordId texts = w.folder("Textos");
  content::Door door{w.random.id<ChannelId>(), {"XA", "XB"}};
  content::DocumentFolder made{"Reunión previa", texts, door};
  RecordId id = w.write(w.ana, Kind::document_folder, content::content_of(made));
  RecordId inside = w.first("a.md", id), moved = w.first("b.md");
  w.move(moved, id);
  RecordId under = w.folder("Sub", id);
  auto library = w.fold();
  REQUIRE(library.folders.contains(id));
  CHECK(library.folders.at(id).door == door);
  CHECK(library.folders.at(id).parent == texts);
  CHECK(library.document(inside)->folder == texts);
  CHECK(library.document(moved)->folder == texts);
  CHECK(library.folders.at(under).parent == texts);
  // The door itself is named, moved and removed as any folder.
  w.move(id, {});
  w.change({id, "Previa", {}, true});
  library = w.fold();
  CHECK(library.folders.at(id).name == "Previa");
  CHECK_FALSE(library.folders.at(id).parent);
  CHECK(library.folders.at(id).removed);
}

TEST_CASE("two folders of one name at one place are one") {
  Written w;
  auto one = w.folder("Actas");
  auto two = w.folder("Actas");
  w.first("a", one);
  w.first("b", two);
  auto library = w.fold();
  CHECK(library.folders.size() == 1);
  CHECK(library.documents[0].folder == library.documents[1].folder);
  w.change({two, "Minutas", {}, {}});
  CHECK(w.fold().path(one) == "Minutas");
}

TEST_CASE("a folder never goes into itself, nothing goes into nowhere") {
  Written w;
  auto one = w.folder("1");
  auto two = w.folder("2", one);
  w.move(one, two);
  w.move(one, one);
  CHECK(w.fold().path(two) == "1/2");
  w.move(two, w.random.id<RecordId>());
  CHECK(w.fold().path(two) == "1/2");
  w.folder("3", w.random.id<RecordId>());
  CHECK(w.fold().folders.size() == 2);
  auto id = w.first("a", one);
  w.move(id, w.random.id<RecordId>());
  CHECK(w.fold().documents[0].folder == one);
  w.move(id, std::nullopt);
  CHECK_FALSE(w.fold().documents[0].folder);
}

TEST_CASE("a freeze counts with the version's own hash, what comes later is marked") {
  Written w;
  auto id = w.first("a");
  w.freeze(id, w.random.id<Hash32>());
  w.next(id, id, w.ana);
  CHECK_FALSE(w.fold().documents[0].versions[0].frozen);
  CHECK_FALSE(w.fold().documents[0].versions[1].after_freeze);
  w.freeze(id, w.fold().documents[0].versions[0].content);
  w.next(id, id, w.ana);
  auto document = w.fold().documents[0];
  CHECK(document.versions[0].frozen);
  CHECK_FALSE(document.versions[1].after_freeze);
  CHECK(document.versions[2].after_freeze);
}

TEST_CASE("comments stand at their version; who fetched it is told once") {
  Written w;
  auto id = w.first("a");
  w.write(w.bea, Kind::document_comment, content::content_of(content::DocumentComment{id, "Art. 3"}));
  w.write(w.bea, Kind::document_comment, content::content_of(content::DocumentComment{w.random.id<RecordId>(), "?"}));
  for (int i = 0; i < 2; ++i) {
    w.write(w.bea, Kind::document_fetched, content::content_of(content::DocumentFetched{id}));
  }
  auto version = w.fold().documents[0].versions[0];
  REQUIRE(version.comments.size() == 1);
  CHECK(version.comments[0].text == "Art. 3");
  REQUIRE(version.fetched.size() == 1);
  CHECK(version.fetched[0].country.text() == "XA");
}

TEST_CASE("a version whose first can't be read stands as a document of its own name") {
  Written w;
  auto unseen = w.random.id<RecordId>();
  w.next(unseen, unseen, w.ana);
  auto library = w.fold();
  REQUIRE(library.documents.size() == 1);
  CHECK(library.documents[0].id == unseen);
  CHECK(library.documents[0].name == "x");
}

TEST_CASE("the same log gives the same state, in whatever order its records are opened") {
  Written w;
  std::vector<RecordId> folders{w.folder("a"), w.folder("b")}, documents{w.first("1"), w.first("2")};
  std::mt19937 dice(7);
  auto some = [&](const auto& from) { return from[dice() % from.size()]; };
  for (int i = 0; i < 300; ++i) {
    switch (dice() % 8) {
      case 0:
        folders.push_back(w.folder(std::string(1, static_cast<char>('a' + dice() % 4)), some(folders)));
        break;
      case 1:
        documents.push_back(w.first(std::to_string(i), some(folders)));
        break;
      case 2:
        w.move(some(documents), some(folders));
        break;
      case 3:
        w.move(some(folders), some(folders));
        break;
      case 4:
        w.change({some(folders), std::to_string(i), {}, dice() % 4 == 0});
        break;
      case 5:
        w.change({some(documents), {}, {}, dice() % 2 == 0});
        break;
      case 6:
        w.freeze(some(documents), w.fold().documents[0].versions[0].content);
        break;
      default: {
        auto id = some(documents);
        w.next(id, w.fold().document(id)->versions.front().id, w.bea);
      }
    }
  }
  std::string once = told(w.fold());
  CHECK(once.size() > 1000);
  for (std::uint32_t seed = 0; seed < 20; ++seed) CHECK(told(w.fold(seed)) == once);
}

TEST_CASE("a version whose upload was erased says by whom, the first time; others don't") {
  Written w;
  auto one = w.first("uno.md"), two = w.first("dos.md");
  std::vector<const core::Record*> all;
  for (const auto& record : w.records) all.push_back(&record);
  UploadId upload = content::document_version(w.records[0].content)->manifest.upload;
  UploadId other = content::document_version(w.records[1].content)->manifest.upload;
  auto author_of = [](const core::Record& record) { return views::Author{record.device, record.member, {}, {}}; };
  std::vector<core::Erasure> erasures = {{Seq{3}, {}, {}, w.ana, {}, {}, {upload}, one},
                                         {Seq{4}, {}, {}, w.bea, {}, {}, {upload}, one},
                                         {Seq{5}, {}, {}, w.bea, {}, {}, {other}, one}};
  auto library = views::fold_documents(all, author_of, erasures);
  const auto& erased = library.document(one)->versions[0].erased;
  REQUIRE(erased);
  CHECK(erased->author.member == w.ana);
  CHECK(erased->seq == Seq{3});
  CHECK_FALSE(library.document(two)->versions[0].erased);
}
