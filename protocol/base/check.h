// ENC_CHECK stops the program on a programmer's error; it stays on in release builds. What a peer or the
// disk can cause is never an ENC_CHECK but an Error (error.h).
#pragma once

namespace encuentro {

// Writes the place to standard error and aborts. Prints no values: they could be secret.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace encuentro

#define ENC_CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::encuentro::check_failed(#condition, __FILE__, __LINE__))
