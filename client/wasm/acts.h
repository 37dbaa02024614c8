// What a person does with events and documents on the page, as the item that is posted: the page names the parts, the
// content is built and checked here, so that nothing leaves that another client couldn't read.
#pragma once

#include "client/core/commands.h"
#include "client/views/documents.h"
#include "client/wasm/files.h"
#include "protocol/content/event.h"

namespace encuentro::client::wasm {

// Adds an event (nothing in `event`, `parents` empty), or changes or cancels one.
struct PutEvent {
  ChannelId channel;
  content::EventAct act = content::EventAct::add;
  std::string uid;
  std::optional<RecordId> event;
  std::vector<RecordId> parents;
  std::string title;
  std::string calendar;
  std::vector<core::OutgoingFile> files;
  static constexpr auto fields =
      std::tuple(&PutEvent::channel, &PutEvent::act, &PutEvent::uid, &PutEvent::event, &PutEvent::parents,
                 &PutEvent::title, &PutEvent::calendar, &PutEvent::files);
};
struct AnswerEvent {
  ChannelId channel;
  RecordId event;
  RecordId version;
  content::Attendance attendance = content::Attendance::attending;
  static constexpr auto fields =
      std::tuple(&AnswerEvent::channel, &AnswerEvent::event, &AnswerEvent::version, &AnswerEvent::attendance);
};
// The version whose chunks and list (`list`) are at the server; the upload's plan says the rest.
struct PutVersion {
  UploadId upload;
  BlobId list;
  std::optional<RecordId> document;  // nothing: a new one, in `folder`
  std::vector<RecordId> replaces;    // versions it replaces, the first as its parent
  std::optional<RecordId> folder;
  std::string name;
  std::string note;
  std::string media_type;
  static constexpr auto fields =
      std::tuple(&PutVersion::upload, &PutVersion::list, &PutVersion::document, &PutVersion::replaces,
                 &PutVersion::folder, &PutVersion::name, &PutVersion::note, &PutVersion::media_type);
};
struct MakeFolder {
  ChannelId channel;
  std::string name;
  std::optional<RecordId> parent;
  static constexpr auto fields = std::tuple(&MakeFolder::channel, &MakeFolder::name, &MakeFolder::parent);
};
// Of a document or folder.
struct RenameItem {
  ChannelId channel;
  RecordId item;
  std::string name;
  static constexpr auto fields = std::tuple(&RenameItem::channel, &RenameItem::item, &RenameItem::name);
};
struct MoveItem {
  ChannelId channel;
  RecordId item;
  std::optional<RecordId> folder;  // nothing: the top
  static constexpr auto fields = std::tuple(&MoveItem::channel, &MoveItem::item, &MoveItem::folder);
};
// Takes it out of the lists, or puts it back.
struct RemoveItem {
  ChannelId channel;
  RecordId item;
  bool removed = true;
  static constexpr auto fields = std::tuple(&RemoveItem::channel, &RemoveItem::item, &RemoveItem::removed);
};
struct CommentVersion {
  ChannelId channel;
  RecordId version;
  std::string text;
  static constexpr auto fields = std::tuple(&CommentVersion::channel, &CommentVersion::version, &CommentVersion::text);
};
struct FreezeVersion {
  ChannelId channel;
  RecordId version;
  Hash32 content;
  static constexpr auto fields = std::tuple(&FreezeVersion::channel, &FreezeVersion::version, &FreezeVersion::content);
};
// The reader's own word that the whole version is here.
struct ReportFetched {
  ChannelId channel;
  RecordId version;
  static constexpr auto fields = std::tuple(&ReportFetched::channel, &ReportFetched::version);
};

using Act = std::variant<PutEvent, AnswerEvent, PutVersion, MakeFolder, RenameItem, MoveItem, RemoveItem,
                         CommentVersion, FreezeVersion, ReportFetched>;

// `zone`: the author's, an IANA name. Errors: malformed (a name, a text, a part that is missing), too_large, not_found
// (an upload nobody measured).
Result<core::Post> post_of(const Act& act, const Files& files, Timestamp now, const std::string& zone);

}  // namespace encuentro::client::wasm
