// LabeledExtract and LabeledExpand (RFC 9180 §4), by which HPKE keeps its derivations apart.
#pragma once

#include "protocol/crypto/hmac.h"
#include "protocol/crypto/kdf.h"
#include "protocol/crypto/labels.h"

namespace encuentro::crypto {

inline constexpr std::string_view hpke_version = "HPKE-v1";

// Writes hash_bytes bytes into `out`.
inline void labelled_extract(HashAlgorithm hash, BytesView suite_id, BytesView salt, std::string_view label,
                             Parts key_material, MutableBytes out) {
  Hmac hmac(hash, salt);
  hmac.update(as_bytes(hpke_version));
  hmac.update(suite_id);
  hmac.update(as_bytes(label));
  for (BytesView part : key_material) hmac.update(part);
  hmac.finish(out);
}

inline void labelled_expand(HashAlgorithm hash, BytesView suite_id, BytesView key, std::string_view label,
                            BytesView info, MutableBytes out) {
  const BigEndian<2> length(out.size());
  hkdf_expand(hash, key, {length.view(), as_bytes(hpke_version), suite_id, as_bytes(label), info}, out);
}

}  // namespace encuentro::crypto
