// A channel's folders and documents as a screen asks for them, with the uploads that were cut off.
#pragma once

#include "client/views/page_author.h"

namespace encuentro::client::views {

struct PageComment {
  RecordId id;
  PageAuthor author;
  Timestamp time;
  std::string text;
  static constexpr auto fields =
      std::tuple(&PageComment::id, &PageComment::author, &PageComment::time, &PageComment::text);
};
struct PageFreeze {
  PageAuthor author;
  Timestamp time;
  static constexpr auto fields = std::tuple(&PageFreeze::author, &PageFreeze::time);
};
struct PageVersion {
  RecordId id;
  PageAuthor author;
  Timestamp time;
  std::optional<RecordId> parent;
  std::string name;  // of the file it was
  std::string note;
  std::string symbol;
  std::string language;   // BCP 47, or empty
  bool courtesy = false;  // a translation for convenience
  std::uint64_t bytes = 0;
  std::string media_type;
  Hash32 content;
  bool head = false;
  bool after_freeze = false;
  std::optional<PageFreeze> frozen;
  std::vector<PageComment> comments;
  std::vector<PageAuthor> fetched;
  static constexpr auto fields =
      std::tuple(&PageVersion::id, &PageVersion::author, &PageVersion::time, &PageVersion::parent, &PageVersion::name,
                 &PageVersion::note, &PageVersion::symbol, &PageVersion::language, &PageVersion::courtesy,
                 &PageVersion::bytes, &PageVersion::media_type, &PageVersion::content, &PageVersion::head,
                 &PageVersion::after_freeze, &PageVersion::frozen, &PageVersion::comments, &PageVersion::fetched);
};
struct PageDocument {
  RecordId id;
  std::string name;
  std::optional<RecordId> folder;
  bool removed = false;  // itself, or with its folder
  RecordId current;      // the newest of those no other replaces
  std::vector<PageVersion> versions;
  static constexpr auto fields = std::tuple(&PageDocument::id, &PageDocument::name, &PageDocument::folder,
                                            &PageDocument::removed, &PageDocument::current, &PageDocument::versions);
};
// A folder that is a channel of its own: whom it admits, and whether this device is in.
struct PageDoor {
  ChannelId channel;
  bool open = false;
  std::vector<std::string> countries;
  static constexpr auto fields = std::tuple(&PageDoor::channel, &PageDoor::open, &PageDoor::countries);
};
struct PageFolder {
  RecordId id;
  std::string name;
  std::optional<RecordId> parent;
  bool removed = false;
  std::optional<PageDoor> door;
  static constexpr auto fields =
      std::tuple(&PageFolder::id, &PageFolder::name, &PageFolder::parent, &PageFolder::removed, &PageFolder::door);
};
// Cut off before its version was posted; whoever has the file still can go on.
struct PageUpload {
  UploadId upload;
  std::string name;
  Timestamp modified;
  std::uint64_t bytes = 0;
  std::uint64_t bytes_done = 0;
  static constexpr auto fields = std::tuple(&PageUpload::upload, &PageUpload::name, &PageUpload::modified,
                                            &PageUpload::bytes, &PageUpload::bytes_done);
};
struct PageLibrary {
  ChannelId channel;
  bool may_post = false;
  std::vector<PageFolder> folders;
  std::vector<PageDocument> documents;
  std::vector<PageUpload> uploads;
  static constexpr auto fields = std::tuple(&PageLibrary::channel, &PageLibrary::may_post, &PageLibrary::folders,
                                            &PageLibrary::documents, &PageLibrary::uploads);
};

struct AskLibrary {
  using Answer = std::optional<PageLibrary>;  // nothing: no such channel
  ChannelId channel;
  static constexpr auto fields = std::tuple(&AskLibrary::channel);
};
AskLibrary::Answer answer_to(const core::Core& core, const AskLibrary& question);

}  // namespace encuentro::client::views
