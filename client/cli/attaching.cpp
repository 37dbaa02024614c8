#include "client/cli/attaching.h"

#include <algorithm>
#include <fstream>

#include "client/cli/body.h"
#include "client/cli/documents/find.h"
#include "client/cli/documents/transfer.h"
#include "client/cli/event_show.h"
#include "client/cli/initiative_show.h"
#include "client/cli/meeting_show.h"
#include "client/cli/resolve.h"
#include "protocol/base/limits.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;
using content::Attachment;

Result<Attachment> inside(const std::string& file) {
  TRY(auto read, read_attachments({file}));
  core::OutgoingFile& one = read.front();
  return Attachment{one.name, one.media_type, one.bytes.size(), std::move(one.bytes), std::nullopt};
}

Result<Attachment> as_document(Session& session, Output& output, const Globals& globals, const ChannelId& channel,
                               const fs::path& file, const std::string& name) {
  content::DocumentVersion version;
  version.name = name;
  if (!content::is_file_name(version.name)) return fail(Code::malformed, "name");
  TRY(Uploaded uploaded, upload(session, output, channel, file));
  version.manifest = std::move(uploaded.manifest);
  content::DocumentRef reference{version.manifest.upload, {}};
  std::uint64_t bytes = version.manifest.bytes;
  core::Post post{channel,
                  static_cast<std::uint16_t>(content::Kind::document_version),
                  content::encode(content::content_of(version)),
                  {reference.upload}};
  TRY(auto outcome, session.run(std::move(post), globals.wait));
  reference.version = std::get<core::Sent>(outcome).id;
  return Attachment{name, media_type_of(name), bytes, {}, reference};
}

}  // namespace

Result<std::vector<Attachment>> attach(Session& session, Output& output, const Globals& globals,
                                       const ChannelId& channel, const std::vector<std::string>& files) {
  std::error_code error;
  for (const std::string& file : files) {
    if (!fs::is_regular_file(file, error)) return fail(Code::not_found, "file");
  }
  std::vector<Attachment> attachments;
  for (const std::string& file : files) {
    bool small = fs::file_size(file, error) <= limits::inline_attachment_bytes_max;
    std::string name = fs::path(file).filename().string();
    TRY(Attachment one, small ? inside(file) : as_document(session, output, globals, channel, file, name));
    attachments.push_back(std::move(one));
  }
  return attachments;
}

Result<Attachment> attached_document(const core::Core& core, const ChannelId& channel, std::string_view words) {
  TRY(FoundDocument found, document_named(core, words));
  if (found.channel != channel) return fail(Code::not_allowed, "another channel");
  TRY(views::Version version, wanted_version(found.document, words));
  return Attachment{found.document.name,
                    media_type_of(version.name),
                    version.bytes,
                    {},
                    content::DocumentRef{version.upload, version.id}};
}

Result<Attachment> attached_elsewhere(Session& session, Output& output, const Globals& globals, const ChannelId& from,
                                      const ChannelId& to, const Attachment& attachment) {
  if (!attachment.document) return attachment;
  fs::path between = globals.home / ("moving-" + to_hex(attachment.document->version.view()));
  TRY_OK(take_out(session, output, from, attachment, between));
  auto there = as_document(session, output, globals, to, between, attachment.name);
  std::error_code error;
  fs::remove(between, error);
  return there;
}

std::vector<core::OutgoingFile> outgoing(const std::vector<Attachment>& attachments) {
  std::vector<core::OutgoingFile> files;
  for (const Attachment& attachment : attachments) {
    files.push_back({attachment.name, attachment.media_type, attachment.inline_bytes, {}});
    if (attachment.document) files.back().version = attachment.document->version;
  }
  return files;
}

Result<FoundAttachments> attachments_named(const core::Core& core, const std::string& words) {
  if (auto event = event_named(core, words)) {
    return FoundAttachments{event->channel, event->event.current().event.attachments};
  }
  if (auto initiative = initiative_named(core, words)) {
    return FoundAttachments{initiative->channel, initiative->entry.words().attachments};
  }
  if (auto meeting = meeting_named(core, words)) {
    return FoundAttachments{meeting->channel, meeting->entry.words.attachments};
  }
  TRY(Place place, item_named(core, words));
  for (const views::Item& item : views::conversation(core, place.channel)) {
    if (item.id == place.id) return FoundAttachments{place.channel, item.attachments};
  }
  return fail(Code::not_found, "item");
}

Status take_out(Session& session, Output& output, const ChannelId& channel, const Attachment& attachment,
                const fs::path& target) {
  if (!attachment.document) {
    std::ofstream out(target, std::ios::binary);
    out.write(reinterpret_cast<const char*>(attachment.inline_bytes.data()),
              static_cast<std::streamsize>(attachment.inline_bytes.size()));
    out.close();
    return out ? Status{} : fail(Code::storage_failed, "file");
  }
  TRY(auto manifest, views::manifest_of(session.core(), channel, attachment.document->version));
  if (manifest.upload != attachment.document->upload) return fail(Code::malformed, "attachment");
  for (const core::Erasure& erasure : session.core().erasures(channel)) {
    bool erased = std::find(erasure.uploads.begin(), erasure.uploads.end(), manifest.upload) != erasure.uploads.end();
    if (erased) return fail(Code::not_found, "erased");
  }
  TRY([[maybe_unused]] Moved moved, download(session, output, channel, manifest, target));
  return {};
}

}  // namespace encuentro::client::cli
