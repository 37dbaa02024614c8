// Pre-shared keys (RFC 9420 §8.4): the secrets behind PreSharedKeyIDs, and how several of them enter the key
// schedule as one.
#pragma once

#include <optional>
#include <span>

#include "protocol/base/secret.h"
#include "protocol/crypto/suite.h"
#include "protocol/mls/public/psk_id.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

// Mixed into an epoch together with the commit secret; all zero when no PSK is used.
using PskSecret = SizedSecret<struct PskSecretTag>;
// What an epoch leaves behind for later ones and for successor groups (§8.6).
using ResumptionPskSecret = SizedSecret<struct ResumptionPskSecretTag>;

// A key that both sides got outside MLS. Any length.
struct ExternalPsk {
  Bytes id;
  SecretBytes secret;
};

// A key of an epoch, of this group or of another one (the predecessor in a ReInit, the parent of a branch).
struct ResumptionPsk {
  Bytes group_id;
  Epoch epoch;
  ResumptionPskSecret secret;

  ResumptionPsk duplicate() const { return {group_id, epoch, secret.duplicate()}; }
};

// The keys a caller lends to one call. The views must outlive the call.
struct PskSource {
  std::span<const ExternalPsk> external;
  std::span<const ResumptionPsk> resumption;

  // The nonce and the usage play no part.
  std::optional<BytesView> find(const PreSharedKeyId& id) const;
};

struct PskInput {
  PreSharedKeyId id;
  BytesView secret;
};

// psk_secret of §8.4, over `psks` in their order. At most 65535 of them (programmer error above).
PskSecret psk_secret(crypto::Suite suite, std::span<const PskInput> psks);
// Looks every id up in `own` (this group's epochs), then in `lent`. One that is in neither breaks `rule`.
Result<PskSecret> psk_secret_of(crypto::Suite suite, std::span<const PreSharedKeyId> ids, const PskSource& own,
                                const PskSource& lent, Rule rule);

}  // namespace encuentro::mls::member
