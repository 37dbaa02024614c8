// What decodes as content encodes to the same bytes; signed content keeps its kind, body and signature; what reads as
// an event or an answer reads back the same from what it is written as.
#include "protocol/content/event.h"
#include "protocol/content/signed_content.h"

using namespace encuentro;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (auto item = content::decode_content(input)) {
    ENC_CHECK(equal(content::encode(*item), input));
    if (auto event = content::event_of(*item)) ENC_CHECK(content::event_of(content::content_of(*event)) == *event);
    if (auto answer = content::event_answer_of(*item)) {
      ENC_CHECK(content::event_answer_of(content::content_of(*answer)) == *answer);
    }
  }
  if (auto item = content::decode_signed_content(input)) {
    auto padded = content::encode_padded(*item);
    ENC_CHECK(padded.has_value());
    ENC_CHECK(content::decode_signed_content(padded->view()) == *item);
  }
  return 0;
}
