// Parts of log entries above 32 KiB travel as blobs over HTTPS: fetched before their entry is applied, put before it is
// appended. What was fetched is checked against the hash in the entry.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// Whether the body names blobs that aren't here yet; asks for them.
bool needs_blobs(CoreState& state, Channel& channel, const record::Body& body);
// Whether all its blobs are here.
bool holds_blobs(const Channel& channel, const record::Body& body);
// The bytes of a part; a blob must be here (programmer error otherwise).
Bytes part_bytes(const Channel& channel, const record::Part& part);
// Inline, or put beside the entry; `blobs` collects what has to be put first.
record::Part part_of(Channel& channel, BytesView bytes);
// Puts what an entry of ours needs. True while something is still on its way.
bool putting_blobs(CoreState& state, Channel& channel, const record::Body& body);

}  // namespace encuentro::client::core
