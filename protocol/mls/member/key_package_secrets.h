// A member's own side of its leaf: who it says it is, and the private keys behind a KeyPackage
// (RFC 9420 §10).
#pragma once

#include "protocol/base/random.h"
#include "protocol/crypto/hpke.h"
#include "protocol/mls/public/key_package.h"

namespace encuentro::mls::member {

// What a client puts into each leaf it makes. The credential must fit the signing key in the eyes of the
// application; nothing here judges that.
struct MemberIdentity {
  crypto::SigningKey signing_key;
  Credential credential;
  Capabilities capabilities;
  ExtensionList leaf_extensions;

  MemberIdentity duplicate() const { return {signing_key.duplicate(), credential, capabilities, leaf_extensions}; }
};

// Capabilities of this library: mls10, `suites`, basic and x509 credentials, and the application's own
// extension and proposal types (default types are never listed, §7.2).
Capabilities library_capabilities(std::vector<crypto::Suite> suites, std::vector<ExtensionType> extensions = {});

// A KeyPackage with its private keys. Used for one join, then destroyed (§10: KeyPackages are used once).
struct KeyPackageSecrets {
  KeyPackage key_package;
  crypto::HpkePrivateKey init_key;
  crypto::HpkePrivateKey encryption_key;  // of the leaf
  crypto::SigningKey signing_key;

  static KeyPackageSecrets generate(crypto::Suite suite, const MemberIdentity& identity, Lifetime lifetime,
                                    ExtensionList key_package_extensions, Random& random);
  // From stored parts. Errors: bad_key, invalid_key_package (a private key that isn't the public one's).
  static Result<KeyPackageSecrets> assemble(KeyPackage key_package, BytesView init_key, BytesView encryption_key,
                                            BytesView signing_key);

  // How a client stores it until the Welcome arrives: KeyPackage || opaque x<V> for each of the three keys.
  SecretBytes encode() const;
  static Result<KeyPackageSecrets> decode(BytesView input);
};

}  // namespace encuentro::mls::member
