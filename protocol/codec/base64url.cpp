#include "protocol/codec/base64url.h"

namespace encuentro::codec {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

int value_of(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return -1;
}

}  // namespace

std::string to_base64url(BytesView bytes) {
  std::string text(base64url_chars(bytes.size()), '\0');
  to_base64url(bytes, {reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  return text;
}

void to_base64url(BytesView bytes, MutableBytes out) {
  ENC_CHECK(out.size() == base64url_chars(bytes.size()));
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t place = 0;
  for (std::uint8_t byte : bytes) {
    bits = bits << 8 | byte;
    for (held += 8; held >= 6; held -= 6) {
      out[place++] = static_cast<std::uint8_t>(alphabet[bits >> (held - 6) & 63]);
    }
  }
  if (held > 0) out[place] = static_cast<std::uint8_t>(alphabet[bits << (6 - held) & 63]);
}

Result<Bytes> from_base64url(std::string_view text) {
  Bytes out(base64url_bytes(text.size()));
  TRY_OK(from_base64url(text, out));
  return out;
}

Status from_base64url(std::string_view text, MutableBytes out) {
  ENC_CHECK(out.size() == base64url_bytes(text.size()));
  if (text.size() % 4 == 1) return fail(Code::malformed);
  std::uint32_t bits = 0;
  unsigned held = 0;
  std::size_t place = 0;
  for (char c : text) {
    int value = value_of(c);
    if (value < 0) return fail(Code::malformed);
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[place++] = static_cast<std::uint8_t>(bits >> held);
    }
  }
  if ((bits & ((1u << held) - 1)) != 0) return fail(Code::malformed);
  return {};
}

}  // namespace encuentro::codec
