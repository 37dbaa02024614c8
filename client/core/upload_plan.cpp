#include "client/core/upload_plan.h"

#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::client::core {
namespace {

constexpr std::uint16_t plan_version = 1;
constexpr std::size_t source_bytes_max = 4096;

}  // namespace

UploadPlan UploadPlan::fresh(Random& random, const ChannelId& channel) {
  UploadPlan plan;
  std::array<std::uint8_t, content::FileKey::bytes> key{};
  random.fill(key);
  plan.key = content::FileKey(key);
  wipe(key.data(), key.size());
  std::array<std::uint8_t, UploadId::bytes> id{};
  random.fill(id);
  plan.upload = UploadId(id);
  plan.channel = channel;
  return plan;
}

Bytes UploadPlan::encode() const {
  codec::Writer w(chunks.size() * Hash32::bytes + 256);
  w.u16(plan_version);
  w.id(upload);
  w.id(channel);
  w.text(source);
  w.u64(static_cast<std::uint64_t>(modified_ns));
  w.u64(shape.bytes);
  w.raw(key.view());
  w.id(content);
  w.vector(chunks, [](codec::Writer& out, const Hash32& hash) { out.id(hash); });
  return w.take();
}

Result<UploadPlan> UploadPlan::decode(BytesView bytes) {
  return codec::decode_all<UploadPlan>(bytes, [](codec::Reader& r) -> Result<UploadPlan> {
    UploadPlan plan;
    TRY(std::uint16_t version, r.u16());
    if (version != plan_version) return fail(Code::unknown_version, "upload", plan_version, version);
    TRY(plan.upload, r.id<UploadId>());
    TRY(plan.channel, r.id<ChannelId>());
    TRY(BytesView source, r.opaque(source_bytes_max));
    plan.source = as_text(source);
    TRY(std::uint64_t modified_ns, r.u64());
    plan.modified_ns = static_cast<std::int64_t>(modified_ns);
    TRY(plan.shape.bytes, r.u64());
    if (plan.shape.bytes > content::file_bytes_max) return fail(Code::too_large, "file");
    TRY(BytesView key, r.raw(content::FileKey::bytes));
    plan.key = content::FileKey(key);
    TRY(plan.content, r.id<Hash32>());
    TRY(plan.chunks, r.vector<Hash32>(content::file_chunks_max * Hash32::bytes, content::file_chunks_max,
                                      [](codec::Reader& in) { return in.id<Hash32>(); }));
    if (plan.chunks.size() != plan.shape.chunks()) return fail(Code::malformed, "chunks");
    return plan;
  });
}

}  // namespace encuentro::client::core
