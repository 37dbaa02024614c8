// What an upload needs to be taken up again after anything: which file it is, under which key it is sealed, and the
// hash each chunk's plaintext had when the upload began. A chunk is sealed only if it still has that hash, so that no
// two plaintexts are ever sealed under one key and number.
#pragma once

#include <filesystem>
#include <functional>

#include "protocol/base/random.h"
#include "protocol/content/file_cipher.h"

namespace encuentro::client::cli {

struct UploadPlan {
  UploadId upload;
  ChannelId channel;
  std::string source;  // absolute path
  std::int64_t modified_ns = 0;
  content::FileShape shape;
  content::FileKey key;
  Hash32 content;              // of the whole file
  std::vector<Hash32> chunks;  // of each chunk's file bytes

  // Of the file at this place, whatever it holds now.
  bool is_of(const ChannelId& channel, const std::filesystem::path& source) const;
  // The same file as far as its name, size and time tell.
  bool describes(const ChannelId& channel, const std::filesystem::path& source) const;
  content::FileCipher cipher() const { return {key, channel, upload, shape}; }

  Bytes encode() const;
  static Result<UploadPlan> decode(BytesView bytes);
};

// Reads the file once. `told` is called with the bytes read so far. Errors: not_found, too_large, storage_failed (it
// got shorter while it was read).
Result<UploadPlan> plan_upload(const ChannelId& channel, const std::filesystem::path& source, Random& random,
                               const std::function<void(std::uint64_t)>& told);

}  // namespace encuentro::client::cli
