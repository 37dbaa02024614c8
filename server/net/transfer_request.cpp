#include "server/net/transfer_request.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace encuentro::server::net {

namespace {

constexpr std::string_view blob_path = "/v1/blob/";
constexpr std::string_view chunk_path = "/v1/chunk/";

// Lower-case hex of exactly the id's length: one name, one spelling.
template <class IdType>
std::optional<IdType> parse_id(std::string_view text) {
  Bytes bytes;
  const bool upper = std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'F'; });
  if (text.size() != 2 * IdType::bytes || upper || !from_hex(text, bytes)) return std::nullopt;
  return IdType(BytesView(bytes));
}

bool parse_path(std::string_view target, TransferRequest& request) {
  if (target.starts_with(blob_path)) {
    const auto id = parse_id<BlobId>(target.substr(blob_path.size()));
    if (id) request.id = *id;
    return id.has_value();
  }
  target.remove_prefix(chunk_path.size());
  const std::size_t slash = target.find('/');
  if (slash == std::string_view::npos) return false;
  request.channel = parse_id<ChannelId>(target.substr(0, slash));
  const auto id = parse_id<BlobId>(target.substr(slash + 1));
  if (id) request.id = *id;
  return id && request.channel;
}

}  // namespace

bool is_transfer_path(std::string_view target) {
  return target.starts_with(blob_path) || target.starts_with(chunk_path);
}

std::expected<Transfer, Response> judge_transfer(const RequestHead& head, RemoteBucket remote) {
  const auto refuse = [](int status, std::string_view text) { return std::unexpected(plain_text(status, text)); };
  Transfer transfer;
  transfer.request.remote = remote;
  if (!parse_path(head.target, transfer.request)) return refuse(404, "no such path\n");
  if (head.method != "PUT" && head.method != "GET") return refuse(405, "PUT and GET only\n");
  transfer.put = head.method == "PUT";
  const auto token = bearer_token(head);
  if (!token) return refuse(401, "a bearer token is needed\n");
  transfer.request.token = *token;
  if (!transfer.put) {
    if (head.body_bytes != 0) return refuse(400, "GET has no body\n");
    return transfer;
  }
  if (head.count("content-length") == 0) return refuse(411, "Content-Length is needed\n");
  const std::size_t bytes_max = transfer.request.channel ? limits::chunk_sealed_bytes : limits::blob_bytes_max;
  if (head.body_bytes > bytes_max) return refuse(413, "too large\n");
  if (head.body_bytes == 0) return refuse(400, "nothing to store\n");
  transfer.request.bytes = head.body_bytes;
  return transfer;
}

Response transfer_error(const Error& error) {
  const int status = [&error] {
    switch (error.code) {
      case Code::not_logged_in:
      case Code::expired:
        return 401;
      case Code::not_allowed:
      case Code::not_admitted:
      case Code::revoked:
        return 403;
      case Code::not_found:
        return 404;
      case Code::too_large:
      case Code::quota_exceeded:
        return 413;
      case Code::too_many:
        return 429;
      case Code::overloaded:
      case Code::shutting_down:
        return 503;
      case Code::storage_full:
        return 507;
      case Code::malformed:
        return 400;
      default:
        return 500;
    }
  }();
  return plain_text(status, std::string(name(error.code)) + "\n");
}

}  // namespace encuentro::server::net
