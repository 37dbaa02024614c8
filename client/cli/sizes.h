// Sizes as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace encuentro::client::cli {

// "512 B", "1.5 KiB", "20.0 MiB", "5.0 GiB": rounded down to a tenth.
std::string size_text(std::uint64_t bytes);

}  // namespace encuentro::client::cli
