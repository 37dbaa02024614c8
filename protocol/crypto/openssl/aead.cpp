// AES-GCM and ChaCha20-Poly1305 by OpenSSL. The algorithms are fetched once; the context is made anew for
// each call (0.05 to 0.1 us), because a kept one would keep the last key in memory.
#include <climits>

#include "protocol/base/secret.h"
#include "protocol/crypto/openssl/handle.h"
#include "protocol/crypto/primitives.h"

namespace encuentro::crypto::openssl {
namespace {

const EVP_CIPHER* fetched(AeadAlgorithm algorithm) {
  static const std::array<EVP_CIPHER*, 3> ciphers{EVP_CIPHER_fetch(nullptr, "AES-128-GCM", nullptr),
                                                  EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr),
                                                  EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr)};
  const EVP_CIPHER* cipher = ciphers[static_cast<std::size_t>(algorithm)];
  ENC_CHECK(cipher != nullptr);
  return cipher;
}

// Feeds input longer than OpenSSL's int lengths in pieces; `out` null: associated data.
void update(EVP_CIPHER_CTX* context, std::uint8_t* out, BytesView in) {
  while (!in.empty()) {
    std::size_t taken = std::min<std::size_t>(in.size(), std::size_t{1} << 30);
    int written = 0;
    ENC_CHECK(EVP_CipherUpdate(context, out, &written, in.data(), static_cast<int>(taken)) == 1);
    if (out != nullptr) out += taken;
    in = in.subspan(taken);
  }
}

CipherContext start(AeadAlgorithm algorithm, BytesView key, BytesView nonce, bool sealing) {
  CipherContext context(EVP_CIPHER_CTX_new());
  ENC_CHECK(context != nullptr);
  ENC_CHECK(EVP_CipherInit_ex2(context.get(), fetched(algorithm), key.data(), nonce.data(), sealing ? 1 : 0, nullptr) ==
            1);
  return context;
}

}  // namespace

bool has(AeadAlgorithm) { return true; }

void seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext,
          std::uint8_t* out) {
  CipherContext context = start(algorithm, key, nonce, true);
  update(context.get(), nullptr, associated_data);
  update(context.get(), out, plaintext);
  std::uint8_t* tag = out + plaintext.size();
  int written = 0;
  ENC_CHECK(EVP_CipherFinal_ex(context.get(), tag, &written) == 1 && written == 0);
  ENC_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, aead_tag_bytes, tag) == 1);
}

bool open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView ciphertext,
          std::uint8_t* out) {
  CipherContext context = start(algorithm, key, nonce, false);
  std::size_t size = ciphertext.size() - aead_tag_bytes;
  std::array<std::uint8_t, aead_tag_bytes> tag;
  std::copy_n(ciphertext.begin() + static_cast<std::ptrdiff_t>(size), tag.size(), tag.begin());
  ENC_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, aead_tag_bytes, tag.data()) == 1);
  update(context.get(), nullptr, associated_data);
  update(context.get(), out, ciphertext.first(size));
  std::array<std::uint8_t, 16> rest;
  int written = 0;
  bool right = EVP_CipherFinal_ex(context.get(), rest.data(), &written) == 1;
  if (right) return true;
  wipe(out, size);
  return refused();
}

}  // namespace encuentro::crypto::openssl
