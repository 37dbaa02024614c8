#include "protocol/crypto/kdf.h"

#include "protocol/crypto/hmac.h"
#include "protocol/crypto/labels.h"

namespace encuentro::crypto {

void hkdf_extract(HashAlgorithm algorithm, BytesView salt, BytesView key_material, MutableBytes out) {
  Hmac hmac(algorithm, salt);  // an empty salt is the key of zeros (RFC 5869 §2.2)
  hmac.update(key_material);
  hmac.finish(out);
}

void hkdf_expand(HashAlgorithm algorithm, BytesView key, Parts info, MutableBytes out) {
  std::size_t block_bytes = hash_bytes(algorithm);
  ENC_CHECK(out.size() <= 255 * block_bytes);
  const Hmac keyed(algorithm, key);
  SizedSecret<struct ExpandBlockTag> block;
  for (std::uint8_t counter = 1; !out.empty(); ++counter) {
    Hmac hmac = keyed;
    hmac.update(block.view());
    for (BytesView part : info) hmac.update(part);
    hmac.update({&counter, 1});
    block.resize(block_bytes);
    hmac.finish(block.span());
    std::size_t taken = std::min(out.size(), block_bytes);
    std::copy_n(block.view().begin(), taken, out.begin());
    out = out.subspan(taken);
  }
}

void expand_with_label(Suite suite, BytesView secret, std::string_view label, BytesView context, MutableBytes out) {
  ENC_CHECK(out.size() <= 0xffff);
  const BigEndian<2> length(out.size());
  const VectorHeader label_header(mls_label_prefix.size() + label.size());
  const VectorHeader context_header(context.size());
  hkdf_expand(
      parameters(suite).hash, secret,
      {length.view(), label_header.view(), as_bytes(mls_label_prefix), as_bytes(label), context_header.view(), context},
      out);
}

void derive_tree_secret(Suite suite, BytesView secret, std::string_view label, std::uint32_t generation,
                        MutableBytes out) {
  expand_with_label(suite, secret, label, BigEndian<4>(generation).view(), out);
}

}  // namespace encuentro::crypto
