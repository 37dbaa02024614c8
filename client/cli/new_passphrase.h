// The passphrase of a new profile: six words proposed, or one's own if it is long enough.
#pragma once

#include <optional>
#include <string>

#include "client/cli/output.h"
#include "protocol/base/random.h"
#include "protocol/base/secret.h"

namespace encuentro::client::cli {

inline constexpr std::size_t own_passphrase_bytes_min = 12;

// From the file, the environment, or the terminal, where six words are proposed and typed once to see that they
// were noted. Errors: weak_passphrase, too_large, wrong_passphrase (typed otherwise three times), no_profile (no
// terminal and no file).
Result<SecretBytes> new_passphrase(const std::optional<std::string>& file, Output& output, Random& random);

// The same for a profile that has one: only `file` or the terminal, for the environment names the present one.
Result<SecretBytes> another_passphrase(const std::optional<std::string>& file, Output& output, Random& random);

// What is typed, as the core takes it: our words in their full form, one's own phrase as it is.
SecretBytes canonical_passphrase(const SecretBytes& typed);

}  // namespace encuentro::client::cli
