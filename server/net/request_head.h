// The head of one HTTP/1.1 request: request line and fields, bounded by R71. Parsing is Boost.Beast's, in one file.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/bytes.h"

namespace encuentro::server::net {

inline constexpr std::size_t head_bytes_max = 8 * 1024;  // R71
inline constexpr std::size_t head_fields_max = 64;       // R71

struct RequestHead {
  struct Field {
    std::string name;  // lower case
    std::string value;
  };
  std::string method;
  std::string target;
  std::vector<Field> fields;
  std::uint64_t body_bytes = 0;  // Content-Length
  bool keep_alive = true;

  // How often a field stands there, and its value if exactly once.
  std::size_t count(std::string_view name) const;
  std::optional<std::string_view> only(std::string_view name) const;
};

// The place just behind the empty line that ends the head, if it has come; `from` is where a search before ended.
std::optional<std::size_t> find_head_end(BytesView bytes, std::size_t from);

// HTTP status to refuse with: 400, 431 (too many fields), 501 (a transfer encoding), 505 (not HTTP/1.1).
struct HeadRefusal {
  int status;
};
std::expected<RequestHead, HeadRefusal> parse_head(BytesView head);

// Is `token` one of the comma-separated items of `list` (RFC 9110 §5.6.1)? Case counts only if `exact`.
enum class Case : std::uint8_t { exact, ignored };
bool lists(std::string_view list, std::string_view token, Case letters);

// RFC 6750 §2.1, 1 to 512 bytes. Only this field carries a token: never a cookie, never the query.
std::optional<std::string> bearer_token(const RequestHead& head);

// R64: no Origin is no browser; the one that is there must be of the list, byte for byte.
bool origin_allowed(const RequestHead& head, const std::vector<std::string>& origins);

}  // namespace encuentro::server::net
