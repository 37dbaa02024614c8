// bench-file: a file's chunks sealed and opened, beside OpenSSL's AEAD over the same bytes in the same run. GB/s of one
// core, the median of rounds that take turns.
#include <openssl/evp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

#include "protocol/content/file_cipher.h"

namespace {

using namespace encuentro;

constexpr std::size_t chunks = 256;  // 64 MiB
constexpr int rounds = 11;

// The floor: one context, initialised for each chunk, no copy, no check.
void openssl_seal(BytesView key, Bytes& buffer) {
  static EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
  static EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "ChaCha20-Poly1305", nullptr);
  static std::uint8_t nonce[12] = {};
  ++nonce[0];
  int written = 0;
  auto plain = static_cast<int>(limits::chunk_bytes);
  ENC_CHECK(EVP_CipherInit_ex2(context, cipher, key.data(), nonce, 1, nullptr) == 1);
  ENC_CHECK(EVP_CipherUpdate(context, buffer.data(), &written, buffer.data(), plain) == 1);
  ENC_CHECK(EVP_CipherFinal_ex(context, buffer.data() + plain, &written) == 1);
  ENC_CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, buffer.data() + plain) == 1);
}

double rate_of(const std::function<void(std::uint32_t)>& work) {
  auto begun = std::chrono::steady_clock::now();
  for (std::uint32_t i = 0; i < chunks; ++i) work(i);
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  return static_cast<double>(chunks * limits::chunk_bytes) / took.count() / 1e9;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + rounds / 2, values.end());
  return values[rounds / 2];
}

}  // namespace

int main() {
  content::FileKey key;
  content::FileCipher cipher(key, ChannelId{}, UploadId{}, content::FileShape{chunks * limits::chunk_bytes});
  std::vector<Bytes> buffers(chunks, Bytes(limits::chunk_sealed_bytes, 7));
  std::vector<double> seal, open, floor;
  for (int round = 0; round < rounds; ++round) {
    floor.push_back(rate_of([&](std::uint32_t i) { openssl_seal(key.view(), buffers[i]); }));
    seal.push_back(rate_of([&](std::uint32_t i) { cipher.seal(i, buffers[i]); }));
    open.push_back(rate_of([&](std::uint32_t i) { ENC_CHECK(cipher.open(i, buffers[i]).has_value()); }));
  }
  double reference = median(floor);
  std::printf("OpenSSL ChaCha20-Poly1305, 256 KiB  %6.2f GB/s\n", reference);
  std::printf("seal a file's chunks                %6.2f GB/s  %.2f of it\n", median(seal), median(seal) / reference);
  std::printf("open a file's chunks                %6.2f GB/s  %.2f of it\n", median(open), median(open) / reference);
}
