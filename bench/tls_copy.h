// A file carried over TLS 1.3 on the loopback with nothing around it: what a transfer can't cost less than.
#pragma once

#include <filesystem>

namespace encuentro::bench {

// Seconds until the other process has all of `from` in `to`. One connection, 256 KiB a write, the cipher the real
// server and client agree on.
double tls_copy_s(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace encuentro::bench
