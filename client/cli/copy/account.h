// A channel as a copy tells it: from its log and the words at hand, and nothing else. A profile that writes a copy and
// whoever checks it without a profile read the same log into the same account, so both render the same bytes.
#pragma once

#include <vector>

#include "client/core/core.h"
#include "client/verify/walk.h"

namespace encuentro::client::cli {

struct ChannelAccount {
  ChannelId channel;
  policy::ChannelKind kind{};
  bool general_board = false;
  bool common = true;  // more than one country and the Secretariat read it (client/views/initiatives.h)
  // Every record of the log in its order: opened where its words are at hand, closed otherwise.
  std::vector<core::Record> records;
  std::vector<core::Erasure> erasures;  // those that count (client/core/erasing.h)

  std::vector<const core::Record*> opened() const;
  std::string title() const;  // of the newest channel_info; empty without one
};

// The words are taken as they are: whether their authors signed them is verify::walk's to say. Errors: malformed (the
// log doesn't begin with a channel's creation), policy_violation.
Result<ChannelAccount> account_of(const roster::Roster& roster, const verify::Log& log);

// What this profile holds of a channel.
verify::Log log_of(const core::Core& core, const ChannelId& channel);

}  // namespace encuentro::client::cli
