// Creating, changing and entering a channel as they stand in the log: judged by the same policy function as the
// server's, first through the public half of MLS, then by the member if this device is one (PROTOCOL C1 to C6, J2 to
// J5).
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// Errors: the rule that doesn't hold; the channel has to stop.
Status apply_create(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq,
                    const record::CreateBody& body);
Status apply_commit(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq,
                    const record::CommitBody& body);

// The MLS nodes of the public group's tree, for those who join with it.
Result<mls::RatchetTreeNodes> tree_nodes(const mls::PublicGroup& group);
// The archive commitment in a GroupInfo's extensions. Errors: policy_violation (none, or not 32 bytes).
Result<Commitment> commitment_in(const mls::ExtensionList& extensions);

}  // namespace encuentro::client::core
