// What decodes as a log entry encodes to the same bytes, and so does its body.
#include "protocol/record/evidence.h"
#include "protocol/record/log_entry.h"

using namespace encuentro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (auto entry = record::decode_log_entry(input)) {
    ENC_CHECK(equal(record::encode(*entry), input));
    if (auto body = entry->parsed()) ENC_CHECK(record::encode_body(*body) == entry->body);
  }
  if (auto evidence = record::decode_evidence(input)) ENC_CHECK(equal(record::encode(*evidence), input));
  if (size == 0) return 0;
  if (auto body = record::decode_body(data[0], input.subspan(1))) {
    ENC_CHECK(equal(record::encode_body(*body), input.subspan(1)));
  }
  return 0;
}
