// The key that opens handles: an X25519 pair whose private half lies in one file, its owner's alone.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "protocol/crypto/hpke.h"

namespace encuentro::aviso {

// FOLDER/key: the private key's 32 bytes as base64url and a line end.
// Errors are sentences for the operator: it can't be read, isn't a key, or others may read it.
std::expected<crypto::HpkeKeyPair, std::string> load_key(const std::filesystem::path& folder);
// As above; makes folder and key where there is none yet.
std::expected<crypto::HpkeKeyPair, std::string> load_or_make_key(const std::filesystem::path& folder, Random& random);

}  // namespace encuentro::aviso
