// The one-time code by which an empty server lets itself be founded from another machine: written beside the data for
// whoever can read the operator's files, gone once the network is founded.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "protocol/base/random.h"

namespace encuentro::server::host {

// DIR/founding-code, 0600: reads the one that is there or makes a new one. The error is a sentence for the operator.
std::expected<std::string, std::string> founding_code(const std::filesystem::path& data, Random& random);
void forget_founding_code(const std::filesystem::path& data);

}  // namespace encuentro::server::host
