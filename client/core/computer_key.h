// The second way to open a profile, beside the passphrase and never instead of it: what an authenticator of this
// computer answers when its owner shows a finger, a face or a PIN (WebAuthn's prf extension, built on CTAP's
// hmac-secret). It answers the same 32 bytes for the same salt, to nobody else.
#pragma once

#include "client/core/fields.h"
#include "protocol/base/ids.h"
#include "protocol/base/secret.h"

namespace encuentro::client::core {

using ComputerSecret = Secret<32, struct ComputerSecretTag>;

// Which authenticator to ask, by its credential's id, and for what.
struct ComputerKey {
  Bytes credential;
  Hash32 salt;
};

// The row "computer", in clear as "profile" is: it is read before anything can be opened.
struct ComputerRow {
  std::uint16_t version = 1;
  Bytes credential;
  Hash32 salt;
  Bytes sealed_key;  // the store's, under a key from the secret and the salt
  static constexpr auto fields =
      std::tuple(&ComputerRow::version, &ComputerRow::credential, &ComputerRow::salt, &ComputerRow::sealed_key);
};

}  // namespace encuentro::client::core
