// What is said about documents goes out as one record each.
#pragma once

#include "client/cli/session.h"

namespace encuentro::client::cli {

// Waits for the server's answer as long as --wait says. Errors: as Session::run.
Result<core::Sent> post_document_item(Session& session, const Globals& globals, const ChannelId& channel,
                                      content::Kind kind, const content::Content& content, std::vector<UploadId> pins);

}  // namespace encuentro::client::cli
