// Where things stand in storage (docs/FORMATS.md §8).
#pragma once

#include "protocol/base/time.h"
#include "protocol/codec/writer.h"
#include "protocol/roster/roles.h"
#include "storage/partition.h"

namespace encuentro::server::service {

inline std::string key_text(BytesView bytes) { return std::string(as_text(bytes)); }

inline storage::PartitionId roster_partition() { return {"roster", "main"}; }
inline storage::PartitionId channel_partition(const ChannelId& id) { return {"ch", key_text(id.view())}; }
inline storage::PartitionId channel_index() { return {"idx", "channels"}; }
inline storage::PartitionId key_package_partition(const DeviceId& id) { return {"kp", key_text(id.view())}; }
// Who asked for notices: key MemberId.
inline storage::PartitionId notice_partition() { return {"notice", "main"}; }
// The day of a browser device's last use: key DeviceId.
inline storage::PartitionId device_use_partition() { return {"use", "main"}; }
inline storage::PartitionId quota_partition(roster::Country country) {
  return {"quota", country.none() ? "--" : std::string(country.text())};
}

// Key packages given out once each; the last resort stands beside them.
inline constexpr const char* single_use_prefix = "one/";

inline std::string burn_key(const InviteId& id) { return "burn/" + key_text(id.view()); }
inline constexpr const char* statement_prefix = "stmt/";
inline std::string statement_key(const RecordId& id) { return statement_prefix + key_text(id.view()); }
inline std::string upload_key(const UploadId& id) { return "up/" + key_text(id.view()); }
inline std::string pin_key(const UploadId& id) { return "pin/" + key_text(id.view()); }
inline constexpr const char* blob_prefix = "blob/";
// Rows of a blob's holders: behind this comes the upload's or device's id, nothing for an entry of the log.
inline std::string blob_key(const BlobId& id) { return blob_prefix + key_text(id.view()); }
// Of a store that came out of a backup: when.
inline constexpr const char* recovering_key = "recovering";
inline storage::Put recovering_row(Timestamp restored) {
  codec::Writer w;
  w.u64(static_cast<std::uint64_t>(restored.ms));
  return {recovering_key, w.take()};
}
inline constexpr const char* state_prefix = "state/";

}  // namespace encuentro::server::service
