// Folds a channel's records into what is shown: messages and announcements with their replies, edits, reactions,
// acknowledgements and withdrawals. Rules of the fold, the same on every client:
//   - the items stand in the log's order; an edit changes an item's text, never its place;
//   - an edit or withdrawal counts only from the item's own author (the member, on any device), the last one wins;
//   - a reaction is one a member and emoji; an empty one takes all of that member's back;
//   - an acknowledgement counts for the country its author spoke for at the head it stood on, once;
//   - what could not be opened or parsed stands in its place, with its author, and is counted.
#pragma once

#include <functional>
#include <span>

#include "client/views/item.h"

namespace encuentro::client::views {

// Country and role of a record's author; the roster's answer at the record's own head.
using AuthorOf = std::function<Author(const core::Record&)>;

// Those of the records that could be opened and are wanted, in the log's order: what a fold of other kinds begins with.
std::vector<const core::Record*> opened(std::span<const core::Record* const> records,
                                        bool (*wanted)(content::Kind kind));

std::vector<Item> fold(std::span<const core::Record* const> records, const AuthorOf& author_of);

// The whole conversation of a channel the core holds, with what waits in the outbox at its end: messages and
// announcements, and of every kind what was refused, since nowhere else its author would find it.
std::vector<Item> conversation(const core::Core& core, const ChannelId& channel);

// The last of them, without folding the whole.
std::optional<Item> last_item(const core::Core& core, const ChannelId& channel);

// The author as the roster knows it at the record's head.
Author author_of(const roster::Roster& roster, const core::Record& record);
Author author_of(const core::Core& core, const core::Record& record);

// Items after this member's newest read mark that others wrote and that can be opened.
std::size_t unread(const core::Core& core, const ChannelId& channel);

}  // namespace encuentro::client::views
