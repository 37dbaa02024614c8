// Evidence as a file that a third person can judge without having been there: what was found (an alarm as client/core
// encodes it) and the roster that says whose signatures are in it. FORMATS §11.
#pragma once

#include "protocol/base/error.h"
#include "protocol/base/ids.h"

namespace encuentro::client::verify {

struct EvidenceFile {
  NetworkId network;
  Hash32 fingerprint;
  Bytes alarm;
  std::vector<Bytes> roster;  // entries from genesis on, as whoever found it held them
};

Bytes encode(const EvidenceFile& file);
// Errors: malformed, unknown_version, too_large, truncated, trailing_bytes.
Result<EvidenceFile> decode_evidence_file(BytesView bytes);

}  // namespace encuentro::client::verify
