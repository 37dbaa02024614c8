#include "client/verify/evidence_file.h"

#include <catch2/catch.hpp>

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client::verify;

TEST_CASE("an evidence file reads back, and nothing but its one form is taken") {
  tests::SeededRandom random(3);
  EvidenceFile file{random.id<NetworkId>(), random.id<Hash32>(), {1, 2, 3}, {{4}, {5, 6}}};
  Bytes bytes = encode(file);
  auto back = decode_evidence_file(bytes);
  REQUIRE(back);
  CHECK(back->network == file.network);
  CHECK(back->fingerprint == file.fingerprint);
  CHECK(back->alarm == file.alarm);
  CHECK(back->roster == file.roster);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK_FALSE(decode_evidence_file(BytesView(bytes).first(cut)));
  bytes.push_back(0);
  CHECK(tests::code_of(decode_evidence_file(bytes)) == Code::trailing_bytes);
  bytes[0] ^= 1;
  CHECK(tests::code_of(decode_evidence_file(bytes)) == Code::unknown_version);
}
