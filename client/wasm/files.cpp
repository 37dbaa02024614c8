#include "client/wasm/files.h"

#include "client/views/documents.h"

namespace encuentro::client::wasm {
namespace {

constexpr std::int64_t ns_per_ms = 1'000'000;

SealedPart named(Bytes sealed) {
  BlobId blob(crypto::sha256({sealed}).view());
  return {blob, std::move(sealed)};
}

}  // namespace

UploadState Files::state_of(const Upload& upload) {
  const content::FileShape& shape = upload.plan.shape;
  return {upload.plan.upload,   upload.plan.channel, limits::chunk_bytes,  shape.bytes,
          shape.padded_bytes(), shape.chunks(),      upload.book.missing()};
}

const Files::Upload* Files::measured(const UploadId& upload) const {
  auto found = uploads_.find(upload);
  return found != uploads_.end() && found->second.complete ? &found->second : nullptr;
}

const core::UploadPlan* Files::plan(const UploadId& upload) const {
  const Upload* found = measured(upload);
  return found == nullptr ? nullptr : &found->plan;
}

Result<UploadState> Files::begin(const BeginUpload& call, Random& random) {
  if (call.bytes > content::file_bytes_max) {
    return fail(Code::too_large, "file", content::file_bytes_max, call.bytes);
  }
  if (!content::is_file_name(call.name)) return fail(Code::malformed, "name");
  core::UploadPlan plan = core::UploadPlan::fresh(random, call.channel);
  plan.source = call.name;
  plan.modified_ns = call.modified.ms * ns_per_ms;
  plan.shape.bytes = call.bytes;
  UploadId id = plan.upload;
  core::DoneBook book(plan.shape.chunks());
  auto [place, fresh] = uploads_.try_emplace(id, Upload{std::move(plan), std::move(book), {}, false});
  return state_of(place->second);
}

Status Files::measure(const MeasureChunk& call) {
  auto found = uploads_.find(call.upload);
  if (found == uploads_.end()) return fail(Code::not_found, "upload");
  Upload& upload = found->second;
  auto index = static_cast<std::uint32_t>(upload.plan.chunks.size());
  bool fits = !upload.complete && index < upload.plan.shape.chunks() &&
              call.bytes.size() == upload.plan.shape.file_bytes(index);
  if (!fits) return fail(Code::malformed, "measure");
  upload.whole.update(call.bytes);
  upload.plan.chunks.push_back(crypto::sha256({call.bytes}));
  return {};
}

Result<Bytes> Files::end_measure(const EndMeasure& call) {
  auto found = uploads_.find(call.upload);
  if (found == uploads_.end()) return fail(Code::not_found, "upload");
  Upload& upload = found->second;
  bool all = !upload.complete && upload.plan.chunks.size() == upload.plan.shape.chunks();
  if (!all) return fail(Code::malformed, "measure");
  upload.plan.content = upload.whole.finish();
  upload.complete = true;
  return upload.plan.encode();
}

Result<UploadState> Files::resume(const ResumeUpload& call, const core::Core& core) {
  auto parts = core.kept_transfer(call.upload);
  auto first = parts.find(core::upload_plan_part);
  if (first == parts.end()) return fail(Code::not_found, "upload");
  TRY(core::UploadPlan plan, core::UploadPlan::decode(first->second));
  core::DoneBook book(plan.shape.chunks());
  book.load(parts, call.now, core::sent_chunk_counts_for);
  uploads_.erase(call.upload);
  auto [place, fresh] = uploads_.try_emplace(call.upload, Upload{std::move(plan), std::move(book), {}, true});
  return state_of(place->second);
}

Result<SealedPart> Files::seal(const SealChunk& call) const {
  const Upload* upload = measured(call.upload);
  if (upload == nullptr) return fail(Code::malformed, "measure");
  const core::UploadPlan& plan = upload->plan;
  bool same = call.index < plan.chunks.size() && call.bytes.size() == plan.shape.file_bytes(call.index) &&
              crypto::sha256({call.bytes}) == plan.chunks[call.index];
  if (!same) return fail(Code::malformed, "source", 0, call.index);
  Bytes buffer = call.bytes;
  buffer.resize(plan.shape.sealed_bytes(call.index));
  plan.cipher().seal(call.index, buffer);
  return named(std::move(buffer));
}

Result<std::vector<KeptPart>> Files::through(const ChunkThrough& call) {
  auto found = uploads_.find(call.upload);
  bool known = found != uploads_.end() && call.index < found->second.plan.shape.chunks();
  if (!known) return fail(Code::not_found, "upload");
  core::DoneBook& book = found->second.book;
  book.mark(call.index, call.chunk);
  std::vector<KeptPart> kept;
  if (!book.due() && !book.complete()) return kept;
  for (auto& [part, value] : book.take_changed(call.now)) kept.push_back({part, std::move(value)});
  return kept;
}

Result<SealedPart> Files::seal_list(const SealList& call) const {
  const Upload* upload = measured(call.upload);
  if (upload == nullptr || !upload->book.complete()) return fail(Code::malformed, "chunks");
  return named(upload->plan.cipher().seal_list(upload->book.chunks()));
}

Result<DownloadState> Files::begin(const BeginDownload& call, const core::Core& core) {
  TRY(content::Manifest manifest, views::manifest_of(core, call.channel, call.version));
  content::FileShape shape{manifest.bytes};
  content::FileCipher cipher(manifest.key, call.channel, manifest.upload, shape);
  DownloadState state{shape.bytes, shape.chunks(), manifest.list};
  downloads_.erase(call.version);
  downloads_.try_emplace(call.version, Download{std::move(manifest), std::move(cipher), {}, {}, 0});
  return state;
}

Result<std::vector<BlobId>> Files::open_list(const OpenList& call) {
  auto found = downloads_.find(call.version);
  if (found == downloads_.end()) return fail(Code::not_found, "version");
  Download& download = found->second;
  if (BlobId(crypto::sha256({call.sealed}).view()) != download.manifest.list) return fail(Code::bad_tag, "chunk list");
  auto chunks = download.cipher.open_list(call.sealed);
  if (!chunks) return fail(Code::bad_tag, "chunk list");
  download.chunks = std::move(*chunks);
  return download.chunks;
}

Result<Bytes> Files::open(const OpenChunk& call) {
  auto found = downloads_.find(call.version);
  if (found == downloads_.end()) return fail(Code::not_found, "version");
  Download& download = found->second;
  std::uint32_t index = download.next;
  if (index >= download.chunks.size()) return fail(Code::malformed, "chunks");
  bool named = BlobId(crypto::sha256({call.sealed}).view()) == download.chunks[index];
  Bytes buffer = call.sealed;
  if (!named || !download.cipher.open(index, buffer)) return fail(Code::bad_tag, "chunk");
  buffer.resize(download.cipher.shape().file_bytes(index));
  download.whole.update(buffer);
  ++download.next;
  if (download.next < download.chunks.size()) return buffer;
  bool whole = download.whole.finish() == download.manifest.content;
  downloads_.erase(found);
  if (!whole) return fail(Code::bad_tag, "content");
  return buffer;
}

}  // namespace encuentro::client::wasm
