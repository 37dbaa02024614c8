// Who holds a blob in a channel. The row's key is blob_key(id) and the holder's id; nothing behind it for an entry of
// the log, whose row stays.
#pragma once

#include "protocol/base/time.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::server::service {

struct BlobHolder {
  enum class Sort : std::uint8_t { entry = 1, upload = 2, device = 3 };
  Sort sort = Sort::entry;
  Timestamp since;

  Bytes encode() const {
    codec::Writer w;
    w.u8(static_cast<std::uint8_t>(sort));
    w.u64(static_cast<std::uint64_t>(since.ms));
    return w.take();
  }
  static Result<BlobHolder> decode(BytesView bytes) {
    return codec::decode_all<BlobHolder>(bytes, [](codec::Reader& r) -> Result<BlobHolder> {
      TRY(const std::uint8_t sort, r.u8());
      if (sort < 1 || sort > 3) return fail(Code::unknown_kind);
      TRY(const std::uint64_t since, r.u64());
      return BlobHolder{static_cast<Sort>(sort), Timestamp{static_cast<std::int64_t>(since)}};
    });
  }
};

}  // namespace encuentro::server::service
