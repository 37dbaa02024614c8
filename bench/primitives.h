// What the cryptographic primitives of a suite cost on this machine, in this run: the terms of which the
// floors of the other measurements are sums. Times are medians of thread CPU time in microseconds. Everything
// goes through the product's own interface (the library beneath it plus a few nanoseconds), so a floor gets
// lower, not higher, when a primitive gets faster.
#pragma once

#include "protocol/crypto/suite.h"

namespace encuentro::bench {

// A primitive over messages of three lengths; between them its cost lies on lines.
struct TimesByLength {
  static constexpr double short_bytes = 64, middle_bytes = 4096, long_bytes = 1 << 20;
  double at_short, at_middle, at_long;

  double operator()(double bytes) const {
    if (bytes <= middle_bytes) return line(at_short, at_middle, (bytes - short_bytes) / (middle_bytes - short_bytes));
    return line(at_middle, at_long, (bytes - middle_bytes) / (long_bytes - middle_bytes));
  }

 private:
  static double line(double from, double to, double part) { return from + (to - from) * part; }
};

struct PrimitiveTimes {
  double key_pair;  // a KEM private key from given bytes, and its public key
  double dh;        // one Diffie-Hellman with a key pair that is there
  // A signature's cost grows with its message: Ed25519 hashes it twice in signing and once in verifying, with SHA-512
  // (RFC 8032 §5.1.6, §5.1.7), whatever the suite's own hash is.
  TimesByLength sign;    // key kept
  TimesByLength verify;  // a key and a signature not seen just before
  TimesByLength hash;    // the suite's
  TimesByLength seal;    // AEAD, 64 bytes of associated data
  TimesByLength open;
  double hmac_64;       // of 64 bytes, 32-byte key
  double hkdf_extract;  // of 32 bytes
  double hkdf_expand;   // ExpandWithLabel to one hash length: one HMAC
  double hpke_seal;     // of one hash length, encapsulation with a new key pair included
  double hpke_open;
};

PrimitiveTimes measure_primitives(crypto::Suite suite);

}  // namespace encuentro::bench
