// The archive keys of a `shared` channel: walking back from the newest through the links, noticing wrong links, and
// appending right ones (design §4 History; PROTOCOL J5, J6).
#pragma once

#include "client/core/core_state.h"
#include "protocol/mls/member/exporter.h"

namespace encuentro::client::core {

// A_n of that epoch. Errors: those of the exporter.
Result<content::ArchiveKey> archive_key_of(const mls::member::EpochExporter& exporter, const record::GroupEpoch& at);

// The key of an epoch this device entered.
void add_archive_key(CoreState& state, Channel& channel, const record::GroupEpoch& at, content::ArchiveKey key);
// A link found in the log, in a Commit or by itself. What it opens counts only against the older epoch's commitment.
void add_link(CoreState& state, Channel& channel, Seq seq, const record::Link& link);

// Whether every older epoch that has records can be reached through right links by who holds the newest key.
bool history_complete(const Channel& channel);
// Appends the newest missing link when its time has come. Several members may see it missing: each waits by its place
// in the tree, so that mostly one does it. True: an entry was queued.
bool mend_links(CoreState& state, Channel& channel);

}  // namespace encuentro::client::core
