// HPKE base mode (RFC 9180) with the KEM, KDF and AEAD of an MLS suite, and RFC 9420 §5.1.3's labelled
// form of it. Public keys are raw bytes as on the wire (uncompressed points for the NIST curves).
#pragma once

#include "protocol/base/error.h"
#include "protocol/base/random.h"
#include "protocol/base/secret.h"
#include "protocol/crypto/suite.h"

namespace encuentro::crypto {

using HpkePublicKey = PublicKeyBytes;
using HpkePrivateKey = SizedSecret<struct HpkePrivateKeyTag, 66>;  // serialized as RFC 9180 §7.1.2

struct HpkeKeyPair {
  HpkePrivateKey private_key;
  HpkePublicKey public_key;
};

// RFC 9180 §7.1.3 DeriveKeyPair.
HpkeKeyPair hpke_derive_key_pair(Suite suite, BytesView key_material);
HpkeKeyPair hpke_generate(Suite suite, Random& random);
// Rebuilds the public key. Errors: bad_key.
Result<HpkePublicKey> hpke_public_key(Suite suite, BytesView private_key);
// Whether the bytes are a key this KEM accepts (length, point on the curve). Cheap for X25519.
Status hpke_check_public_key(Suite suite, BytesView public_key);

struct HpkeCiphertext {
  Bytes kem_output;
  Bytes ciphertext;
};

// RFC 9180 §6.1 single-shot. Errors: bad_key (a public key of small order or off the curve).
Result<HpkeCiphertext> hpke_seal(Suite suite, BytesView public_key, BytesView info, BytesView associated_data,
                                 BytesView plaintext, Random& random);
// `public_key` is the one that belongs to `private_key`: kept beside it, so that it isn't computed anew
// each time. Errors: bad_key, bad_tag, truncated (no room for a tag).
Result<SecretBytes> hpke_open(Suite suite, BytesView private_key, BytesView public_key, BytesView kem_output,
                              BytesView info, BytesView associated_data, BytesView ciphertext);

// Secret export (RFC 9180 §5.3), as RFC 9420 §8.3 uses it for external initialisation.
struct HpkeExport {
  Bytes kem_output;
  SizedSecret<struct HpkeExportTag> secret;
};
Result<HpkeExport> hpke_send_export(Suite suite, BytesView public_key, BytesView info, BytesView exporter_context,
                                    std::size_t bytes, Random& random);
Result<SizedSecret<struct HpkeExportTag>> hpke_receive_export(Suite suite, BytesView private_key, BytesView public_key,
                                                              BytesView kem_output, BytesView info,
                                                              BytesView exporter_context, std::size_t bytes);

// RFC 9420 §5.1.3 EncryptWithLabel / DecryptWithLabel; `label` is without "MLS 1.0 ".
Result<HpkeCiphertext> encrypt_with_label(Suite suite, BytesView public_key, std::string_view label, BytesView context,
                                          BytesView plaintext, Random& random);
Result<SecretBytes> decrypt_with_label(Suite suite, BytesView private_key, BytesView public_key, std::string_view label,
                                       BytesView context, BytesView kem_output, BytesView ciphertext);

}  // namespace encuentro::crypto
