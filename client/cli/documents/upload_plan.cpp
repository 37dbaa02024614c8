#include "client/cli/documents/upload_plan.h"

#include <sys/stat.h>

#include "client/cli/documents/file.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli {
namespace {

constexpr std::uint16_t plan_version = 1;
constexpr std::size_t path_bytes_max = 4096;

std::string whole_path(const std::filesystem::path& source) {
  std::error_code error;
  auto path = std::filesystem::canonical(source, error);
  return error ? source.string() : path.string();
}

struct Stamp {
  std::int64_t modified_ns = 0;
  std::uint64_t bytes = 0;
};

Result<Stamp> stamp_of(const std::filesystem::path& source) {
  struct stat found{};
  if (stat(source.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return fail(Code::not_found, "file");
  constexpr std::int64_t ns_per_s = 1'000'000'000;
  return Stamp{found.st_mtim.tv_sec * ns_per_s + found.st_mtim.tv_nsec, static_cast<std::uint64_t>(found.st_size)};
}

}  // namespace

bool UploadPlan::is_of(const ChannelId& to, const std::filesystem::path& file) const {
  return channel == to && source == whole_path(file);
}

bool UploadPlan::describes(const ChannelId& to, const std::filesystem::path& file) const {
  auto stamp = stamp_of(file);
  return stamp && is_of(to, file) && modified_ns == stamp->modified_ns && shape.bytes == stamp->bytes;
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
    TRY(BytesView source, r.opaque(path_bytes_max));
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

Result<UploadPlan> plan_upload(const ChannelId& channel, const std::filesystem::path& source, Random& random,
                               const std::function<void(std::uint64_t)>& told) {
  TRY(Stamp stamp, stamp_of(source));
  if (stamp.bytes > content::file_bytes_max) {
    return fail(Code::too_large, "file", content::file_bytes_max, stamp.bytes);
  }
  TRY(File file, File::open_to_read(source));
  UploadPlan plan;
  std::array<std::uint8_t, content::FileKey::bytes> fresh{};
  random.fill(fresh);
  plan.key = content::FileKey(fresh);
  wipe(fresh.data(), fresh.size());
  std::array<std::uint8_t, UploadId::bytes> id{};
  random.fill(id);
  plan.upload = UploadId(id);
  plan.channel = channel;
  plan.source = whole_path(source);
  plan.modified_ns = stamp.modified_ns;
  plan.shape.bytes = stamp.bytes;
  crypto::Sha256Stream whole;
  Bytes buffer(limits::chunk_bytes);
  for (std::uint32_t i = 0; i < plan.shape.chunks(); ++i) {
    MutableBytes part = MutableBytes(buffer).first(plan.shape.file_bytes(i));
    TRY_OK(file.read(std::uint64_t{i} * limits::chunk_bytes, part));
    whole.update(part);
    plan.chunks.push_back(crypto::sha256({part}));
    told(std::uint64_t{i} * limits::chunk_bytes + part.size());
  }
  plan.content = whole.finish();
  return plan;
}

}  // namespace encuentro::client::cli
