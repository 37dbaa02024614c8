// A file's bytes as sealed chunks (FORMATS §6.2): STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, 2015) over
// ChaCha20-Poly1305. The plaintext is the file and zeros up to a Padmé size; each chunk's nonce is a derived prefix,
// its number and whether it is the last, so that none can be cut, swapped, doubled or taken from elsewhere. The list of
// the sealed chunks' hashes is sealed apart, under keys of its own.
#pragma once

#include <vector>

#include "protocol/base/error.h"
#include "protocol/base/ids.h"
#include "protocol/base/limits.h"
#include "protocol/base/secret.h"

namespace encuentro::content {

inline constexpr std::uint64_t file_bytes_max = limits::GiB;
inline constexpr std::size_t file_chunks_max = file_bytes_max / limits::chunk_bytes;
static_assert(file_chunks_max * BlobId::bytes <= limits::chunk_bytes, "the list of chunks is one chunk");

// Random, one a version; in the version's record and nowhere else.
using FileKey = Secret<32, struct FileKeyTag>;

// How a file of `bytes` true bytes lies in chunks.
struct FileShape {
  std::uint64_t bytes = 0;

  std::uint64_t padded_bytes() const;  // at least 256: also an empty file has a chunk
  std::uint32_t chunks() const;
  std::size_t plain_bytes(std::uint32_t index) const;  // of the file and its padding
  std::size_t file_bytes(std::uint32_t index) const;   // of the file alone; 0 where a chunk is padding
  std::size_t sealed_bytes(std::uint32_t index) const;
};

class FileCipher {
 public:
  // Programmer error above file_bytes_max: a decoded manifest is below.
  FileCipher(const FileKey& key, const ChannelId& channel, const UploadId& upload, FileShape shape);

  const FileShape& shape() const { return shape_; }

  // In place: `buffer` is sealed_bytes(index) long and begins with the file's bytes of this chunk. What is behind them
  // is overwritten.
  void seal(std::uint32_t index, MutableBytes buffer) const;
  // In place; plain_bytes(index) bytes are at the buffer's beginning then. Errors: truncated or too_large (not
  // sealed_bytes(index) long), bad_tag, malformed (padding that isn't zero); nothing of the plaintext is left then.
  Status open(std::uint32_t index, MutableBytes buffer) const;

  // The hashes of all sealed chunks in order.
  Bytes seal_list(const std::vector<BlobId>& chunks) const;
  // Errors: truncated or too_large (not chunks() hashes), bad_tag.
  Result<std::vector<BlobId>> open_list(BytesView sealed) const;

 private:
  struct Key {
    Secret<32, struct ChunkKeyTag> key;
    std::array<std::uint8_t, 7> nonce_prefix{};
  };
  static Key derive(const FileKey& key, std::string_view label, BytesView place);

  FileShape shape_;
  Bytes associated_data_;
  Key chunks_;
  Key list_;
};

}  // namespace encuentro::content
