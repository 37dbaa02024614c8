// Documents inside the seal (FORMATS §6.2): folders, versions, changes of name and place, comments, freezes and who
// fetched what, as typed items over Content. A document is named by the record that began it, a version and a folder by
// their own records.
#pragma once

#include "protocol/content/content.h"
#include "protocol/content/file_cipher.h"

namespace encuentro::content {

inline constexpr std::size_t file_name_bytes_max = 255;
inline constexpr std::size_t symbol_bytes_max = 96;
inline constexpr std::size_t language_bytes_max = 35;  // BCP 47
inline constexpr std::size_t merged_versions_max = 15;

// Where a version's bytes are and what opens them.
struct Manifest {
  UploadId upload;
  std::uint64_t bytes = 0;  // true size
  FileKey key;
  BlobId list;     // SHA-256 of the sealed list of chunks
  Hash32 content;  // SHA-256 of the file
  std::string media_type;
};

// 1 authentic: adopted in this language; 2 courtesy: a translation for convenience.
enum class TextStanding : std::uint8_t { authentic = 1, courtesy = 2 };
struct Language {
  std::string code;  // "es", "pt-BR", ...
  TextStanding standing{};
  std::optional<RecordId> of;  // the version it translates
  friend bool operator==(const Language&, const Language&) = default;
};

struct DocumentVersion {
  std::optional<RecordId> document;  // nothing: this record begins one
  std::optional<RecordId> parent;    // there exactly if `document` is
  std::vector<RecordId> merged;      // versions it replaces besides its parent
  std::optional<RecordId> folder;    // of a first version; nothing: the channel's top
  std::string name;                  // of the file this version was
  std::string note;
  std::string symbol;  // "CD/12/Rev.1"; empty for none
  std::optional<Language> language;
  Manifest manifest;
};

// A folder for fewer countries than its channel has is a channel of its own: here is only the door. Nothing lies in it,
// and it opens to nobody whom that channel doesn't admit. For whom it was made stands here by its maker's word, for
// those who don't see that channel.
struct Door {
  ChannelId channel;
  std::vector<std::string> countries;  // codes, ascending, distinct, at least one
  friend bool operator==(const Door&, const Door&) = default;
};

struct DocumentFolder {
  std::string name;
  std::optional<RecordId> parent;
  std::optional<Door> door = {};
};

// Of a document or folder; the last change of each property in the log's order counts.
struct DocumentChange {
  struct Place {
    std::optional<RecordId> folder;  // nothing: the top
    friend bool operator==(const Place&, const Place&) = default;
  };
  RecordId item;
  std::optional<std::string> name;
  std::optional<Place> place;
  std::optional<bool> removed;
};

struct DocumentComment {
  RecordId version;
  std::string text;
};

// Of a version: its content's hash stands in the record, what comes after is marked so.
struct DocumentFreeze {
  RecordId version;
  Hash32 content;
};

// The reader's own word that it has the whole version.
struct DocumentFetched {
  RecordId version;
};

// A name of a file or folder: 1 to 255 bytes of UTF-8, without '/', '\\' or control characters, not "." or "..".
bool is_file_name(std::string_view name);

Content content_of(const DocumentVersion& version);
Content content_of(const DocumentFolder& folder);
Content content_of(const DocumentChange& change);
Content content_of(const DocumentComment& comment);
Content content_of(const DocumentFreeze& freeze);
Content content_of(const DocumentFetched& fetched);

// All: malformed (a property is missing, has another form, or a name isn't one), too_large.
Result<DocumentVersion> document_version(const Content& content);
Result<DocumentFolder> document_folder(const Content& content);
Result<DocumentChange> document_change(const Content& content);
Result<DocumentComment> document_comment(const Content& content);
Result<DocumentFreeze> document_freeze(const Content& content);
Result<DocumentFetched> document_fetched(const Content& content);

}  // namespace encuentro::content
