#include "protocol/content/document.h"

#include <algorithm>

#include "protocol/content/document_symbol.h"
#include "protocol/content/stated_fields.h"

namespace encuentro::content {
namespace {

// Numbers of FORMATS §6.2; one numbering for all kinds of documents.
namespace key {
constexpr std::uint16_t manifest = 1;
constexpr std::uint16_t merged = 2;
constexpr std::uint16_t folder = 3;  // optional<RecordId>
constexpr std::uint16_t symbol = 4;
constexpr std::uint16_t language = 5;
constexpr std::uint16_t removed = 6;
constexpr std::uint16_t hash = 7;
constexpr std::uint16_t door = 8;
}  // namespace key

void set(Content& content, std::uint16_t number, codec::Writer& w) { content.fields.push_back({number, w.take()}); }

void write_record_id(codec::Writer& w, const RecordId& id) { w.id(id); }
Result<RecordId> read_record_id(codec::Reader& r) { return r.id<RecordId>(); }

Result<std::string> read_text(codec::Reader& r, std::size_t bytes_max) {
  TRY(BytesView bytes, r.opaque(bytes_max));
  if (!is_utf8(bytes)) return fail(Code::malformed, "utf-8");
  return std::string(as_text(bytes));
}

// The field read whole by `read`; nothing where it isn't there.
template <class T, class Read>
Result<std::optional<T>> optional_field(const Content& content, std::uint16_t number, Read read) {
  const Field* field = content.field(number);
  if (field == nullptr) return std::optional<T>{};
  TRY(T value, codec::decode_all<T>(field->value, read));
  return std::optional<T>{std::move(value)};
}

void set_folder(Content& content, const std::optional<RecordId>& folder) {
  codec::Writer w;
  w.optional(folder, write_record_id);
  set(content, key::folder, w);
}

Result<std::optional<DocumentChange::Place>> folder_of(const Content& content) {
  using Place = DocumentChange::Place;
  return optional_field<Place>(content, key::folder, [](codec::Reader& r) -> Result<Place> {
    TRY(auto folder, r.optional<RecordId>(read_record_id));
    return Place{folder};
  });
}

// Counted, so that a field that was cut isn't a door for fewer.
Result<Door> read_door(codec::Reader& r) {
  Door door;
  TRY(door.channel, r.id<ChannelId>());
  TRY(std::uint8_t count, r.u8());
  if (count > countries_max) return fail(Code::too_large, "door", countries_max, count);
  for (std::uint8_t i = 0; i < count; ++i) {
    TRY(BytesView bytes, r.raw(2));
    std::string code(as_text(bytes));
    bool ascending = door.countries.empty() || door.countries.back() < code;
    if (!is_country_code(code) || !ascending) return fail(Code::malformed, "door");
    door.countries.push_back(std::move(code));
  }
  if (door.countries.empty()) return fail(Code::malformed, "door");
  return door;
}

void set_door(Content& content, const Door& door) {
  codec::Writer w;
  w.id(door.channel);
  w.u8(static_cast<std::uint8_t>(door.countries.size()));
  for (const std::string& code : door.countries) w.raw(as_bytes(code));
  set(content, key::door, w);
}

void write(codec::Writer& w, const Manifest& manifest) {
  w.id(manifest.upload);
  w.u64(manifest.bytes);
  w.raw(manifest.key.view());
  w.id(manifest.list);
  w.id(manifest.content);
  w.text(manifest.media_type);
}

Result<Manifest> read_manifest(codec::Reader& r) {
  Manifest manifest;
  TRY(manifest.upload, r.id<UploadId>());
  TRY(manifest.bytes, r.u64());
  if (manifest.bytes > file_bytes_max) return fail(Code::too_large, "file", file_bytes_max, manifest.bytes);
  TRY(BytesView key, r.raw(FileKey::bytes));
  manifest.key = FileKey(key);
  TRY(manifest.list, r.id<BlobId>());
  TRY(manifest.content, r.id<Hash32>());
  TRY(manifest.media_type, read_text(r, limits::media_type_bytes_max));
  return manifest;
}

Result<Language> read_language(codec::Reader& r) {
  Language language;
  TRY(language.code, read_text(r, language_bytes_max));
  TRY(language.standing, r.number<TextStanding>());
  bool known = language.standing == TextStanding::authentic || language.standing == TextStanding::courtesy;
  if (language.code.empty() || !known) return fail(Code::malformed, "language");
  TRY(language.of, r.optional<RecordId>(read_record_id));
  return language;
}

Result<std::vector<RecordId>> read_merged(codec::Reader& r) {
  return r.vector<RecordId>(merged_versions_max * RecordId::bytes, merged_versions_max, read_record_id);
}

Result<std::string> read_symbol(codec::Reader& r) {
  TRY(std::string text, read_text(r, symbol_bytes_max));
  TRY(DocumentSymbol symbol, parse_symbol(text));
  if (symbol.text() != text) return fail(Code::malformed, "symbol");
  return text;
}

Result<std::string> name_of(const Content& content) {
  if (!is_file_name(content.title)) return fail(Code::malformed, "file name");
  return content.title;
}

Result<RecordId> about_of(const Content& content) {
  if (!content.about) return fail(Code::malformed, "about");
  return *content.about;
}

}  // namespace

bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > file_name_bytes_max || name == "." || name == "..") return false;
  auto bad = [](char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\';
  };
  return is_utf8(as_bytes(name)) && std::none_of(name.begin(), name.end(), bad);
}

