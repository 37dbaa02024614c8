// What an upload needs to be taken up again after anything: which file it is, under which key it is sealed, and the
// hash each chunk's plaintext had when the upload began. A chunk is sealed only if it still has that hash, so that no
// two plaintexts are ever sealed under one key and number. Part 0 of a kept transfer (KeepTransfer).
#pragma once

#include <string>

#include "protocol/base/random.h"
#include "protocol/base/time.h"
#include "protocol/content/file_cipher.h"

namespace encuentro::client::core {

struct UploadPlan {
  UploadId upload;
  ChannelId channel;
  std::string source;  // the command: the absolute path; a browser, which sees none: the file's name
  std::int64_t modified_ns = 0;
  content::FileShape shape;
  content::FileKey key;
  Hash32 content;              // of the whole file
  std::vector<Hash32> chunks;  // of each chunk's file bytes

  // With a key and a name of its own; the hashes are to come.
  static UploadPlan fresh(Random& random, const ChannelId& channel);
  content::FileCipher cipher() const { return {key, channel, upload, shape}; }

  Bytes encode() const;
  static Result<UploadPlan> decode(BytesView bytes);
};

inline constexpr std::uint32_t upload_plan_part = 0;
// What the server doesn't hold pinned it keeps for an hour after the last chunk (R77); half of it is on the safe side.
inline constexpr Duration sent_chunk_counts_for = minutes(30);

}  // namespace encuentro::client::core
