// What the verbs print: the JSON objects of the contract, and the same as lines for a person.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/session.h"
#include "client/cli/telling.h"
#include "client/views/board.h"
#include "client/views/conversation.h"
#include "client/views/people.h"

namespace encuentro::client::cli {

std::string hex(BytesView id);
// "message", "announcement", ...; "unreadable", "closed", "refused", "unknown" for what isn't opened.
std::string kind_word(const views::Item& item);
std::string author_name(const Telling& telling, const views::Author& author);

// Name, media type, size, and of a document the version that it is.
nlohmann::json attachments_json(const std::vector<content::Attachment>& attachments);
nlohmann::json json_of(const Telling& telling, const ChannelId& channel, const views::Item& item);
std::string text_of(const Telling& telling, const views::Item& item, const Catalogue& words);
nlohmann::json json_of(const Telling& telling, const views::Announcement& announcement);
std::string text_of(const Telling& telling, const views::Announcement& announcement, const Catalogue& words);

nlohmann::json json_of(const core::Core& core, const ChannelId& channel, const core::ChannelLook& look);
std::string text_of(const core::Core& core, const ChannelId& channel, const core::ChannelLook& look,
                    const Catalogue& words);

nlohmann::json json_of(const views::Person& person);
std::string text_of(const views::Person& person, const Catalogue& words);

// What `send` and its like answer with.
void show_sent(Output& output, const core::Outcome& outcome);
// What the new device shows whoever is to confirm its re-entry.
void show_asked(Output& output, const core::ReEntryAsked& asked);
// A statement that stands now (said by `placed`), or waits for others.
void show_decided(Output& output, const core::Outcome& outcome, Key placed);
// The refusal, with what a failed connection or a queued item has to add.
void show_error(Output& output, const Error& error, Session& session);

}  // namespace encuentro::client::cli
