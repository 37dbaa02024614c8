#include "client/wasm/acts.h"

namespace encuentro::client::wasm {
namespace {

using content::Content;
using content::Kind;

struct Item {
  ChannelId channel;
  Kind kind{};
  Content content;
  std::vector<UploadId> pins;
};

Result<Item> item_of(const PutEvent& act, const Files&) {
  content::Event event{act.act, act.uid, act.event, act.parents, act.title, act.calendar, {}};
  for (const core::OutgoingFile& file : act.files) {
    event.attachments.push_back({file.name, file.media_type, file.bytes.size(), file.bytes, std::nullopt});
  }
  Content content = content_of(event);
  TRY_OK(content::event_of(content));
  return Item{act.channel, Kind::event, std::move(content), {}};
}

Result<Item> item_of(const AnswerEvent& act, const Files&) {
  Content content = content_of(content::EventAnswer{act.event, act.version, act.attendance});
  TRY_OK(content::event_answer_of(content));
  return Item{act.channel, Kind::event_answer, std::move(content), {}};
}

Result<Item> item_of(const PutVersion& act, const Files& files) {
  const core::UploadPlan* plan = files.plan(act.upload);
  if (plan == nullptr) return fail(Code::not_found, "upload");
  if (act.document.has_value() == act.replaces.empty()) return fail(Code::malformed, "replaces");
  content::DocumentVersion version;
  version.document = act.document;
  if (act.document) {
    version.parent = act.replaces.front();
    version.merged.assign(act.replaces.begin() + 1, act.replaces.end());
  } else {
    version.folder = act.folder;
  }
  version.name = act.name;
  version.note = act.note;
  version.manifest = {plan->upload, plan->shape.bytes, plan->key.duplicate(), act.list, plan->content, act.media_type};
  Content content = content_of(version);
  TRY_OK(content::document_version(content));
  return Item{plan->channel, Kind::document_version, std::move(content), {plan->upload}};
}

Result<Item> item_of(const MakeFolder& act, const Files&) {
  Content content = content_of(content::DocumentFolder{act.name, act.parent});
  TRY_OK(content::document_folder(content));
  return Item{act.channel, Kind::document_folder, std::move(content), {}};
}

Result<Item> change(const ChannelId& channel, const content::DocumentChange& what) {
  Content content = content_of(what);
  TRY_OK(content::document_change(content));
  return Item{channel, Kind::document_change, std::move(content), {}};
}
Result<Item> item_of(const RenameItem& act, const Files&) {
  if (!content::is_file_name(act.name)) return fail(Code::malformed, "name");
  return change(act.channel, {act.item, act.name, std::nullopt, std::nullopt});
}
Result<Item> item_of(const MoveItem& act, const Files&) {
  return change(act.channel, {act.item, std::nullopt, content::DocumentChange::Place{act.folder}, std::nullopt});
}
Result<Item> item_of(const RemoveItem& act, const Files&) {
  return change(act.channel, {act.item, std::nullopt, std::nullopt, act.removed});
}

Result<Item> item_of(const CommentVersion& act, const Files&) {
  Content content = content_of(content::DocumentComment{act.version, act.text});
  TRY_OK(content::document_comment(content));
  return Item{act.channel, Kind::document_comment, std::move(content), {}};
}

Result<Item> item_of(const FreezeVersion& act, const Files&) {
  return Item{act.channel, Kind::document_freeze, content_of(content::DocumentFreeze{act.version, act.content}), {}};
}

Result<Item> item_of(const ReportFetched& act, const Files&) {
  return Item{act.channel, Kind::document_fetched, content_of(content::DocumentFetched{act.version}), {}};
}

}  // namespace

Result<core::Post> post_of(const Act& act, const Files& files, Timestamp now, const std::string& zone) {
  TRY(Item item, std::visit([&](const auto& known) { return item_of(known, files); }, act));
  item.content.time = now;
  item.content.zone = zone;
  // As another client would read it.
  Bytes encoded = content::encode(item.content);
  TRY_OK(content::decode_content(encoded));
  return core::Post{item.channel, static_cast<std::uint16_t>(item.kind), std::move(encoded), std::move(item.pins)};
}

}  // namespace encuentro::client::wasm
