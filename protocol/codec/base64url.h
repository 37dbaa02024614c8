// Base64url without padding (RFC 4648 §5): links, tokens, key hashes. One text for each byte string: other alphabets,
// padding, and stray bits at the end are malformed.
#pragma once

#include <string>

#include "protocol/base/bytes.h"
#include "protocol/base/error.h"

namespace encuentro::codec {

constexpr std::size_t base64url_chars(std::size_t bytes) { return (bytes * 4 + 2) / 3; }

std::string to_base64url(BytesView bytes);
// Into `out`, of exactly base64url_chars(bytes.size()): for secrets, which must not lie about in strings.
void to_base64url(BytesView bytes, MutableBytes out);

constexpr std::size_t base64url_bytes(std::size_t chars) { return chars * 3 / 4; }

// Errors: malformed.
Result<Bytes> from_base64url(std::string_view text);
// Into `out`, of exactly base64url_bytes(text.size()).
Status from_base64url(std::string_view text, MutableBytes out);

}  // namespace encuentro::codec
