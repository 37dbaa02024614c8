#include "client/wasm/door.h"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client;
using namespace encuentro::client::wasm;

namespace {

constexpr Timestamp noon{1'764'000'000'000};

core::Options cheap() {
  core::Options options;
  options.passphrase_cost.memory_kib = 8;
  options.passphrase_cost.passes = 1;
  return options;
}

struct Knocking {
  tests::SeededRandom random{23};
  Door door{random, cheap()};

  Bytes call(const Call& call) { return door.call(core::encode_fields(call)); }
  template <class Answer>
  Answer get(const Call& what) {
    Bytes answer = call(what);
    REQUIRE(answer[0] == 1);
    auto read = core::decode_fields<Answer>(BytesView(answer).subspan(1));
    REQUIRE(read.has_value());
    return *read;
  }
  Code refused(const Call& what) {
    Bytes answer = call(what);
    REQUIRE(answer[0] == 0);
    auto failure = core::decode_fields<core::Failure>(BytesView(answer).subspan(1));
    REQUIRE(failure.has_value());
    return failure->code;
  }
};

}  // namespace

TEST_CASE("what needs a profile says so, and what isn't a call is refused") {
  Knocking k;
  auto channel = k.random.id<ChannelId>();
  auto record = k.random.id<RecordId>();
  CHECK(k.refused(RunAct{1, ReportFetched{channel, record}, "", noon}) == Code::no_profile);
  CHECK(k.refused(BeginDownload{channel, record}) == Code::no_profile);
  CHECK(k.refused(ResumeUpload{k.random.id<UploadId>(), noon}) == Code::no_profile);
  CHECK(k.refused(Look{views::AskCalendar{}}) == Code::no_profile);
  CHECK(k.refused(KeepComputer{"seis palabras", {1}, {}, Bytes(32, 7)}) == Code::no_profile);
  CHECK(k.refused(ForgetComputer{}) == Code::no_profile);
  Bytes cut = core::encode_fields(Call(EndMeasure{k.random.id<UploadId>()}));
  cut.pop_back();
  CHECK(k.door.call(cut)[0] == 0);
  CHECK(k.door.call({})[0] == 0);
}

TEST_CASE("a profile without identity has no events, no library, and refuses a bad act without effects") {
  Knocking k;
  k.get<core::Effects>(CreateProfile{"seis palabras", noon});
  CHECK(k.get<views::AskCalendar::Answer>(Look{views::AskCalendar{}}).empty());
  CHECK_FALSE(k.get<views::AskLibrary::Answer>(Look{views::AskLibrary{k.random.id<ChannelId>()}}).has_value());
  CHECK(k.refused(RunAct{1, MakeFolder{{}, "a/b", {}}, "", noon}) == Code::malformed);
  CHECK(k.refused(ResumeUpload{k.random.id<UploadId>(), noon}) == Code::not_found);
}

TEST_CASE("the computer's answer opens a profile through the door, once the passphrase allowed it") {
  Knocking k;
  auto rows = k.get<core::Effects>(CreateProfile{"seis palabras", noon}).store.puts;
  const Bytes credential{1, 2, 3};
  CHECK(k.refused(OpenByComputer{rows, Bytes(32, 7), noon}) == Code::not_found);
  CHECK(k.refused(KeepComputer{"otras palabras", credential, {}, Bytes(32, 7)}) == Code::wrong_passphrase);
  CHECK(k.refused(KeepComputer{"seis palabras", credential, {}, Bytes(31, 7)}) == Code::malformed);
  CHECK(k.refused(KeepComputer{"seis palabras", {}, {}, Bytes(32, 7)}) == Code::malformed);
  CHECK(k.refused(KeepComputer{"seis palabras", Bytes(1024, 1), {}, Bytes(32, 7)}) == Code::malformed);
  auto kept = k.get<core::Effects>(KeepComputer{"seis palabras", credential, {}, Bytes(32, 7)}).store.puts;
  REQUIRE(kept.size() == 1);
  rows.push_back(kept[0]);
  CHECK(k.refused(OpenByComputer{rows, Bytes(32, 8), noon}) == Code::wrong_passphrase);
  CHECK(k.refused(OpenByComputer{rows, Bytes(33, 7), noon}) == Code::malformed);
  CHECK(k.get<core::Effects>(OpenByComputer{rows, Bytes(32, 7), noon}).store.puts.empty());
  auto forgotten = k.get<core::Effects>(ForgetComputer{}).store.erases;
  CHECK(forgotten == std::vector<Bytes>{kept[0].name});
}

TEST_CASE("a file through the door: measured, sealed, its list") {
  Knocking k;
  auto state = k.get<UploadState>(BeginUpload{k.random.id<ChannelId>(), "a.txt", noon, 3});
  CHECK(k.get<Bytes>(MeasureChunk{state.upload, {1, 2, 3}}).empty());
  CHECK_FALSE(k.get<Bytes>(EndMeasure{state.upload}).empty());
  auto sealed = k.get<SealedPart>(SealChunk{state.upload, 0, {1, 2, 3}});
  CHECK(k.refused(SealChunk{state.upload, 0, {3, 2, 1}}) == Code::malformed);
  auto kept = k.get<std::vector<KeptPart>>(ChunkThrough{state.upload, 0, sealed.blob, noon});
  CHECK(kept.size() == 1);
  CHECK_FALSE(k.get<SealedPart>(SealList{state.upload}).sealed.empty());
  CHECK(k.refused(OpenChunk{k.random.id<RecordId>(), {}}) == Code::not_found);
  CHECK(k.refused(OpenList{k.random.id<RecordId>(), {}}) == Code::not_found);
}
