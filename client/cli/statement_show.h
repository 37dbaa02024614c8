// What several sign, in plain words: for whoever is asked to approve it.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/catalogue.h"
#include "client/core/core.h"

namespace encuentro::client::cli {

// "roots", "country", "role", "invite", "re-entry", "revoke", "server", "release".
std::string kind_word(const roster::PendingStatement& statement);
// One sentence: what will be so once enough have signed.
std::string sentence_of(const core::Core& core, const roster::PendingStatement& statement, const Catalogue& words);
// "2 of 3": by the way that is nearest.
roster::Support::Count nearest_of(const roster::Support& support);

// So many hex digits of a statement's id are shown and needed: fewer could be met on purpose by another statement.
inline constexpr std::size_t statement_digits = 16;
// As it is shown, and as `approve` takes it.
std::string statement_name(const RecordId& id);

nlohmann::json json_of(const core::Core& core, const core::WaitingStatement& waiting, const Catalogue& words);
std::string text_of(const core::Core& core, const core::WaitingStatement& waiting, const Catalogue& words);

// A key of the network as people give it to each other: 64 hex digits.
std::string root_key_text(BytesView key);
// Errors: malformed.
Result<Bytes> parse_root_key(std::string_view text);

}  // namespace encuentro::client::cli
