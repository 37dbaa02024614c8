// Signatures of a suite, RFC 9420 §5.1.2's labelled form, and the product's own labelled form for all
// that is signed outside MLS. Ed25519 is always libsodium's: two verifiers can disagree.
#pragma once

#include "protocol/base/error.h"
#include "protocol/base/ids.h"
#include "protocol/base/random.h"
#include "protocol/base/secret.h"
#include "protocol/crypto/suite.h"

namespace encuentro::crypto {

using SignaturePublicKey = PublicKeyBytes;

// A signing key together with its public half, which signing needs anyway. `seed` is the native encoding
// (Ed25519: 32 bytes; Ed448: 57; ECDSA: big-endian scalar).
struct SigningKey {
  SizedSecret<struct SignatureSeedTag, 66> seed;
  SignaturePublicKey public_key;

  SigningKey duplicate() const { return {seed.duplicate(), public_key}; }
};

SigningKey generate_signing_key(Suite suite, Random& random);
// Rebuilds the public half from stored or vector bytes. Errors: bad_key.
Result<SigningKey> signing_key_from_seed(Suite suite, BytesView seed);

Bytes sign(Suite suite, const SigningKey& key, BytesView message);
// Errors: bad_signature, bad_key.
Status verify(Suite suite, BytesView public_key, BytesView message, BytesView signature);

// RFC 9420 §5.1.2 SignWithLabel / VerifyWithLabel; `label` is without "MLS 1.0 ".
Bytes sign_with_label(Suite suite, const SigningKey& key, std::string_view label, BytesView content);
Status verify_with_label(Suite suite, BytesView public_key, std::string_view label, BytesView content,
                         BytesView signature);

// Outside MLS, always Ed25519: over "Encuentro 1.0 " || label || 0x00 || network || body.
using Ed25519PublicKey = Id<struct Ed25519PublicKeyTag, 32>;
using Ed25519Signature = Id<struct Ed25519SignatureTag, 64>;
using Ed25519Seed = Secret<32, struct Ed25519SeedTag>;

struct Ed25519Key {
  Ed25519Seed seed;
  Ed25519PublicKey public_key;

  Ed25519Key duplicate() const { return {seed.duplicate(), public_key}; }
};

Ed25519Key ed25519_from_seed(Ed25519Seed seed);
Ed25519Key ed25519_generate(Random& random);
// The same key as an MLS suite-3 signing key: a device signs roster and leaves with one key, under labels
// that can't meet ("Encuentro 1.0 " and "MLS 1.0 ").
SigningKey to_mls(const Ed25519Key& key);

Ed25519Signature sign_as_encuentro(const Ed25519Key& key, std::string_view label, const NetworkId& network,
                                   BytesView body);
Status verify_as_encuentro(const Ed25519PublicKey& key, std::string_view label, const NetworkId& network,
                           BytesView body, const Ed25519Signature& signature);

// RFC 9420 §5.2 RefHash(label, value), e.g. "KeyPackage Reference" without "MLS 1.0 ".
Digest ref_hash(Suite suite, std::string_view label, BytesView value);
// The same with the label as it stands: there the RFC puts the prefix into the callers' labels, and the
// working group's crypto-basics vectors have one without it.
Digest ref_hash_whole_label(Suite suite, std::string_view label, BytesView value);

}  // namespace encuentro::crypto
