// The commands that say something in a channel: each makes a content item and puts it into the outbox.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

void announce(CoreState& state, std::uint32_t ticket, const Announce& command);
void send_message(CoreState& state, std::uint32_t ticket, const Send& command);
void edit(CoreState& state, std::uint32_t ticket, const Edit& command);
void react(CoreState& state, std::uint32_t ticket, const React& command);
void mark(CoreState& state, std::uint32_t ticket, const Mark& command);
void acknowledge(CoreState& state, std::uint32_t ticket, const Acknowledge& command);
void withdraw(CoreState& state, std::uint32_t ticket, const Withdraw& command);
void set_title(CoreState& state, std::uint32_t ticket, const SetTitle& command);
void post(CoreState& state, std::uint32_t ticket, const Post& command);

}  // namespace encuentro::client::core
