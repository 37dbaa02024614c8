// Who this profile is, with its keys. Written to the store before anything that depends on it is sent.
#pragma once

#include "client/core/core.h"
#include "protocol/crypto/signature.h"
#include "protocol/roster/link.h"

namespace encuentro::client::core {

struct Identity {
  Self self;
  crypto::Ed25519Key key;
  roster::DirectoryKey directory_key;
  // Of the network: the founder's first, those made here since; erased once new roots drop them.
  std::vector<crypto::Ed25519Key> root_keys;
  bool entered = false;  // genesis or accept was read back from the roster

  SecretBytes encode() const;
  static Result<Identity> decode(BytesView bytes);
};

}  // namespace encuentro::client::core
