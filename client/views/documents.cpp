#include "client/views/documents.h"

#include <algorithm>
#include <tuple>

#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

using content::Kind;
using core::Record;

constexpr std::size_t depth_max = 64;

// The fold in progress: documents by id, folders merged by name.
class Fold {
 public:
  explicit Fold(const AuthorOf& author_of) : author_of_(author_of) {}

  void take(const Record& record) {
    const content::Content& content = record.content;
    switch (static_cast<Kind>(record.kind)) {
      case Kind::document_version:
        if (auto version = content::document_version(content)) add_version(record, *version);
        break;
      case Kind::document_folder:
        if (auto folder = content::document_folder(content)) add_folder(record, *folder);
        break;
      case Kind::document_change:
        if (auto change = content::document_change(content)) apply(*change);
        break;
      case Kind::document_comment:
        if (auto comment = content::document_comment(content)) add_comment(record, *comment);
        break;
      case Kind::document_freeze:
        if (auto freeze = content::document_freeze(content)) add_freeze(record, *freeze);
        break;
      case Kind::document_fetched:
        if (auto fetched = content::document_fetched(content)) add_fetched(record, *fetched);
        break;
      default:
        break;
    }
  }

  // `erasure` is of the version whose upload it names, whatever else it says.
  void take(const core::Erasure& erasure) {
    Record by;
    by.device = erasure.device;
    by.member = erasure.member;
    by.roster_seq = erasure.roster_seq;
    Version* erased = version(erasure.target);
    bool named = erased != nullptr && !erased->erased &&
                 std::find(erasure.uploads.begin(), erasure.uploads.end(), erased->upload) != erasure.uploads.end();
    if (named) erased->erased = Erased{author_of_(by), erasure.seq};
  }

  Library finish() {
    for (auto& [id, document] : documents_) {
      mark_heads(document);
      library_.documents.push_back(std::move(document));
    }
    auto place = [&](const Document& d) { return std::tuple(library_.path(d.folder), d.name, d.id); };
    put_in_order(library_.documents, [&](const Document& a, const Document& b) { return place(a) < place(b); });
    return std::move(library_);
  }

 private:
  // The folder as the fold knows it: nothing for the top and for one that isn't known.
  std::optional<RecordId> known(const std::optional<RecordId>& id) const {
    if (!id) return std::nullopt;
    auto same = same_folder_.find(*id);
    const RecordId& first = same == same_folder_.end() ? *id : same->second;
    return library_.folders.contains(first) ? std::optional(first) : std::nullopt;
  }

  // As a place: beside a door, not in it. Nothing lies in a door, so there is never a second one above.
  std::optional<RecordId> folder(const std::optional<RecordId>& id) const {
    auto place = known(id);
    if (!place) return std::nullopt;
    const Folder& there = library_.folders.at(*place);
    return there.door ? there.parent : place;
  }

  void add_folder(const Record& record, const content::DocumentFolder& made) {
    auto parent = folder(made.parent);
    if (made.parent && !known(made.parent)) return;
    if (auto there = library_.folder_named(parent, made.name)) {
      same_folder_[record.id] = *there;
    } else {
      library_.folders[record.id] = {record.id, made.name, parent, false, made.door};
    }
  }

  void add_version(const Record& record, const content::DocumentVersion& from) {
    RecordId id = from.document.value_or(record.id);
    auto [found, fresh] = documents_.try_emplace(id);
    Document& document = found->second;
    if (fresh) {
      document.id = id;
      document.name = from.name;
      document.folder = folder(from.folder);
    }
    Version version;
    version.id = record.id;
    version.seq = record.seq;
    version.author = author_of_(record);
    version.time = record.content.time;
    version.parent = from.parent;
    version.merged = from.merged;
    version.name = from.name;
    version.note = from.note;
    version.symbol = from.symbol;
    version.language = from.language;
    version.upload = from.manifest.upload;
    version.bytes = from.manifest.bytes;
    version.media_type = from.manifest.media_type;
    version.content = from.manifest.content;
    version.after_freeze = std::any_of(document.versions.begin(), document.versions.end(),
                                       [](const Version& earlier) { return earlier.frozen.has_value(); });
    document.versions.push_back(std::move(version));
    document_of_[record.id] = id;
  }

  void apply(const content::DocumentChange& change) {
    if (auto found = documents_.find(change.item); found != documents_.end()) {
      Document& document = found->second;
      if (change.name) document.name = *change.name;
      if (change.removed) document.removed = *change.removed;
      if (change.place && (!change.place->folder || known(change.place->folder))) {
        document.folder = folder(change.place->folder);
      }
      return;
    }
    auto id = known(change.item);
    if (!id) return;
    Folder& moved = library_.folders[*id];
    if (change.name) moved.name = *change.name;
    if (change.removed) moved.removed = *change.removed;
    if (change.place) move(moved, change.place->folder);
  }

  void move(Folder& moved, const std::optional<RecordId>& to) {
    auto parent = folder(to);
    if (to && !known(to)) return;
    for (auto above = parent; above; above = library_.folders[*above].parent) {
      if (*above == moved.id) return;
    }
    moved.parent = parent;
  }

  Version* version(const RecordId& id) {
    auto document = document_of_.find(id);
    if (document == document_of_.end()) return nullptr;
    auto& versions = documents_[document->second].versions;
    auto found = std::find_if(versions.begin(), versions.end(), [&](const Version& v) { return v.id == id; });
    return found == versions.end() ? nullptr : &*found;
  }

