#include "protocol/record/part.h"

#include "protocol/base/limits.h"
#include "protocol/crypto/hash.h"

namespace encuentro::record {
namespace {

enum class PartForm : std::uint8_t { inline_bytes = 1, blob = 2 };

}  // namespace

Part Part::of(BytesView bytes) {
  ENC_CHECK(bytes.size() <= limits::blob_bytes_max);
  if (bytes.size() <= limits::inline_part_bytes_max) return Part{to_bytes(bytes)};
  return Part{BlobRef{blob_id(bytes), static_cast<std::uint32_t>(bytes.size())}};
}

void Part::encode(codec::Writer& w) const {
  if (is_blob()) {
    w.number(PartForm::blob);
    w.id(blob().blob);
    w.u32(blob().bytes);
  } else {
    w.number(PartForm::inline_bytes);
    w.opaque(bytes());
  }
}

Result<Part> Part::decode(codec::Reader& r) {
  TRY(auto form, r.number<PartForm>());
  if (form == PartForm::inline_bytes) {
    TRY(BytesView bytes, r.opaque(limits::inline_part_bytes_max));
    return Part{to_bytes(bytes)};
  }
  if (form != PartForm::blob) return fail(Code::malformed, "part form", 1, static_cast<std::uint64_t>(form));
  TRY(BlobId blob, r.id<BlobId>());
  TRY(std::uint32_t bytes, r.u32());
  if (bytes > limits::blob_bytes_max) return fail(Code::too_large, "", limits::blob_bytes_max, bytes);
  if (bytes <= limits::inline_part_bytes_max) return fail(Code::malformed, "small blob", 0, bytes);
  return Part{BlobRef{blob, bytes}};
}

BlobId blob_id(BytesView bytes) { return BlobId(crypto::sha256({bytes}).view()); }

Status check_blob(const BlobRef& reference, BytesView bytes) {
  if (bytes.size() != reference.bytes) return fail(Code::malformed, "blob length", reference.bytes, bytes.size());
  if (blob_id(bytes) != reference.blob) return fail(Code::bad_tag, "blob hash");
  return {};
}

}  // namespace encuentro::record
