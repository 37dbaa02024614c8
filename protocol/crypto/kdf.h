// HKDF (RFC 5869) over a suite's hash. Output goes straight into a secret type.
#pragma once

#include "protocol/base/secret.h"
#include "protocol/crypto/hash.h"

namespace encuentro::crypto {

// Writes hash_bytes bytes into `out` (whose size must be exactly that).
void hkdf_extract(HashAlgorithm algorithm, BytesView salt, BytesView key_material, MutableBytes out);
// Fills all of `out`; programmer error above 255 * hash_bytes. `info` comes in parts.
void hkdf_expand(HashAlgorithm algorithm, BytesView key, Parts info, MutableBytes out);

// RFC 9420 §8: ExpandWithLabel(Secret, Label, Context, Length); `label` is without "MLS 1.0 ".
void expand_with_label(Suite suite, BytesView secret, std::string_view label, BytesView context, MutableBytes out);

template <class Out>
Out expand_with_label(Suite suite, BytesView secret, std::string_view label, BytesView context, std::size_t bytes) {
  Out out;
  out.resize(bytes);
  expand_with_label(suite, secret, label, context, out.span());
  return out;
}

// RFC 9420 §8: DeriveSecret(Secret, Label).
template <class Out>
Out derive_secret(Suite suite, BytesView secret, std::string_view label) {
  return expand_with_label<Out>(suite, secret, label, {}, parameters(suite).hash_bytes);
}

// RFC 9420 §9.1: DeriveTreeSecret(Secret, Label, Generation, Length).
void derive_tree_secret(Suite suite, BytesView secret, std::string_view label, std::uint32_t generation,
                        MutableBytes out);

}  // namespace encuentro::crypto
