#include "protocol/mls/public/psk_id.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("PSK names of both types: valid, cut, longer, unknown kinds") {
  PreSharedKeyId external;
  external.psk_id = {1, 2};
  external.psk_nonce.assign(32, 3);
  check_encoding(external);
  PreSharedKeyId resumption;
  resumption.type = PskType::resumption;
  resumption.usage = ResumptionPskUsage::branch;
  resumption.psk_group_id = {9};
  resumption.psk_epoch = Epoch(1ull << 40);
  check_encoding(resumption);
  check_refused<PreSharedKeyId>(Bytes{3, 0, 0}, Code::unknown_kind);
  check_refused<PreSharedKeyId>(Bytes{2, 4, 0}, Code::unknown_kind);
  check_refused<PreSharedKeyId>(Bytes{2, 0, 0}, Code::unknown_kind);
}

}  // namespace encuentro::mls::testing
