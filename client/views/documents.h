// Folds a channel's records into its folders and documents. Rules of the fold, the same on every client:
//   - the last change of a name, a place or a removal in the log's order counts; nothing is ever lost by a removal;
//   - each version stands: one that no other replaces is a head, and a document with two heads is in conflict;
//   - a second folder of one name at one place is the first; a move into itself or into nowhere is passed over;
//   - a version whose upload was erased says by whom; the first erasure counts;
//   - a folder that is a channel of its own is a door (content::Door): what names it as its place lies beside it;
//   - a freeze counts if it names the version's own hash; versions later in the log are marked as after it.
#pragma once

#include <map>
#include <span>

#include "client/views/conversation.h"
#include "protocol/content/document.h"

namespace encuentro::client::views {

struct VersionComment {
  RecordId id;
  Seq seq;
  Author author;
  Timestamp time;
  std::string text;
};

struct Freeze {
  Author author;
  Timestamp time;
  Seq seq;
};

// The version's bytes were taken from the server; what was said of it stays.
struct Erased {
  Author author;
  Seq seq;
};

struct Version {
  RecordId id;
  Seq seq;
  Author author;
  Timestamp time;
  std::optional<RecordId> parent;
  std::vector<RecordId> merged;
  std::string name;
  std::string note;
  std::string symbol;
  std::optional<content::Language> language;
  UploadId upload;
  std::uint64_t bytes = 0;
  std::string media_type;
  Hash32 content;    // SHA-256 of the file
  bool head = true;  // nothing replaces it
  bool after_freeze = false;
  std::optional<Freeze> frozen;
  std::optional<Erased> erased;
  std::vector<VersionComment> comments;
  std::vector<Author> fetched;  // by their own word, each member once, in the order they came
};

struct Document {
  RecordId id;
  std::string name;
  std::optional<RecordId> folder;
  bool removed = false;
  std::vector<Version> versions;  // in the log's order; never empty

  // The newest head.
  const Version& current() const;
  std::vector<RecordId> heads() const;
  bool conflict() const { return heads().size() > 1; }
  const Version* version(const RecordId& version) const;
};

struct Folder {
  RecordId id;
  std::string name;
  std::optional<RecordId> parent;
  bool removed = false;
  std::optional<content::Door> door;
};

struct Library {
  std::map<RecordId, Folder> folders;
  std::vector<Document> documents;  // by path, then name, then id

  // "Proyectos/2026", empty for the top.
  std::string path(const std::optional<RecordId>& folder) const;
  // Removed itself or in a removed folder.
  bool hidden(const Document& document) const;
  bool hidden(const std::optional<RecordId>& folder) const;
  // The folder of this name there that isn't removed.
  std::optional<RecordId> folder_named(const std::optional<RecordId>& parent, std::string_view name) const;
  const Document* document(const RecordId& id) const;
  // Of any version's id.
  const Document* document_of(const RecordId& version) const;
};

// The records in any order; erasures as the core has judged them.
Library fold_documents(std::span<const core::Record* const> records, const AuthorOf& author_of,
                       std::span<const core::Erasure> erasures = {});
Library library(const core::Core& core, const ChannelId& channel);

// A door as this device stands before it.
struct SeenDoor {
  bool open = false;                   // this device is in that channel
  std::vector<std::string> countries;  // whom it admits: by its own policy where this device is in, else as was said
};
SeenDoor seen(const core::Core& core, const content::Door& door);

// Where a path leads that begins in a channel: through open doors, as far as folders are there.
struct Passage {
  ChannelId channel;
  std::optional<RecordId> folder;      // in that channel; nothing: its top
  std::vector<std::string> remaining;  // names from there on that are no folders
};
// Errors: not_admitted (a door that doesn't open to this device).
Result<Passage> passage(const core::Core& core, const ChannelId& channel, std::span<const std::string> names);

// What opens a version: from its record, where that is held and open. not_found.
Result<content::Manifest> manifest_of(const core::Core& core, const ChannelId& channel, const RecordId& version);

}  // namespace encuentro::client::views
