// Where the passphrase comes from: a file named on the command line or in ENCUENTRO_PASSPHRASE_FILE, or the
// terminal without echo. Never from an argument. R78: looked at for length before any work.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "protocol/base/error.h"
#include "protocol/base/secret.h"

namespace encuentro::client::cli {

// The file's first line. Errors: no_profile if it can't be read, too_large.
Result<SecretBytes> passphrase_from_file(const std::string& path);
// Asks on the terminal (/dev/tty), echo off; restores the terminal also when interrupted. Errors: no_profile
// where there is no terminal, too_large.
Result<SecretBytes> passphrase_from_terminal(const std::string& prompt);
// --passphrase-file, then the environment, then the terminal.
Result<SecretBytes> read_passphrase(const std::optional<std::string>& file, const std::string& prompt);

}  // namespace encuentro::client::cli
