#include "protocol/roster/invite_keys.h"

#include "protocol/crypto/kdf.h"
#include "protocol/crypto/password.h"

namespace encuentro::roster {

namespace {

constexpr crypto::Argon2Parameters code_parameters{.passes = 3, .memory_kib = 64 * 1024};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

crypto::Ed25519Key invite_link_key(const LinkSecret& secret, const InviteId& invite) {
  const std::uint8_t zero[1] = {0};
  crypto::Ed25519Seed seed;
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, secret.view(),
                      {as_bytes("Encuentro 1.0 invite link"), BytesView(zero), invite.view()}, seed.span());
  return crypto::ed25519_from_seed(std::move(seed));
}

Result<crypto::Ed25519Key> invite_code_key(const LinkSecret& secret, std::string_view code, const InviteId& invite) {
  if (code.size() != invite_code_digits) return fail(Code::malformed, "", invite_code_digits, code.size());
  if (!std::all_of(code.begin(), code.end(), is_digit)) return fail(Code::malformed);
  SecretBytes password(LinkSecret::bytes + invite_code_digits);
  std::copy(secret.view().begin(), secret.view().end(), password.span().begin());
  std::copy(code.begin(), code.end(), password.span().begin() + LinkSecret::bytes);
  TRY(auto key, crypto::argon2id(password.view(), crypto::Argon2Salt(invite.view()), code_parameters));
  return crypto::ed25519_from_seed(crypto::Ed25519Seed(key.view()));
}

std::string make_invite_code(Random& random) {
  std::string code;
  while (code.size() < invite_code_digits) {
    std::uint8_t byte = 0;
    random.fill({&byte, 1});
    if (byte < 250) code.push_back(static_cast<char>('0' + byte % 10));  // 250 = 25 * 10: no digit is likelier
  }
  return code;
}

Result<std::string> clean_invite_code(std::string_view typed) {
  std::string code;
  for (char c : typed) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    if (!is_digit(c) || code.size() == invite_code_digits) return fail(Code::malformed);
    code.push_back(c);
  }
  if (code.size() != invite_code_digits) return fail(Code::malformed, "", invite_code_digits, code.size());
  return code;
}

}  // namespace encuentro::roster
