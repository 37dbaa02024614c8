// Tests: client/views/page_author.cpp client/views/page_calendar.cpp client/views/page_documents.cpp
//        client/views/page.cpp client/views/page_proof.cpp
#include "client/views/page.h"
#include "client/wasm/acts.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using namespace encuentro::client;
using namespace encuentro::client::wasm;

namespace {

// Two people of Argentina and Brazil in one committee, each with what the page has beside the core.
struct Committee {
  Network net{78};
  Client* ar = nullptr;
  Client* br = nullptr;
  Files ar_files, br_files;
  ChannelId id;
  std::map<BlobId, Bytes> server;  // chunks

  Committee() {
    net.country("AR");
    net.country("BR");
    ar = &net.focal_point("AR");
    br = &net.focal_point("BR");
    core::CreateChannel create;
    create.title = "Textos";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR", "BR"};
    create.members = {br->member()};
    id = ar->get<core::ChannelCreated>(create).channel;
    net.world.settle();
  }

  core::Sent act(Client& by, const Files& files, const Act& act) {
    auto post = post_of(act, files, net.world.now, "America/Lima");
    REQUIRE(post.has_value());
    auto sent = by.get<core::Sent>(*post);
    net.world.settle();
    return sent;
  }
  template <class Question>
  static typename Question::Answer ask(Client& client, Question question) {
    auto read = core::decode_fields<typename Question::Answer>(views::answer(client.look(), question));
    REQUIRE(read.has_value());
    return *read;
  }
  views::PageEvent event(Client& client) {
    auto events = ask(client, views::AskCalendar{});
    REQUIRE(events.size() == 1);
    return events[0];
  }
  views::PageLibrary library(Client& client) {
    auto page = ask(client, views::AskLibrary{id});
    REQUIRE(page.has_value());
    return *page;
  }
  // Measures and seals what AR sends; its plan and what is through are kept in the profile.
  PutVersion upload(const std::string& name, const Bytes& bytes, std::size_t chunks_sent) {
    auto state = ar_files.begin(BeginUpload{id, name, net.world.now, bytes.size()}, net.world.random);
    REQUIRE(state.has_value());
    auto piece = [&](std::uint32_t i) {
      std::size_t from = std::size_t{i} * state->chunk_bytes;
      return to_bytes(BytesView(bytes).subspan(from, std::min<std::size_t>(state->chunk_bytes, bytes.size() - from)));
    };
    for (std::uint32_t i = 0; i < state->chunks; ++i) REQUIRE(ar_files.measure({state->upload, piece(i)}));
    ar->must(core::KeepTransfer{state->upload, core::upload_plan_part, *ar_files.end_measure({state->upload})});
    ar->must(core::AllowTransfer{id, state->upload, state->padded_bytes});
    for (std::uint32_t i = 0; i < chunks_sent; ++i) send(state->upload, i, piece(i));
    return {state->upload, {}, {}, {}, {}, name, "", "text/plain"};
  }
  void send(const UploadId& upload, std::uint32_t index, Bytes piece) {
    auto sealed = ar_files.seal({upload, index, std::move(piece)});
    REQUIRE(sealed.has_value());
    server[sealed->blob] = sealed->sealed;
    auto kept = ar_files.through({upload, index, sealed->blob, net.world.now});
    REQUIRE(kept.has_value());
    for (auto& part : *kept) {
      ar->must(core::KeepTransfer{upload, part.part, part.value});
    }
  }
  void seal_list(PutVersion& version) {
    auto list = ar_files.seal_list({version.upload});
    REQUIRE(list.has_value());
    server[list->blob] = list->sealed;
    version.list = list->blob;
  }
  Result<Bytes> download(const RecordId& version) {
    TRY(DownloadState state, br_files.begin(BeginDownload{id, version}, br->look()));
    TRY(auto chunks, br_files.open_list({version, server[state.list]}));
    Bytes whole;
    for (const BlobId& chunk : chunks) {
      TRY(Bytes piece, br_files.open({version, server[chunk]}));
      whole.insert(whole.end(), piece.begin(), piece.end());
    }
    return whole;
  }
};

PutEvent meeting(const ChannelId& channel) {
  return {channel, content::EventAct::add, "uid@x", {}, {}, "Reunión", "BEGIN:VCALENDAR\r\nX:1\r\n", {}};
}

}  // namespace

TEST_CASE("an event that one adds the other sees, answers, and changes; both see the same") {
  Committee c;
  auto added = c.act(*c.ar, c.ar_files, meeting(c.id));
  views::PageEvent seen = c.event(*c.br);
  CHECK(seen.id == added.id);
  CHECK(seen.channel == c.id);
  CHECK(seen.may_post);
  CHECK(seen.versions[0].author.country == "AR");
  CHECK(seen.versions[0].calendar == "BEGIN:VCALENDAR\r\nX:1\r\n");
  c.act(*c.br, c.br_files, AnswerEvent{c.id, seen.id, seen.versions[0].id, content::Attendance::attending});
  seen = c.event(*c.ar);
  REQUIRE(seen.countries.size() == 1);
  CHECK(seen.countries[0].country == "BR");
  CHECK(seen.answers[0].to_current);
  CHECK_FALSE(seen.answers[0].author.own);

  PutEvent cancel = meeting(c.id);
  cancel.act = content::EventAct::cancel;
  cancel.event = seen.id;
  cancel.parents = seen.tips;
  c.act(*c.br, c.br_files, cancel);
  seen = c.event(*c.ar);
  CHECK(seen.cancelled);
  CHECK_FALSE(seen.conflict);
  CHECK(seen.versions.size() == 2);
  CHECK(seen.versions[0].calendar.empty());  // replaced
  CHECK_FALSE(seen.answers[0].to_current);
}

