// When an ordered Commit has to be rejected (PROTOCOL C6, C7): this device stops, keeps it and reports it, signed;
// whoever may add members restarts the channel as a new group without the device that made it.
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/channel_calls.h"

namespace encuentro::client::core {

// Notes where the group stood before the Commit at `seq`, which is about to be merged.
void note_turn(Channel& channel, Seq seq);

// An ordered Commit (or create) that has to be rejected. `blind`: not even its public half holds, so that nothing after
// it can be followed but a restart.
void stop_channel(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq, const Error& why,
                  bool blind);

// A Commit whose Welcome for this device doesn't open, in a channel that lets nobody in by himself: somebody removes
// the leaf and adds it anew.
void report_welcome(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq, const Error& why);

// Somebody's report, of a Commit that stands in this log. The alarm names who made the Commit; who reports has signed.
Status apply_report(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                    const record::ReportBody& body);

// A restart replaces the group: nothing but the predecessor may differ, and it must name a good epoch of the old one.
// On success it is noted who may come back. Errors: policy_violation, and those of policy::may_restart.
Status judge_restart(Channel& channel, const policy::ChannelPolicy& policy, const roster::View& view,
                     const DeviceId& device, Seq seq);

// The policy of a restart from here. Errors: not_allowed (nothing was rejected or reported).
Result<policy::ChannelPolicy> restarted_policy(const Channel& channel);

// Who was in and doesn't come back by himself, in a channel that lets nobody in so: to be added by who restarted it.
std::set<MemberId> members_to_bring_back(const CoreState& state, const Channel& channel);

}  // namespace encuentro::client::core
