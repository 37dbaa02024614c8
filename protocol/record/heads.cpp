#include "protocol/record/heads.h"

#include "protocol/base/limits.h"

namespace encuentro::record {

Result<GroupEpoch> GroupEpoch::decode(codec::Reader& r) {
  TRY(BytesView group_id, r.opaque(limits::group_id_bytes_max));
  TRY(std::uint64_t epoch, r.u64());
  return GroupEpoch{to_bytes(group_id), Epoch{epoch}};
}

}  // namespace encuentro::record
