#include "protocol/record/bodies.h"

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/record/entries.h"

using namespace encuentro;
using namespace encuentro::tests;

namespace {

auto again(std::uint8_t kind) {
  return [kind](BytesView bytes) -> Result<Bytes> {
    TRY(record::Body body, record::decode_body(kind, bytes));
    return record::encode_body(body);
  };
}

}  // namespace

TEST_CASE("each kind of body reads back, whole only and in one form") {
  SeededRandom random(1);
  for (const auto& body : bodies_of_each_kind(random)) {
    auto kind = static_cast<std::uint8_t>(record::kind_of(body));
    INFO("kind " << int{kind});
    Bytes bytes = record::encode_body(body);
    check_decoder(bytes, again(kind));
    check_canonical(bytes, again(kind));
  }
}

TEST_CASE("a kind or form of a later version is named so, to be set aside") {
  CHECK(code_of(record::decode_body(99, {})) == Code::unknown_kind);
  CHECK(code_of(record::decode_body(0, {})) == Code::unknown_kind);
  Bytes form_3{3, 0, 0};
  CHECK(code_of(record::decode_body(3, form_3)) == Code::unknown_kind);
}

TEST_CASE("lists and texts over their limits are refused") {
  SeededRandom random(2);
  record::DeleteBody many{std::vector<UploadId>(limits::pins_max + 1), {}};
  CHECK(code_of(record::decode_body(6, record::encode_body(many))) == Code::too_large);
  record::ReportBody wordy{Seq{1}, {}, 1, std::string(limits::rule_bytes_max + 1, 'x')};
  CHECK(code_of(record::decode_body(7, record::encode_body(wordy))) == Code::too_large);
  record::LinkBody long_link{link_of(random)};
  long_link.link.ciphertext.resize(limits::link_ciphertext_bytes + 1);
  CHECK(code_of(record::decode_body(4, record::encode_body(long_link))) == Code::too_large);
}
