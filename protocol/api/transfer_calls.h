// Tokens for what travels over HTTPS beside the WebSocket: chunks of documents, and blobs (parts of log entries
// above limits::inline_part_bytes_max). A token is bound to device, channel, direction and what it is for.
#pragma once

#include <string>

#include "protocol/api/frame.h"
#include "protocol/base/time.h"

namespace encuentro::api {

enum class Direction : std::uint8_t { put = 1, get = 2 };

struct UploadBegin {
  static constexpr Call call = Call::upload_begin;
  ChannelId channel;
  UploadId upload;
  std::uint64_t bytes = 0;
  void encode(codec::Writer& w) const;
  static Result<UploadBegin> decode(codec::Reader& r);
};

struct DownloadBegin {
  static constexpr Call call = Call::download_begin;
  ChannelId channel;
  void encode(codec::Writer& w) const { w.id(channel); }
  static Result<DownloadBegin> decode(codec::Reader& r);
};

struct BlobBegin {
  static constexpr Call call = Call::blob_begin;
  ChannelId channel;
  BlobId blob;
  std::uint32_t bytes = 0;
  Direction direction = Direction::put;
  void encode(codec::Writer& w) const;
  static Result<BlobBegin> decode(codec::Reader& r);
};

// Reply to all three. The token goes into `Authorization: Bearer`.
struct TokenReply {
  std::string token;
  Timestamp expires;
  void encode(codec::Writer& w) const;
  static Result<TokenReply> decode(codec::Reader& r);
};

// How much of documents is there, sealed, and how much may be: the member's own and his country's (R77).
struct Quota {
  static constexpr Call call = Call::quota;
  void encode(codec::Writer&) const {}
  static Result<Quota> decode(codec::Reader&) { return Quota{}; }
};
struct QuotaReply {
  std::uint64_t country_bytes = 0;
  std::uint64_t country_bytes_max = 0;
  std::uint64_t member_bytes = 0;
  std::uint64_t member_bytes_max = 0;
  void encode(codec::Writer& w) const;
  static Result<QuotaReply> decode(codec::Reader& r);
};

}  // namespace encuentro::api
