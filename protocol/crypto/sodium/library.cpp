#include "protocol/crypto/sodium/library.h"

#include <sodium.h>

#include "protocol/base/check.h"

namespace encuentro::crypto::sodium {

void start_library() {
  static const int started = sodium_init();
  ENC_CHECK(started >= 0);
}

}  // namespace encuentro::crypto::sodium
