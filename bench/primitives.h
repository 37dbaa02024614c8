// What the cryptographic primitives of a suite cost on this machine, in this run: the terms of which the
// floors of the other measurements are sums. Times are medians of thread CPU time in microseconds. Everything
// goes through the product's own interface (the library beneath it plus a few nanoseconds), so a floor gets
// lower, not higher, when a primitive gets faster.
#pragma once

#include "protocol/crypto/suite.h"

namespace encuentro::bench {

struct PrimitiveTimes {
  double key_pair;  // a KEM private key from given bytes, and its public key
  double dh;        // one Diffie-Hellman with a key pair that is there
  double sign;      // of 64 bytes, key kept
  double verify;    // of 64 bytes, a key and a signature not seen just before
  double hash_64;   // the suite's hash of 64 bytes
  double hash_4096;
  double hmac_64;       // of 64 bytes, 32-byte key
  double hkdf_extract;  // of 32 bytes
  double hkdf_expand;   // ExpandWithLabel to one hash length: one HMAC
  double seal_64;       // AEAD of 64 bytes, 64 bytes of associated data
  double seal_1024;
  double open_1024;
  double hpke_seal;  // of one hash length, encapsulation with a new key pair included
  double hpke_open;

  // The hash of `bytes` bytes, on the line through the two measured lengths.
  double hash(double bytes) const { return hash_64 + (hash_4096 - hash_64) * (bytes - 64) / (4096 - 64); }
};

PrimitiveTimes measure_primitives(crypto::Suite suite);

}  // namespace encuentro::bench
