// Names of people, devices and the network, sealed under the directory key so that the operator's disk holds none
// (FORMATS §2, SealedName). A salted commitment inside lets a name be shown to be the sealed one without the key.
#pragma once

#include "client/core/commands.h"
#include "protocol/base/random.h"
#include "protocol/roster/link.h"

namespace encuentro::client::core {

// `subject` is the member's, device's or network's id: a name sealed for one isn't a name of another.
// Errors: too_large (over 1024 bytes padded), malformed (not UTF-8).
Result<roster::SealedName> seal_name(const roster::DirectoryKey& key, BytesView subject, const PlainName& name,
                                     Random& random);
// Errors: bad_tag (another key, subject or a changed name), malformed.
Result<PlainName> open_name(const roster::DirectoryKey& key, BytesView subject, const roster::SealedName& sealed);

// A name with what shows it to be the sealed one to somebody without the key.
struct RevealedName {
  PlainName name;
  Salt salt;
};
// Errors: as open_name.
Result<RevealedName> reveal_name(const roster::DirectoryKey& key, BytesView subject, const roster::SealedName& sealed);
bool commits_to(const roster::SealedName& sealed, const RevealedName& revealed);

// What the network is called. Errors: as open_name.
Result<PlainName> network_name(const roster::DirectoryKey& key, const roster::GenesisBody& genesis);

// What genesis commits to.
Hash32 directory_commitment(const roster::DirectoryKey& key);

}  // namespace encuentro::client::core
