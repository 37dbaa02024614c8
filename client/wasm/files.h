// Files on their way between the page and the server: the edge reads, sends and stores bytes, everything about keys,
// hashes and what is through is here. As the command does it (client/cli/documents): measured once, then sealed chunk
// by chunk, each only if it still has the hash it was measured with; fetched chunks open in order, and the whole must
// be what the author measured.
#pragma once

#include <map>

#include "client/core/core.h"
#include "client/core/done_book.h"
#include "client/core/upload_plan.h"
#include "protocol/content/document.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::wasm {

// --- What is asked (calls of call.h) --------------------------------------------------------------------------------

// A new upload: then MeasureChunk for each chunk of chunk_bytes in order, then EndMeasure. Answer: UploadState.
struct BeginUpload {
  ChannelId channel;
  std::string name;
  Timestamp modified;
  std::uint64_t bytes = 0;
  static constexpr auto fields =
      std::tuple(&BeginUpload::channel, &BeginUpload::name, &BeginUpload::modified, &BeginUpload::bytes);
};
// Answer: an empty Bytes.
struct MeasureChunk {
  UploadId upload;
  Bytes bytes;
  static constexpr auto fields = std::tuple(&MeasureChunk::upload, &MeasureChunk::bytes);
};
// Answer: the plan, as Bytes: what the edge keeps (core::KeepTransfer, part 0) before anything is sealed.
struct EndMeasure {
  UploadId upload;
  static constexpr auto fields = std::tuple(&EndMeasure::upload);
};
// Goes on with a kept upload. Answer: UploadState. Errors: not_found, and those of the plan.
struct ResumeUpload {
  UploadId upload;
  Timestamp now;
  static constexpr auto fields = std::tuple(&ResumeUpload::upload, &ResumeUpload::now);
};
struct UploadState {
  UploadId upload;
  ChannelId channel;
  std::uint32_t chunk_bytes = 0;
  std::uint64_t bytes = 0;
  std::uint64_t padded_bytes = 0;  // what leave is asked for (core::AllowTransfer)
  std::uint32_t chunks = 0;
  std::vector<std::uint32_t> missing;
  static constexpr auto fields =
      std::tuple(&UploadState::upload, &UploadState::channel, &UploadState::chunk_bytes, &UploadState::bytes,
                 &UploadState::padded_bytes, &UploadState::chunks, &UploadState::missing);
};
// Answer: SealedPart. Errors: malformed, rule "source" (not what was measured), "measure" (not measured yet).
struct SealChunk {
  UploadId upload;
  std::uint32_t index = 0;
  Bytes bytes;
  static constexpr auto fields = std::tuple(&SealChunk::upload, &SealChunk::index, &SealChunk::bytes);
};
// The server has it. Answer: a list of KeptPart to keep (core::KeepTransfer); often empty.
struct ChunkThrough {
  UploadId upload;
  std::uint32_t index = 0;
  BlobId chunk;
  Timestamp now;
  static constexpr auto fields =
      std::tuple(&ChunkThrough::upload, &ChunkThrough::index, &ChunkThrough::chunk, &ChunkThrough::now);
};
struct KeptPart {
  std::uint32_t part = 0;
  Bytes value;
  static constexpr auto fields = std::tuple(&KeptPart::part, &KeptPart::value);
};
// Answer: SealedPart. Errors: malformed, rule "chunks" (some are missing).
struct SealList {
  UploadId upload;
  static constexpr auto fields = std::tuple(&SealList::upload);
};
struct SealedPart {
  BlobId blob;
  Bytes sealed;
  static constexpr auto fields = std::tuple(&SealedPart::blob, &SealedPart::sealed);
};
// Answer: DownloadState. Errors: not_found (the version isn't held open).
struct BeginDownload {
  ChannelId channel;
  RecordId version;
  static constexpr auto fields = std::tuple(&BeginDownload::channel, &BeginDownload::version);
};
struct DownloadState {
  std::uint64_t bytes = 0;
  std::uint32_t chunks = 0;
  BlobId list;
  static constexpr auto fields = std::tuple(&DownloadState::bytes, &DownloadState::chunks, &DownloadState::list);
};
// Answer: a list of BlobIds, one a chunk. Errors: bad_tag, rule "chunk list".
struct OpenList {
  RecordId version;
  Bytes sealed;
  static constexpr auto fields = std::tuple(&OpenList::version, &OpenList::sealed);
};
// The next chunk in order. Answer: the file's bytes of it. Errors: bad_tag, rule "chunk", or after the last "content".
struct OpenChunk {
  RecordId version;
  Bytes sealed;
  static constexpr auto fields = std::tuple(&OpenChunk::version, &OpenChunk::sealed);
};

// --- How it is answered ---------------------------------------------------------------------------------------------

class Files {
 public:
  Result<UploadState> begin(const BeginUpload& call, Random& random);
  Status measure(const MeasureChunk& call);
  Result<Bytes> end_measure(const EndMeasure& call);
  Result<UploadState> resume(const ResumeUpload& call, const core::Core& core);
  Result<SealedPart> seal(const SealChunk& call) const;
  Result<std::vector<KeptPart>> through(const ChunkThrough& call);
  Result<SealedPart> seal_list(const SealList& call) const;
  // Of an upload that was measured; nothing else.
  const core::UploadPlan* plan(const UploadId& upload) const;

  Result<DownloadState> begin(const BeginDownload& call, const core::Core& core);
  Result<std::vector<BlobId>> open_list(const OpenList& call);
  Result<Bytes> open(const OpenChunk& call);

 private:
  struct Upload {
    core::UploadPlan plan;
    core::DoneBook book;
    crypto::Sha256Stream whole;
    bool complete = false;  // measured, or taken up
  };
  struct Download {
    content::Manifest manifest;
    content::FileCipher cipher;
    std::vector<BlobId> chunks;
    crypto::Sha256Stream whole;
    std::uint32_t next = 0;
  };
  static UploadState state_of(const Upload& upload);
  const Upload* measured(const UploadId& upload) const;

  std::map<UploadId, Upload> uploads_;
  std::map<RecordId, Download> downloads_;
};

}  // namespace encuentro::client::wasm
