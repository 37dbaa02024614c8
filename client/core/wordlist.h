// 1024 everyday words, told apart by their first four letters: for proposed passphrases and for the short
// words that two people read to each other (fingerprint, roster head, channel epoch, R28).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/base/bytes.h"

namespace encuentro::client::core {

inline constexpr std::size_t wordlist_size = 1024;
inline constexpr std::size_t word_bits = 10;
inline constexpr std::size_t passphrase_words = 6;  // 60 bits, behind Argon2id

std::string_view word_at(std::size_t index);
// What a person typed, case and accents ignored, four letters being enough; nullopt if it is none of ours.
std::optional<std::string_view> word_typed(std::string_view typed);
// The first count * 10 bits as words with spaces between. `bytes` must hold that many.
std::string words_for(BytesView bytes, std::size_t count);
// A passphrase made of our words in its full form, whatever way it was typed; any other passphrase as it is.
std::string normalized_passphrase(std::string_view typed);

}  // namespace encuentro::client::core
