#include "protocol/record/evidence.h"

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("evidence reads back as it was kept") {
  SeededRandom random(12);
  record::Evidence evidence{Code::fork,          random.id<ChannelId>(), Seq{7},       Seq{5},
                            random.id<Hash32>(), random.id<Hash32>(),    Bytes(70, 1), Bytes(3, 2)};
  Bytes bytes = record::encode(evidence);
  auto again = [](BytesView input) -> Result<Bytes> {
    TRY(record::Evidence read, record::decode_evidence(input));
    return record::encode(read);
  };
  check_decoder(bytes, again);
  check_canonical(bytes, again);
  CHECK(*record::decode_evidence(bytes) == evidence);
  bytes[1] = 2;
  CHECK(code_of(record::decode_evidence(bytes)) == Code::unknown_version);
}
