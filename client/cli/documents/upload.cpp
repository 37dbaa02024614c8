#include "client/cli/body.h"
#include "client/cli/clock.h"
#include "client/cli/documents/carry.h"
#include "client/cli/documents/file.h"
#include "client/cli/documents/transfer.h"
#include "client/cli/documents/upload_plan.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/system_random.h"

namespace encuentro::client::cli {
namespace {

using core::upload_plan_part;

Status forget(Session& session, const UploadId& upload) {
  TRY([[maybe_unused]] auto forgotten, session.run(core::ForgetTransfer{upload}));
  return {};
}

// The upload of this very file that was cut off; those of the same place with other bytes are forgotten.
Result<std::optional<UploadPlan>> kept_plan(Session& session, const ChannelId& channel,
                                            const std::filesystem::path& source) {
  std::optional<UploadPlan> found;
  for (const UploadId& upload : session.core().kept_transfers()) {
    auto parts = session.core().kept_transfer(upload);
    if (!parts.contains(upload_plan_part)) continue;
    auto plan = UploadPlan::decode(parts.at(upload_plan_part));
    if (!plan || !is_of(*plan, channel, source)) continue;
    if (!found && describes(*plan, channel, source)) {
      found = std::move(*plan);
    } else {
      TRY_OK(forget(session, upload));
    }
  }
  return found;
}

Result<UploadPlan> fresh_plan(Session& session, Output& output, const ChannelId& channel,
                              const std::filesystem::path& source) {
  crypto::SystemRandom random;
  auto told = [&](std::uint64_t bytes) {
    output.progress(output.words().text("progress.reading", {{"done", std::to_string(bytes / limits::MiB)}}));
  };
  auto plan = plan_upload(channel, source, random, told);
  output.progress_end();
  if (!plan) return plan;
  TRY([[maybe_unused]] auto kept, session.run(core::KeepTransfer{plan->upload, upload_plan_part, plan->encode()}));
  return plan;
}

ChunkPool::Move sealing(const UploadPlan& plan, const File& file, const content::FileCipher& cipher) {
  return [&plan, &file, &cipher](net::Transfers& transfers, const std::string& token,
                                 std::uint32_t index) -> Result<BlobId> {
    Bytes buffer(plan.shape.sealed_bytes(index));
    MutableBytes part = MutableBytes(buffer).first(plan.shape.file_bytes(index));
    TRY_OK(file.read(std::uint64_t{index} * limits::chunk_bytes, part));
    if (crypto::sha256({part}) != plan.chunks[index]) return fail(Code::malformed, "source", 0, index);
    cipher.seal(index, buffer);
    BlobId id(crypto::sha256({buffer}).view());
    TRY_OK(transfers.put({plan.channel, id}, token, buffer));
    return id;
  };
}

Result<Uploaded> run_plan(Session& session, Output& output, const UploadPlan& plan,
                          const std::filesystem::path& source) {
  Timestamp begun = now();
  TRY(File file, File::open_to_read(source));
  content::FileCipher cipher = plan.cipher();
  DoneBook book(plan.shape.chunks());
  book.load(session.core().kept_transfer(plan.upload), now(), core::sent_chunk_counts_for);
  Uploaded uploaded;
  uploaded.moved.resumed = book.count() > 0;
  core::AllowTransfer allow{plan.channel, plan.upload, plan.shape.padded_bytes()};
  TRY_OK(carry(session, output, {allow, plan.upload, plan.shape, "progress.upload"}, book, sealing(plan, file, cipher),
               uploaded.moved.bytes));
  Bytes list = cipher.seal_list(book.chunks());
  BlobId list_id(crypto::sha256({list}).view());
  auto put_list = [&](net::Transfers& transfers, const std::string& token, std::uint32_t) -> Result<BlobId> {
    TRY_OK(transfers.put({plan.channel, list_id}, token, list));
    return list_id;
  };
  TRY_OK(carry_one(session, output, allow, put_list));
  uploaded.moved.bytes += list.size();
  uploaded.moved.seconds = static_cast<double>((now() - begun).ms) / 1000.0;
  uploaded.manifest = {plan.upload, plan.shape.bytes, plan.key.duplicate(),
                       list_id,     plan.content,     media_type_of(source.filename().string())};
  return uploaded;
}

}  // namespace

Result<Uploaded> upload(Session& session, Output& output, const ChannelId& channel,
                        const std::filesystem::path& source) {
  TRY(auto kept, kept_plan(session, channel, source));
  if (kept) {
    auto resumed = run_plan(session, output, *kept, source);
    if (resumed) return resumed;
    // Other bytes than those the upload began with, or it was pinned already: a new one under a new key.
    Code code = resumed.error().code;
    if (code != Code::malformed && code != Code::already_exists) return resumed;
    TRY_OK(forget(session, kept->upload));
  }
  TRY(UploadPlan plan, fresh_plan(session, output, channel, source));
  auto uploaded = run_plan(session, output, plan, source);
  if (uploaded) return uploaded;
  Code code = uploaded.error().code;
  bool goes_on = code == Code::unreachable || code == Code::not_logged_in || code == Code::storage_full;
  if (!goes_on) TRY_OK(forget(session, plan.upload));
  return uploaded;
}

}  // namespace encuentro::client::cli