Content content_of(const DocumentVersion& version) {
  Content content;
  content.about = version.document;
  content.replaces = version.parent;
  content.title = version.name;
  content.body = version.note;
  codec::Writer w;
  write(w, version.manifest);
  set(content, key::manifest, w);
  if (!version.merged.empty()) {
    w.vector(version.merged, write_record_id);
    set(content, key::merged, w);
  }
  if (version.folder) set_folder(content, version.folder);
  if (!version.symbol.empty()) {
    w.text(version.symbol);
    set(content, key::symbol, w);
  }
  if (version.language) {
    w.text(version.language->code);
    w.number(version.language->standing);
    w.optional(version.language->of, write_record_id);
    set(content, key::language, w);
  }
  return content;
}

Result<DocumentVersion> document_version(const Content& content) {
  DocumentVersion version;
  version.document = content.about;
  version.parent = content.replaces;
  if (version.document.has_value() != version.parent.has_value()) return fail(Code::malformed, "parent");
  TRY(version.name, name_of(content));
  version.note = content.body;
  TRY(auto manifest, optional_field<Manifest>(content, key::manifest, read_manifest));
  if (!manifest) return fail(Code::malformed, "manifest");
  version.manifest = std::move(*manifest);
  TRY(auto merged, optional_field<std::vector<RecordId>>(content, key::merged, read_merged));
  if (merged) version.merged = std::move(*merged);
  TRY(auto place, folder_of(content));
  if (place) version.folder = place->folder;
  TRY(auto symbol, optional_field<std::string>(content, key::symbol, read_symbol));
  if (symbol) version.symbol = std::move(*symbol);
  TRY(version.language, optional_field<Language>(content, key::language, read_language));
  return version;
}

Content content_of(const DocumentFolder& folder) {
  Content content;
  content.title = folder.name;
  set_folder(content, folder.parent);
  if (folder.door) set_door(content, *folder.door);
  return content;
}

Result<DocumentFolder> document_folder(const Content& content) {
  DocumentFolder folder;
  TRY(folder.name, name_of(content));
  TRY(auto place, folder_of(content));
  if (!place) return fail(Code::malformed, "folder");
  folder.parent = place->folder;
  TRY(folder.door, optional_field<Door>(content, key::door, read_door));
  return folder;
}

Content content_of(const DocumentChange& change) {
  Content content;
  content.about = change.item;
  if (change.name) content.title = *change.name;
  if (change.place) set_folder(content, change.place->folder);
  if (change.removed) {
    codec::Writer w;
    w.u8(*change.removed ? 1 : 0);
    set(content, key::removed, w);
  }
  return content;
}

Result<DocumentChange> document_change(const Content& content) {
  DocumentChange change;
  TRY(change.item, about_of(content));
  if (!content.title.empty()) {
    TRY(change.name, name_of(content));
  }
  TRY(change.place, folder_of(content));
  TRY(auto removed, optional_field<std::uint8_t>(content, key::removed, [](codec::Reader& r) { return r.u8(); }));
  if (removed && *removed > 1) return fail(Code::malformed, "removed", 1, *removed);
  if (removed) change.removed = *removed == 1;
  return change;
}

Content content_of(const DocumentComment& comment) {
  Content content;
  content.about = comment.version;
  content.media_type = "text/markdown";
  content.body = comment.text;
  return content;
}

Result<DocumentComment> document_comment(const Content& content) {
  DocumentComment comment;
  TRY(comment.version, about_of(content));
  comment.text = content.body;
  return comment;
}

Content content_of(const DocumentFreeze& freeze) {
  Content content;
  content.about = freeze.version;
  codec::Writer w;
  w.id(freeze.content);
  set(content, key::hash, w);
  return content;
}

Result<DocumentFreeze> document_freeze(const Content& content) {
  DocumentFreeze freeze;
  TRY(freeze.version, about_of(content));
  TRY(auto hash, optional_field<Hash32>(content, key::hash, [](codec::Reader& r) { return r.id<Hash32>(); }));
  if (!hash) return fail(Code::malformed, "hash");
  freeze.content = *hash;
  return freeze;
}

Content content_of(const DocumentFetched& fetched) {
  Content content;
  content.about = fetched.version;
  return content;
}

Result<DocumentFetched> document_fetched(const Content& content) {
  TRY(RecordId version, about_of(content));
  return DocumentFetched{version};
}

}  // namespace encuentro::content