TEST_CASE("the short words of two people agree, number by number, and change with what they are of") {
  Committee c;
  auto words = [&](Client& client) {
    auto page = Committee::ask(client, views::AskShortWords{c.id});
    REQUIRE((page && page->log && page->keys));
    return *page;
  };
  auto before = words(*c.ar);
  auto same = [](const views::PageWords& a, const views::PageWords& b) {
    return a.number == b.number && a.words == b.words;
  };
  auto theirs = words(*c.br);
  CHECK((same(before.roster, theirs.roster) && same(*before.log, *theirs.log) && same(*before.keys, *theirs.keys)));
  CHECK(std::count(before.roster.words.begin(), before.roster.words.end(), ' ') == views::short_words_count - 1);
  CHECK((before.roster.words != before.log->words && before.log->words != before.keys->words));

  c.act(*c.ar, c.ar_files, meeting(c.id));
  auto after = words(*c.br);
  CHECK(after.log->number > before.log->number);
  CHECK(after.log->words != before.log->words);
  CHECK(same(*after.keys, *before.keys));
  // Of no channel: the roster alone.
  auto alone = Committee::ask(*c.ar, views::AskShortWords{});
  REQUIRE(alone);
  CHECK((same(alone->roster, after.roster) && !alone->log && !alone->keys));
}

TEST_CASE("a document that one sends the other opens; a folder, a name, a comment, a freeze") {
  Committee c;
  Bytes file(limits::chunk_bytes + 9, 7);
  auto folder = c.act(*c.ar, c.ar_files, MakeFolder{c.id, "Proyectos", {}});
  PutVersion version = c.upload("acta.txt", file, 2);
  c.seal_list(version);
  version.folder = folder.id;
  auto first = c.act(*c.ar, c.ar_files, version);
  CHECK(c.download(first.id) == file);
  c.act(*c.br, c.br_files, ReportFetched{c.id, first.id});
  c.act(*c.br, c.br_files, CommentVersion{c.id, first.id, "de acuerdo"});
  c.act(*c.br, c.br_files, RenameItem{c.id, first.id, "acta final.txt"});
  c.act(*c.br, c.br_files, FreezeVersion{c.id, first.id, crypto::sha256({file})});

  PutVersion second = c.upload("acta.txt", {1, 2, 3}, 1);
  c.seal_list(second);
  second.document = first.id;
  second.replaces = {first.id};
  auto later = c.act(*c.ar, c.ar_files, second);
  views::PageLibrary page = c.library(*c.ar);
  REQUIRE(page.documents.size() == 1);
  const views::PageDocument& document = page.documents[0];
  CHECK(page.folders[0].name == "Proyectos");
  CHECK(document.name == "acta final.txt");
  CHECK(document.folder == folder.id);
  CHECK(document.current == later.id);
  REQUIRE(document.versions.size() == 2);
  CHECK(document.versions[0].frozen.has_value());
  CHECK(document.versions[0].fetched[0].country == "BR");
  CHECK(document.versions[0].comments[0].text == "de acuerdo");
  CHECK(document.versions[1].after_freeze);
  CHECK(page.uploads.empty());
  c.act(*c.ar, c.ar_files, RemoveItem{c.id, first.id, true});
  CHECK(c.library(*c.br).documents[0].removed);
}

TEST_CASE("an upload that was cut off goes on after a restart, and only with the same bytes") {
  Committee c;
  Bytes file(limits::chunk_bytes * 17 + 1, 5);
  PutVersion version = c.upload("grande.bin", file, 16);
  c.ar->restart();
  c.ar->must(core::Sync{});
  auto cut = c.library(*c.ar).uploads;
  REQUIRE(cut.size() == 1);
  CHECK(cut[0].name == "grande.bin");
  CHECK(cut[0].bytes_done == 16 * limits::chunk_bytes);
  c.ar_files = Files();
  auto state = c.ar_files.resume(ResumeUpload{version.upload, c.net.world.now}, c.ar->look());
  REQUIRE(state.has_value());
  CHECK(state->missing == std::vector<std::uint32_t>{16, 17});
  CHECK_FALSE(c.ar_files.seal({version.upload, 17, {6}}).has_value());
  c.send(version.upload, 16, Bytes(limits::chunk_bytes, 5));
  c.send(version.upload, 17, {5});
  c.seal_list(version);
  auto sent = c.act(*c.ar, c.ar_files, version);
  CHECK(c.download(sent.id) == file);
  CHECK(c.library(*c.ar).uploads.empty());
}

TEST_CASE("a chunk or list that isn't the author's is refused") {
  Committee c;
  PutVersion version = c.upload("a.txt", {1, 2, 3}, 1);
  c.seal_list(version);
  auto sent = c.act(*c.ar, c.ar_files, version);
  auto good = c.server;
  for (auto& [blob, bytes] : c.server) bytes.back() ^= 1;
  CHECK_FALSE(c.download(sent.id).has_value());
  c.server = good;
  auto state = c.br_files.begin(BeginDownload{c.id, sent.id}, c.br->look());
  REQUIRE(state.has_value());
  auto chunks = c.br_files.open_list({sent.id, c.server[state->list]});
  REQUIRE(chunks.has_value());
  c.server[(*chunks)[0]].back() ^= 1;
  auto opened = c.br_files.open({sent.id, c.server[(*chunks)[0]]});
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == Code::bad_tag);
  CHECK_FALSE(c.br_files.begin(BeginDownload{c.id, c.net.world.random.id<RecordId>()}, c.br->look()).has_value());
}
