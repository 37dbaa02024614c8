// libsodium chooses its implementations for this processor once; every entry into the folder that can
// profit (or draws randomness) calls this first.
#pragma once

namespace encuentro::crypto::sodium {

void start_library();

}  // namespace encuentro::crypto::sodium
