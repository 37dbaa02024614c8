// Argon2id (RFC 9106) through libsodium, for the profile's passphrase and the spoken code. The parameters
// stand beside what they protect and may be raised later, never lowered (R44).
#pragma once

#include "protocol/base/error.h"
#include "protocol/base/ids.h"
#include "protocol/base/secret.h"

namespace encuentro::crypto {

struct Argon2Parameters {
  std::uint32_t passes = 3;
  std::uint32_t memory_kib = 64 * 1024;
  friend auto operator<=>(const Argon2Parameters&, const Argon2Parameters&) = default;
};

using Argon2Salt = Id<struct Argon2SaltTag, 16>;
using PasswordKey = Secret<32, struct PasswordKeyTag>;

// Errors: too_large (password over limits::passphrase_bytes_max, looked at before any work), storage_full
// (no memory for the parameters), malformed (parameters outside 1..16 passes, 8 KiB..1 GiB).
Result<PasswordKey> argon2id(BytesView password, const Argon2Salt& salt, Argon2Parameters parameters);

}  // namespace encuentro::crypto
