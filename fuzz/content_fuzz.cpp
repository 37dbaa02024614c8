// What decodes as content encodes to the same bytes; signed content keeps its kind, body and signature; what reads as
// an event, an answer, a document's item, an initiative or a meeting reads back the same from what it is written as.
#include "protocol/content/document.h"
#include "protocol/content/document_symbol.h"
#include "protocol/content/event.h"
#include "protocol/content/initiative.h"
#include "protocol/content/meeting.h"
#include "protocol/content/signed_content.h"

using namespace encuentro;

namespace {

template <class Read>
void reads_again(const content::Content& item, Read read) {
  auto typed = read(item);
  if (!typed) return;
  content::Content written = content::content_of(*typed);
  auto again = read(written);
  ENC_CHECK(again.has_value() && content::content_of(*again) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (auto item = content::decode_content(input)) {
    ENC_CHECK(equal(content::encode(*item), input));
    if (auto event = content::event_of(*item)) ENC_CHECK(content::event_of(content::content_of(*event)) == *event);
    if (auto answer = content::event_answer_of(*item)) {
      ENC_CHECK(content::event_answer_of(content::content_of(*answer)) == *answer);
    }
    reads_again(*item, content::document_version);
    reads_again(*item, content::document_folder);
    reads_again(*item, content::document_change);
    reads_again(*item, content::document_comment);
    reads_again(*item, content::document_freeze);
    reads_again(*item, content::document_fetched);
    reads_again(*item, content::initiative_of);
    reads_again(*item, content::meeting_of);
  }
  if (auto symbol = content::parse_symbol(as_text(input))) ENC_CHECK(content::parse_symbol(symbol->text()) == *symbol);
  if (auto item = content::decode_signed_content(input)) {
    auto padded = content::encode_padded(*item);
    ENC_CHECK(padded.has_value());
    ENC_CHECK(content::decode_signed_content(padded->view()) == *item);
  }
  return 0;
}
