#include "client/cli/documents/post_item.h"

namespace encuentro::client::cli {

Result<core::Sent> post_document_item(Session& session, const Globals& globals, const ChannelId& channel,
                                      content::Kind kind, const content::Content& content, std::vector<UploadId> pins) {
  core::Post post{channel, static_cast<std::uint16_t>(kind), content::encode(content), std::move(pins)};
  TRY(auto outcome, session.run(std::move(post), globals.wait));
  return std::get<core::Sent>(outcome);
}

}  // namespace encuentro::client::cli
