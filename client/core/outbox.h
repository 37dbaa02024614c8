// What this device writes into a channel's log (PROTOCOL S1 to S3): stored once, sealed in the current epoch, sent
// until it is acknowledged, let go only when it is read back at the acknowledged place.
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/channel_calls.h"

namespace encuentro::client::core {

// Content, to be sealed when its turn comes. The ticket is answered when it was read back.
RecordId queue_content(CoreState& state, Channel& channel, std::uint32_t ticket, content::Kind kind,
                       const content::Content& item, std::vector<UploadId> pins = {});
// An entry without content (link, leave, report, ...), signed when its turn comes.
RecordId queue_entry(CoreState& state, Channel& channel, const record::Body& body, std::uint32_t ticket = 0);
// An entry that is signed already, with its id: create and commit.
void queue_handshake(CoreState& state, Channel& channel, const record::LogEntry& entry);

// The header of an entry of ours at the present heads.
record::EntryHeader header_here(const CoreState& state, const Channel& channel, const RecordId& id);

// What a person wrote and the server, or this client, refused for good stays until its author decides.
void retry(CoreState& state, std::uint32_t ticket, const Retry& command);
void discard(CoreState& state, std::uint32_t ticket, const Discard& command);
// Nothing will be sent any more from a channel this device was put out of: what waits there is refused.
void refuse_waiting(CoreState& state, Channel& channel, const Error& why);
// Whether something waits for the server; what was refused doesn't.
bool anything_waits(const Channel& channel);

// Sends what can be sent. True: something is on its way, nothing else may be appended now.
bool flush_outbox(CoreState& state, Channel& channel);
// Who waits for something in a log that doesn't fit is told so (channel_alarmed); the items stay.
void answer_alarmed(CoreState& state, Channel& channel);
// Forgets Commits of ours that wait: the group they were made for is stopped.
void drop_commits(CoreState& state, Channel& channel);
// Whether a handshake of ours waits in the outbox.
bool handshake_waits(const Channel& channel);
// An entry was applied: if it is ours, the outbox lets go.
void read_back(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry);

}  // namespace encuentro::client::core
