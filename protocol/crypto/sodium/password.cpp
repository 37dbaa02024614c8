#include "protocol/crypto/password.h"

#include <sodium.h>

#include "protocol/base/limits.h"
#include "protocol/crypto/sodium/large_pages.h"
#include "protocol/crypto/sodium/library.h"

namespace encuentro::crypto {
namespace {

constexpr std::uint32_t passes_max = 16;
constexpr std::uint32_t memory_kib_min = 8;
constexpr std::uint32_t memory_kib_max = 1024 * 1024;
static_assert(Argon2Salt::bytes == crypto_pwhash_argon2id_SALTBYTES);

}  // namespace

Result<PasswordKey> argon2id(BytesView password, const Argon2Salt& salt, Argon2Parameters parameters) {
  if (password.size() > limits::passphrase_bytes_max) {
    return fail(Code::too_large, "", limits::passphrase_bytes_max, password.size());
  }
  if (parameters.passes < 1 || parameters.passes > passes_max) {
    return fail(Code::malformed, "", passes_max, parameters.passes);
  }
  if (parameters.memory_kib < memory_kib_min || parameters.memory_kib > memory_kib_max) {
    return fail(Code::malformed, "", memory_kib_max, parameters.memory_kib);
  }
  sodium::start_library();
  PasswordKey key;
  [[maybe_unused]] const sodium::LargePages large_pages;
  // Everything else it could refuse was looked at above: what remains is memory it didn't get.
  int status =
      crypto_pwhash_argon2id(key.span().data(), PasswordKey::bytes, reinterpret_cast<const char*>(password.data()),
                             password.size(), salt.view().data(), parameters.passes,
                             std::size_t{parameters.memory_kib} * limits::KiB, crypto_pwhash_ALG_ARGON2ID13);
  if (status != 0) return fail(Code::storage_full, "", parameters.memory_kib);
  return key;
}

}  // namespace encuentro::crypto
