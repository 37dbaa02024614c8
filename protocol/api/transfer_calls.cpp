#include "protocol/api/transfer_calls.h"

#include "protocol/api/wire.h"

namespace encuentro::api {

void UploadBegin::encode(codec::Writer& w) const {
  w.id(channel);
  w.id(upload);
  w.u64(bytes);
}

Result<UploadBegin> UploadBegin::decode(codec::Reader& r) {
  UploadBegin begin;
  TRY(begin.channel, r.id<ChannelId>());
  TRY(begin.upload, r.id<UploadId>());
  TRY(begin.bytes, r.u64());
  return begin;
}

Result<DownloadBegin> DownloadBegin::decode(codec::Reader& r) {
  TRY(ChannelId channel, r.id<ChannelId>());
  return DownloadBegin{channel};
}

void BlobBegin::encode(codec::Writer& w) const {
  w.id(channel);
  w.id(blob);
  w.u32(bytes);
  w.number(direction);
}

Result<BlobBegin> BlobBegin::decode(codec::Reader& r) {
  BlobBegin begin;
  TRY(begin.channel, r.id<ChannelId>());
  TRY(begin.blob, r.id<BlobId>());
  TRY(begin.bytes, r.u32());
  TRY(begin.direction, r.number<Direction>());
  if (begin.bytes > limits::blob_bytes_max) return fail(Code::too_large, "", limits::blob_bytes_max, begin.bytes);
  if (begin.direction != Direction::put && begin.direction != Direction::get) {
    return fail(Code::malformed, "direction", 0, static_cast<std::uint64_t>(begin.direction));
  }
  return begin;
}

void TokenReply::encode(codec::Writer& w) const {
  w.text(token);
  write_time(w, expires);
}

Result<TokenReply> TokenReply::decode(codec::Reader& r) {
  TokenReply reply;
  TRY(reply.token, read_text(r, limits::token_bytes_max));
  TRY(reply.expires, read_time(r));
  return reply;
}

void QuotaReply::encode(codec::Writer& w) const {
  for (std::uint64_t bytes : {country_bytes, country_bytes_max, member_bytes, member_bytes_max}) w.u64(bytes);
}

Result<QuotaReply> QuotaReply::decode(codec::Reader& r) {
  QuotaReply reply;
  TRY(reply.country_bytes, r.u64());
  TRY(reply.country_bytes_max, r.u64());
  TRY(reply.member_bytes, r.u64());
  TRY(reply.member_bytes_max, r.u64());
  return reply;
}

}  // namespace encuentro::api
