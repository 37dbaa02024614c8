// The commands that make, change and leave channels.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

void create_channel(CoreState& state, std::uint32_t ticket, const CreateChannel& command);
// With a policy that was made already; `members` are added, then the command is answered.
void create_channel_with(CoreState& state, std::uint32_t ticket, policy::ChannelPolicy policy, const std::string& title,
                         const std::vector<MemberId>& members);
void add_to_channel(CoreState& state, std::uint32_t ticket, const AddToChannel& command);
void remove_from_channel(CoreState& state, std::uint32_t ticket, const RemoveFromChannel& command);
void leave_channel(CoreState& state, std::uint32_t ticket, const LeaveChannel& command);
void restart_channel(CoreState& state, std::uint32_t ticket, const RestartChannel& command);
void accept_admission(CoreState& state, std::uint32_t ticket, const AcceptAdmission& command);

}  // namespace encuentro::client::core
