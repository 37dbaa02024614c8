#include <algorithm>
#include <charconv>

#include "client/cli/net/connection.h"
#include "protocol/codec/base64url.h"

namespace encuentro::client::cli::net {

namespace {

constexpr std::string_view scheme = "wss://";

bool host_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

Result<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failed != std::errc{} || end != text.data() + text.size() || port == 0) return fail(Code::malformed);
  return port;
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view url) {
  if (!url.starts_with(scheme)) return fail(Code::malformed);
  std::string_view rest = url.substr(scheme.size());
  Endpoint endpoint;
  endpoint.port = 443;
  const bool bracketed = rest.starts_with('[');  // [IPv6]
  const std::size_t host_end = bracketed ? rest.find(']') : rest.find(':');
  if (bracketed && host_end == std::string_view::npos) return fail(Code::malformed);
  endpoint.host = std::string(bracketed ? rest.substr(1, host_end - 1) : rest.substr(0, host_end));
  rest.remove_prefix(std::min(rest.size(), bracketed ? host_end + 1 : host_end));
  if (!rest.empty()) {
    if (!rest.starts_with(':')) return fail(Code::malformed);
    TRY(endpoint.port, parse_port(rest.substr(1)));
  }
  const bool readable = std::all_of(endpoint.host.begin(), endpoint.host.end(), host_letter);
  if (endpoint.host.empty() || endpoint.host.size() > 253 || !readable) return fail(Code::malformed);
  if (!bracketed && endpoint.host.find(':') != std::string::npos) return fail(Code::malformed);
  return endpoint;
}

Result<Hash32> parse_spki(std::string_view text) {
  if (text.size() != codec::base64url_chars(Hash32::bytes)) return fail(Code::malformed);
  TRY(const Bytes bytes, codec::from_base64url(text));
  return Hash32(BytesView(bytes));
}

std::string spki_text(const Hash32& spki) { return codec::to_base64url(spki.view()); }

}  // namespace encuentro::client::cli::net
