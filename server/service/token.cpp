#include "server/service/token.h"

#include "protocol/codec/base64url.h"
#include "protocol/crypto/compare.h"
#include "protocol/crypto/hash.h"

namespace encuentro::server::service {

namespace {

Bytes encode(const Grant& grant) {
  codec::Writer w;
  w.id(grant.device);
  w.id(grant.channel);
  w.number(grant.direction);
  w.optional(grant.upload, [](codec::Writer& inner, const UploadId& id) { inner.id(id); });
  w.optional(grant.blob, [](codec::Writer& inner, const BlobId& id) { inner.id(id); });
  w.u64(grant.bytes);
  w.u64(static_cast<std::uint64_t>(grant.expires.ms));
  return w.take();
}

Result<Grant> decode(codec::Reader& r) {
  Grant grant;
  TRY(grant.device, r.id<DeviceId>());
  TRY(grant.channel, r.id<ChannelId>());
  TRY(grant.direction, r.number<api::Direction>());
  TRY(grant.upload, r.optional<UploadId>([](codec::Reader& inner) { return inner.id<UploadId>(); }));
  TRY(grant.blob, r.optional<BlobId>([](codec::Reader& inner) { return inner.id<BlobId>(); }));
  TRY(grant.bytes, r.u64());
  TRY(std::uint64_t ms, r.u64());
  grant.expires = Timestamp{static_cast<std::int64_t>(ms)};
  return grant;
}

}  // namespace

std::string TokenMint::issue(Grant& grant, Timestamp now) const {
  grant.expires = now + life;
  Bytes bytes = encode(grant);
  Digest tag = crypto::mac(crypto::HashAlgorithm::sha256, key_.view(), {bytes});
  bytes.insert(bytes.end(), tag.view().begin(), tag.view().end());
  return codec::to_base64url(bytes);
}

Result<Grant> TokenMint::open(std::string_view token, Timestamp now) const {
  constexpr std::size_t tag_bytes = 32;
  auto refused = fail(Code::not_logged_in, "R-SRV-40");
  if (token.size() > 512) return refused;
  auto bytes = codec::from_base64url(token);
  if (!bytes || bytes->size() < tag_bytes) return refused;
  BytesView body = BytesView(*bytes).first(bytes->size() - tag_bytes);
  Digest tag = crypto::mac(crypto::HashAlgorithm::sha256, key_.view(), {body});
  if (!crypto::equal_constant_time(tag.view(), BytesView(*bytes).last(tag_bytes))) return refused;
  auto grant = codec::decode_all<Grant>(body, decode);
  if (!grant || grant->expires <= now) return refused;
  return *grant;
}

}  // namespace encuentro::server::service
