#include "client/cli/documents/upload_plan.h"

#include <sys/stat.h>

#include "client/cli/documents/file.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli {
namespace {

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

bool is_of(const UploadPlan& plan, const ChannelId& channel, const std::filesystem::path& source) {
  return plan.channel == channel && plan.source == whole_path(source);
}

bool describes(const UploadPlan& plan, const ChannelId& channel, const std::filesystem::path& source) {
  auto stamp = stamp_of(source);
  return stamp && is_of(plan, channel, source) && plan.modified_ns == stamp->modified_ns &&
         plan.shape.bytes == stamp->bytes;
}

Result<UploadPlan> plan_upload(const ChannelId& channel, const std::filesystem::path& source, Random& random,
                               const std::function<void(std::uint64_t)>& told) {
  TRY(Stamp stamp, stamp_of(source));
  if (stamp.bytes > content::file_bytes_max) {
    return fail(Code::too_large, "file", content::file_bytes_max, stamp.bytes);
  }
  TRY(File file, File::open_to_read(source));
  UploadPlan plan = UploadPlan::fresh(random, channel);
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
