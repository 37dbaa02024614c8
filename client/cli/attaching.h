// Files that go with an item: small ones inside it, larger ones as documents of the same channel, and out again.
#pragma once

#include "client/cli/session.h"
#include "protocol/content/content.h"

namespace encuentro::client::cli {

// Each file: up to limits::inline_attachment_bytes_max inside, above that sent as a document and named by its version.
// Nothing is sent before all are found to be there. Errors: not_found, too_large, and upload's (documents/transfer.h).
Result<std::vector<content::Attachment>> attach(Session& session, Output& output, const Globals& globals,
                                                const ChannelId& channel, const std::vector<std::string>& files);
// A document of the channel, or one of its versions, as it stands. Errors: not_found, ambiguous, not_allowed (rule
// "another channel").
Result<content::Attachment> attached_document(const core::Core& core, const ChannelId& channel, std::string_view words);
// For another channel: what lies inside stays so, a document is fetched and sent again there.
Result<content::Attachment> attached_elsewhere(Session& session, Output& output, const Globals& globals,
                                               const ChannelId& from, const ChannelId& to,
                                               const content::Attachment& attachment);

// As Send and Announce take them.
std::vector<core::OutgoingFile> outgoing(const std::vector<content::Attachment>& attachments);

// Of a message, announcement, event, initiative or meeting, by the beginning of its id or (but messages) its title.
struct FoundAttachments {
  ChannelId channel;
  std::vector<content::Attachment> attachments;
};
Result<FoundAttachments> attachments_named(const core::Core& core, const std::string& words);
// To `target`, which isn't there yet or is to be replaced. Errors: not_found (rule "erased" where its bytes were
// erased), malformed (it names another upload than its version), and download's.
Status take_out(Session& session, Output& output, const ChannelId& channel, const content::Attachment& attachment,
                const std::filesystem::path& target);

}  // namespace encuentro::client::cli
