#include "server/net/request_head.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace encuentro::server::net {

namespace http = boost::beast::http;

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::size_t RequestHead::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [name](const Field& field) { return field.name == name; }));
}

std::optional<std::string_view> RequestHead::only(std::string_view name) const {
  if (count(name) != 1) return std::nullopt;
  return std::find_if(fields.begin(), fields.end(), [name](const Field& field) { return field.name == name; })->value;
}

std::optional<std::size_t> find_head_end(BytesView bytes, std::size_t from) {
  static constexpr std::string_view end = "\r\n\r\n";
  const std::size_t begin = from < end.size() ? 0 : from - end.size();
  const std::size_t place = as_text(bytes).find(end, begin);
  if (place == std::string_view::npos) return std::nullopt;
  return place + end.size();
}

std::expected<RequestHead, HeadRefusal> parse_head(BytesView head) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(head_bytes_max);
  parser.body_limit(boost::none);  // bounded by whoever takes the body
  boost::system::error_code failed;
  const std::size_t used = parser.put(boost::asio::buffer(head.data(), head.size()), failed);
  if (failed == http::error::bad_version) return std::unexpected(HeadRefusal{505});
  if (failed == http::error::header_limit) return std::unexpected(HeadRefusal{431});
  if (failed || !parser.is_header_done() || used != head.size()) return std::unexpected(HeadRefusal{400});

  const auto& message = parser.get();
  if (message.version() != 11) return std::unexpected(HeadRefusal{505});
  RequestHead result;
  result.method = std::string(message.method_string());
  result.target = std::string(message.target());
  for (const auto& field : message) {
    if (result.fields.size() == head_fields_max) return std::unexpected(HeadRefusal{431});
    result.fields.push_back({lower(field.name_string()), std::string(field.value())});
  }
  // A body has one length that both sides see the same way, or none: nothing to smuggle a second request in.
  if (result.count("transfer-encoding") != 0) return std::unexpected(HeadRefusal{501});
  if (result.count("host") != 1 || result.count("content-length") > 1) return std::unexpected(HeadRefusal{400});
  const std::string_view length = result.only("content-length").value_or("0");
  if (length.find_first_not_of("0123456789") != std::string_view::npos) return std::unexpected(HeadRefusal{400});
  result.body_bytes = parser.content_length() ? *parser.content_length() : 0;
  result.keep_alive = message.keep_alive();
  return result;
}

bool lists(std::string_view list, std::string_view token, Case letters) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view item = trimmed(list.substr(0, comma));
    if (letters == Case::exact ? item == token : lower(item) == lower(token)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

std::optional<std::string> bearer_token(const RequestHead& head) {
  static constexpr std::string_view scheme = "Bearer ";
  static constexpr std::size_t token_bytes_max = 512;
  const auto value = head.only("authorization");
  if (!value || !value->starts_with(scheme)) return std::nullopt;
  const std::string_view token = value->substr(scheme.size());
  const bool allowed = std::all_of(token.begin(), token.end(), [](char c) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return letter || std::string_view("-._~+/=").find(c) != std::string_view::npos;
  });
  if (token.empty() || token.size() > token_bytes_max || !allowed) return std::nullopt;
  return std::string(token);
}

bool origin_allowed(const RequestHead& head, const std::vector<std::string>& origins) {
  if (head.count("origin") == 0) return true;
  const auto origin = head.only("origin");
  return origin && std::find(origins.begin(), origins.end(), *origin) != origins.end();
}

}  // namespace encuentro::server::net
