// Blobs and chunks over HTTPS, on the same pinned key as the conversation. One connection is kept and used again for
// the next request; blocking, one thread. docs/FORMATS.md §7.
#pragma once

#include <functional>
#include <memory>

#include "client/cli/net/connection.h"

namespace encuentro::client::cli::net {

struct TransferAddress {
  std::optional<ChannelId> channel;  // set: a chunk; empty: a blob
  BlobId id;                         // SHA-256 of the bytes
};
// "/v1/blob/HEX" or "/v1/chunk/CHANNEL/HEX", as the core asks for it (core::Transfer). Errors: malformed.
Result<TransferAddress> parse_transfer_path(std::string_view path);

class Transfers {
 public:
  // Connects at the first request. `timeout` is for each request as a whole.
  static std::unique_ptr<Transfers> open(const Endpoint& endpoint, Duration timeout);
  virtual ~Transfers() = default;

  // Errors of the server: not_logged_in (401), not_allowed (403), not_found (404), too_large or quota_exceeded (413),
  // too_many (429), overloaded (503), storage_full (507), malformed (other 4xx); of the way there: unreachable,
  // wrong_server_key, inspected_connection.
  virtual Status put(const TransferAddress& address, std::string_view token, BytesView body) = 0;
  // The hash is compared: another one is `bad_tag`, over limits::blob_bytes_max `too_large`, before memory is taken.
  virtual Result<Bytes> get(const TransferAddress& address, std::string_view token) = 0;
};

}  // namespace encuentro::client::cli::net
