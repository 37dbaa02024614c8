// Taking the bytes of uploads from the server (PROTOCOL T6): a signed entry without content, by who sent them or whom
// the policy lets remove people. What their record says stays, and so does who took them.
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/channel_calls.h"

namespace encuentro::client::core {

// Answered when the entry is read back. Errors: unknown_channel, not_admitted, not_found (no such record), not_allowed.
void erase_uploads(CoreState& state, std::uint32_t ticket, const EraseUploads& command);

// Whether the device may, at that head: all uploads are pinned by the one entry `target`, which is its member's, or
// the policy lets it remove. Errors: not_allowed, and the decoder's for the target.
Status judge_erasure(const policy::ChannelPolicy& policy, const roster::Roster& roster, const roster::View& view,
                     const DeviceId& device, BytesView target, const std::vector<UploadId>& uploads);

// The server took it: every reader judges again. Errors: not_found (no such record before it), not_allowed.
Status apply_erasure(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                     const record::DeleteBody& body);

}  // namespace encuentro::client::core
