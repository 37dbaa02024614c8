// Blobs and chunks over HTTPS: PUT|GET /v1/blob/HEX and /v1/chunk/CHANNEL/HEX with `Authorization: Bearer TOKEN`
// (FORMATS §7). The network reads and bounds; whether the token holds and where bytes go is the handler's.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "protocol/base/error.h"
#include "protocol/base/ids.h"
#include "server/net/session.h"

namespace encuentro::server::net {

struct TransferRequest {
  std::optional<ChannelId> channel;  // set: a chunk of that channel; empty: a blob
  BlobId id;                         // SHA-256 of the bytes
  std::string token;                 // as sent, 1 to 512 bytes of the token68 alphabet (RFC 6750)
  std::uint64_t bytes = 0;           // PUT: the declared length, 1 to the limit of its sort
  RemoteBucket remote;
};

// Called exactly once, on any thread.
template <class T>
using TransferDone = std::move_only_function<void(Result<T>)>;

// All calls come on the network's thread and must not block.
class TransferHandler {
 public:
  virtual ~TransferHandler() = default;

  // Before any byte of a body is read: does the token allow this PUT? not_logged_in → 401, not_allowed or not_admitted
  // → 403, too_large and quota_exceeded → 413, storage_full → 507, too_many and overloaded → 429/503; others as below.
  virtual void admit_put(const TransferRequest& request, TransferDone<void> done) = 0;

  // The whole body, exactly request.bytes long, its hash already compared with request.id. Answer when durable.
  virtual void put(const TransferRequest& request, Bytes body, TransferDone<void> done) = 0;

  // not_found → 404.
  virtual void get(const TransferRequest& request, TransferDone<std::shared_ptr<const Bytes>> done) = 0;
};

}  // namespace encuentro::server::net
