#include "protocol/crypto/system_random.h"

#include <sodium.h>

#include "protocol/crypto/sodium/library.h"

namespace encuentro::crypto {

SystemRandom::SystemRandom() { sodium::start_library(); }

// libsodium stops the program itself when the system gives no randomness.
void SystemRandom::fill(MutableBytes out) {
  if (!out.empty()) randombytes_buf(out.data(), out.size());
}

}  // namespace encuentro::crypto
