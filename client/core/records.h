// From a record entry to something a person can read: whether its author may post, opening, the inner signature
// (PROTOCOL S4).
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/channel_calls.h"

namespace encuentro::client::core {

// The entry stands and its envelope was checked: opens it if the key is held.
void add_record(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                const record::RecordBody& body);
// What can't be parsed: shown with its author where one can be read, counted, never in the way.
void add_unreadable_record(CoreState& state, Channel& channel, const api::LogItem& item, const Error& why);
void add_refused_record(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                        const Error& why);
// A record whose epoch this device couldn't follow: counted, closed until its key comes.
void add_closed_record(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry);
// Keys of older epochs have come, or a newer program: opens what was closed or unknown.
void open_closed_records(CoreState& state, Channel& channel);

}  // namespace encuentro::client::core
