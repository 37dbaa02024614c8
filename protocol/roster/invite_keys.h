// The two keys of an invitation (docs/FORMATS.md §2): one from the link alone, one from link and spoken code.
#pragma once

#include "protocol/roster/link.h"

namespace encuentro::roster {

inline constexpr std::size_t invite_code_digits = 8;

// HKDF-Expand(link secret, "Encuentro 1.0 invite link" || 0x00 || invite, 32) as an Ed25519 seed.
crypto::Ed25519Key invite_link_key(const LinkSecret& secret, const InviteId& invite);
// Argon2id(link secret || 8 digits, salt = invite, 3 passes, 64 MiB) as an Ed25519 seed: about 0.1 s.
// Errors: malformed (not 8 ASCII digits), storage_full (no memory for Argon2id).
Result<crypto::Ed25519Key> invite_code_key(const LinkSecret& secret, std::string_view code, const InviteId& invite);

// 8 digits, each equally likely.
std::string make_invite_code(Random& random);
// Spaces and hyphens out, so that "1234 5678" can be typed as it was spoken. Errors: malformed.
Result<std::string> clean_invite_code(std::string_view typed);

}  // namespace encuentro::roster