  void add_comment(const Record& record, const content::DocumentComment& comment) {
    if (Version* about = version(comment.version)) {
      about->comments.push_back({record.id, record.seq, author_of_(record), record.content.time, comment.text});
    }
  }

  void add_freeze(const Record& record, const content::DocumentFreeze& freeze) {
    Version* frozen = version(freeze.version);
    if (frozen == nullptr || frozen->frozen || frozen->content != freeze.content) return;
    frozen->frozen = Freeze{author_of_(record), record.content.time, record.seq};
  }

  void add_fetched(const Record& record, const content::DocumentFetched& fetched) {
    Version* about = version(fetched.version);
    if (about == nullptr) return;
    bool said = std::any_of(about->fetched.begin(), about->fetched.end(),
                            [&](const Author& author) { return author.member == record.member; });
    if (!said) about->fetched.push_back(author_of_(record));
  }

  static void mark_heads(Document& document) {
    for (const Version& later : document.versions) {
      for (Version& earlier : document.versions) {
        bool merged = std::find(later.merged.begin(), later.merged.end(), earlier.id) != later.merged.end();
        if (later.parent == earlier.id || merged) earlier.head = false;
      }
    }
  }

  const AuthorOf& author_of_;
  Library library_;
  std::map<RecordId, Document> documents_;
  std::map<RecordId, RecordId> document_of_;  // by version
  std::map<RecordId, RecordId> same_folder_;
};

}  // namespace

const Version& Document::current() const {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->head) return *version;
  }
  return versions.back();
}

std::vector<RecordId> Document::heads() const {
  std::vector<RecordId> ids;
  for (const Version& version : versions) {
    if (version.head) ids.push_back(version.id);
  }
  return ids;
}

const Version* Document::version(const RecordId& wanted) const {
  auto found = std::find_if(versions.begin(), versions.end(), [&](const Version& v) { return v.id == wanted; });
  return found == versions.end() ? nullptr : &*found;
}

std::string Library::path(const std::optional<RecordId>& folder) const {
  std::string path;
  auto at = folder;
  for (std::size_t depth = 0; at && depth < depth_max; ++depth) {
    auto found = folders.find(*at);
    if (found == folders.end()) break;
    path.insert(0, path.empty() ? found->second.name : found->second.name + "/");
    at = found->second.parent;
  }
  return path;
}

bool Library::hidden(const std::optional<RecordId>& folder) const {
  for (auto at = folder; at;) {
    auto found = folders.find(*at);
    if (found == folders.end()) return false;
    if (found->second.removed) return true;
    at = found->second.parent;
  }
  return false;
}

bool Library::hidden(const Document& document) const { return document.removed || hidden(document.folder); }

std::optional<RecordId> Library::folder_named(const std::optional<RecordId>& parent, std::string_view name) const {
  for (const auto& [id, folder] : folders) {
    if (folder.parent == parent && folder.name == name && !folder.removed) return id;
  }
  return std::nullopt;
}

const Document* Library::document(const RecordId& id) const {
  auto found = std::find_if(documents.begin(), documents.end(), [&](const Document& d) { return d.id == id; });
  return found == documents.end() ? nullptr : &*found;
}

const Document* Library::document_of(const RecordId& version) const {
  for (const Document& document : documents) {
    if (document.version(version) != nullptr) return &document;
  }
  return nullptr;
}

Library fold_documents(std::span<const Record* const> records, const AuthorOf& author_of,
                       std::span<const core::Erasure> erasures) {
  Fold fold(author_of);
  for (const Record* record : opened(records, [](Kind) { return true; })) fold.take(*record);
  for (const core::Erasure& erasure : erasures) fold.take(erasure);
  return fold.finish();
}

Library library(const core::Core& core, const ChannelId& channel) {
  auto erasures = core.erasures(channel);
  return fold_documents(core.records(channel), [&](const Record& record) { return author_of(core, record); }, erasures);
}

SeenDoor seen(const core::Core& core, const content::Door& door) {
  auto look = core.channel(door.channel);
  bool open = look && (look->state == core::ChannelState::in || look->state == core::ChannelState::stopped);
  if (!open) return {false, door.countries};
  if (look->policy.admission.countries.empty()) return {true, door.countries};
  SeenDoor seen{true, {}};
  for (roster::Country country : look->policy.admission.countries) seen.countries.emplace_back(country.text());
  return seen;
}

Result<Passage> passage(const core::Core& core, const ChannelId& channel, std::span<const std::string> names) {
  Passage at{channel, std::nullopt, {}};
  Library here = library(core, channel);
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto next = here.folder_named(at.folder, names[i]);
    if (!next) {
      at.remaining.assign(names.begin() + static_cast<std::ptrdiff_t>(i), names.end());
      break;
    }
    at.folder = next;
    const auto& door = here.folders.at(*next).door;
    if (!door) continue;
    if (!seen(core, *door).open) return fail(Code::not_admitted, "door");
    at = {door->channel, std::nullopt, {}};
    here = library(core, at.channel);
  }
  return at;
}

Result<content::Manifest> manifest_of(const core::Core& core, const ChannelId& channel, const RecordId& version) {
  for (const Record* record : core.records(channel)) {
    bool is_it = record->id == version && record->reading == core::Reading::opened &&
                 record->kind == static_cast<std::uint16_t>(Kind::document_version);
    if (!is_it) continue;
    TRY(auto found, content::document_version(record->content));
    return std::move(found.manifest);
  }
  return fail(Code::not_found, "version");
}

}  // namespace encuentro::client::views
