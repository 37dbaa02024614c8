#include "client/wasm/files.h"

#include <catch2/catch.hpp>

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client;
using namespace encuentro::client::wasm;

namespace {

constexpr Timestamp noon{1'764'000'000'000};

struct Sending {
  tests::SeededRandom random{21};
  ChannelId channel = random.id<ChannelId>();
  Files files;

  UploadState begin(std::uint64_t bytes) {
    auto state = files.begin(BeginUpload{channel, "acta.txt", noon, bytes}, random);
    REQUIRE(state.has_value());
    return *state;
  }
};

Bytes part(std::size_t bytes, std::uint8_t with) { return Bytes(bytes, with); }

}  // namespace

TEST_CASE("an upload is measured in order, then its plan is there to be kept") {
  Sending s;
  UploadState state = s.begin(limits::chunk_bytes + 7);
  CHECK(state.chunk_bytes == limits::chunk_bytes);
  CHECK(state.chunks == 2);
  CHECK(state.missing == std::vector<std::uint32_t>{0, 1});
  CHECK(state.padded_bytes >= state.bytes);
  // Sealed or posted only when it was measured; measured only whole chunks in order.
  CHECK(tests::code_of(s.files.seal({state.upload, 0, part(limits::chunk_bytes, 1)})) == Code::malformed);
  CHECK(tests::code_of(s.files.measure({state.upload, part(7, 2)})) == Code::malformed);
  REQUIRE(s.files.measure({state.upload, part(limits::chunk_bytes, 1)}));
  CHECK(tests::code_of(s.files.end_measure({state.upload})) == Code::malformed);
  CHECK(s.files.plan(state.upload) == nullptr);
  REQUIRE(s.files.measure({state.upload, part(7, 2)}));
  CHECK(tests::code_of(s.files.measure({state.upload, part(0, 2)})) == Code::malformed);
  auto plan = s.files.end_measure({state.upload});
  REQUIRE(plan.has_value());
  CHECK(tests::code_of(s.files.end_measure({state.upload})) == Code::malformed);
  auto read = core::UploadPlan::decode(*plan);
  REQUIRE(read.has_value());
  CHECK(read->source == "acta.txt");
  CHECK(read->shape.bytes == limits::chunk_bytes + 7);
  CHECK(read->chunks[1] == crypto::sha256({part(7, 2)}));
  REQUIRE(s.files.plan(state.upload) != nullptr);
}

TEST_CASE("a chunk is sealed only as it was measured, and opens under the plan's key") {
  Sending s;
  UploadState state = s.begin(limits::chunk_bytes + 7);
  REQUIRE(s.files.measure({state.upload, part(limits::chunk_bytes, 1)}));
  REQUIRE(s.files.measure({state.upload, part(7, 2)}));
  REQUIRE(s.files.end_measure({state.upload}));
  CHECK(tests::code_of(s.files.seal({state.upload, 1, part(7, 3)})) == Code::malformed);
  CHECK(tests::code_of(s.files.seal({state.upload, 1, part(6, 2)})) == Code::malformed);
  CHECK(tests::code_of(s.files.seal({state.upload, 2, {}})) == Code::malformed);
  CHECK(tests::code_of(s.files.seal_list({state.upload})) == Code::malformed);
  std::vector<KeptPart> kept;
  std::vector<BlobId> blobs;
  for (std::uint32_t i : {0u, 1u}) {
    auto sealed = s.files.seal({state.upload, i, i == 0 ? part(limits::chunk_bytes, 1) : part(7, 2)});
    REQUIRE(sealed.has_value());
    CHECK(sealed->blob == BlobId(crypto::sha256({sealed->sealed}).view()));
    Bytes buffer = sealed->sealed;
    REQUIRE(s.files.plan(state.upload)->cipher().open(i, buffer));
    CHECK(buffer[0] == i + 1);
    blobs.push_back(sealed->blob);
    auto parts = s.files.through({state.upload, i, sealed->blob, noon});
    REQUIRE(parts.has_value());
    CHECK(parts->size() == i);  // written when enough is through, and at the end
    kept.insert(kept.end(), parts->begin(), parts->end());
  }
  CHECK(kept[0].part == 1);
  auto list = s.files.seal_list({state.upload});
  REQUIRE(list.has_value());
  CHECK(s.files.plan(state.upload)->cipher().open_list(list->sealed) == blobs);
}

TEST_CASE("files: what is too large, badly named or unknown is refused") {
  Sending s;
  auto begin = [&](std::string name, std::uint64_t bytes) {
    return tests::code_of(s.files.begin(BeginUpload{s.channel, std::move(name), noon, bytes}, s.random));
  };
  CHECK(begin("a.bin", content::file_bytes_max + 1) == Code::too_large);
  CHECK(begin("a/b", 1) == Code::malformed);
  auto nobody = s.random.id<UploadId>();
  auto nothing = s.random.id<RecordId>();
  CHECK(tests::code_of(s.files.measure({nobody, {}})) == Code::not_found);
  CHECK(tests::code_of(s.files.end_measure({nobody})) == Code::not_found);
  CHECK(tests::code_of(s.files.seal({nobody, 0, {}})) == Code::malformed);
  CHECK(tests::code_of(s.files.through({nobody, 0, {}, noon})) == Code::not_found);
  CHECK(tests::code_of(s.files.seal_list({nobody})) == Code::malformed);
  CHECK(tests::code_of(s.files.open_list({nothing, {}})) == Code::not_found);
  CHECK(tests::code_of(s.files.open({nothing, {}})) == Code::not_found);
  UploadState state = s.begin(10);
  CHECK(tests::code_of(s.files.through({state.upload, 1, {}, noon})) == Code::not_found);
}
