// Files in and out (docs/PROTOCOL.md T): chunks over several connections, taken up again after anything, flat in
// memory. What is through is kept in the profile; nothing is complete before the last chunk and the manifest agree.
#pragma once

#include "client/cli/session.h"
#include "protocol/content/document.h"

namespace encuentro::client::cli {

struct Moved {
  std::uint64_t bytes = 0;  // over the wire in this run, sealed
  bool resumed = false;     // chunks of an earlier run counted
  double seconds = 0;
};

struct Uploaded {
  content::Manifest manifest;
  Moved moved;
};

// The whole file, ready to be pinned by a version's record; the upload's state stays in the profile until then. Errors:
// not_found, too_large (file); not_admitted, not_allowed, quota_exceeded (server); malformed (it changed while it was
// read); unreachable (no chunk for a minute: the next call goes on from here).
Result<Uploaded> upload(Session& session, Output& output, const ChannelId& channel,
                        const std::filesystem::path& source);

// The whole version at `target`, which stands there only when complete; until then beside it, as "TARGET.part". Errors:
// not_found (rule "chunk": the server holds one back), bad_tag (rule "chunk", "chunk list" or "content": not what the
// author sealed), not_admitted, storage_full, storage_failed, unreachable.
Result<Moved> download(Session& session, Output& output, const ChannelId& channel, const content::Manifest& manifest,
                       const std::filesystem::path& target);

}  // namespace encuentro::client::cli
