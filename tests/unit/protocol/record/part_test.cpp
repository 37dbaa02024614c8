#include "protocol/record/part.h"

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"

using namespace encuentro;
using namespace encuentro::tests;
using record::Part;

namespace {

Result<Bytes> again(BytesView bytes) {
  TRY(Part part, codec::decode_all<Part>(bytes, Part::decode));
  codec::Writer w;
  part.encode(w);
  return w.take();
}
Bytes encoded(const Part& part) {
  codec::Writer w;
  part.encode(w);
  return w.take();
}

}  // namespace

TEST_CASE("a part is inline up to the limit and a blob above") {
  Part small = Part::of(Bytes(limits::inline_part_bytes_max, 1));
  Part large = Part::of(Bytes(limits::inline_part_bytes_max + 1, 1));
  CHECK_FALSE(small.is_blob());
  REQUIRE(large.is_blob());
  CHECK(large.blob().bytes == limits::inline_part_bytes_max + 1);
  check_decoder(encoded(Part::of(Bytes(40, 1))), again);
  check_decoder(encoded(large), again);
}

TEST_CASE("a size has one form: small blobs and unknown forms are refused, large ones over the limit too") {
  CHECK(code_of(again(encoded(Part{record::BlobRef{{}, limits::inline_part_bytes_max}}))) == Code::malformed);
  CHECK(code_of(again(encoded(Part{record::BlobRef{{}, limits::blob_bytes_max + 1}}))) == Code::too_large);
  CHECK(code_of(again(encoded(Part{Bytes(limits::inline_part_bytes_max + 1)}))) == Code::too_large);
  CHECK(code_of(again(Bytes{3, 0})) == Code::malformed);
}

TEST_CASE("a fetched blob must be the one that was named") {
  Bytes blob(limits::inline_part_bytes_max + 9, 5);
  Part part = Part::of(blob);
  CHECK(record::check_blob(part.blob(), blob));
  blob[7] ^= 1;
  CHECK(code_of(record::check_blob(part.blob(), blob)) == Code::bad_tag);
  blob.pop_back();
  CHECK(code_of(record::check_blob(part.blob(), blob)) == Code::malformed);
}
