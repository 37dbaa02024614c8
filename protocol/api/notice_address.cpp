#include "protocol/api/notice_address.h"

#include <algorithm>

namespace encuentro::api {

namespace {

constexpr std::string_view info = "Encuentro 1.0 notice address";
constexpr std::size_t local_bytes_max = 64;  // RFC 5321 §4.5.3.1.1

}  // namespace

Status check_mail_address(std::string_view address) {
  if (address.size() > mail_address_bytes_max) {
    return fail(Code::too_large, "address", mail_address_bytes_max, address.size());
  }
  auto plain = [](char c) {
    return c > ' ' && c < 0x7F && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos;
  };
  std::size_t at = address.find('@');
  bool formed = std::ranges::all_of(address, plain) && at != std::string_view::npos && at == address.rfind('@') &&
                at > 0 && at <= local_bytes_max && at + 1 < address.size();
  return formed ? Status{} : fail(Code::malformed, "address");
}

Result<Bytes> seal_notice_address(BytesView key, std::string_view address, Random& random) {
  TRY_OK(check_mail_address(address));
  codec::Writer w;
  w.u16(static_cast<std::uint16_t>(address.size()));
  w.raw(as_bytes(address));
  Bytes padded = w.take();
  padded.resize(notice_address_padded_bytes);
  TRY(auto sealed, crypto::hpke_seal(crypto::encuentro_suite, key, as_bytes(info), {}, padded, random));
  Bytes handle = std::move(sealed.kem_output);
  handle.insert(handle.end(), sealed.ciphertext.begin(), sealed.ciphertext.end());
  return handle;
}

Result<std::string> open_notice_address(const crypto::HpkeKeyPair& key, BytesView handle) {
  if (handle.size() != notice_handle_bytes) return fail(Code::malformed, "handle", notice_handle_bytes, handle.size());
  TRY(SecretBytes padded,
      crypto::hpke_open(crypto::encuentro_suite, key.private_key.view(), key.public_key.view(),
                        handle.first(notice_key_bytes), as_bytes(info), {}, handle.subspan(notice_key_bytes)));
  codec::Reader r(padded.view());
  TRY(const std::uint16_t bytes, r.u16());
  TRY(const BytesView address, r.raw(bytes));
  TRY_OK(check_mail_address(as_text(address)));
  bool zeros = std::ranges::all_of(r.rest(), [](std::uint8_t byte) { return byte == 0; });
  if (!zeros) return fail(Code::malformed, "padding");
  return std::string(as_text(address));
}

}  // namespace encuentro::api
