#include "client/cli/export_check.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "client/cli/clock.h"
#include "client/cli/show.h"
#include "client/views/conversation.h"
#include "protocol/content/document.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t file_bytes_max = std::size_t{1} * limits::GiB;

Result<json> read_json(const fs::path& file) {
  std::error_code error;
  if (fs::file_size(file, error) > file_bytes_max || error) return fail(Code::malformed, "export");
  std::ifstream in(file, std::ios::binary);
  json value = json::parse(in, nullptr, false);
  if (value.is_discarded()) return fail(Code::malformed, "export");
  return value;
}

std::string word(const json& object, const char* key) {
  auto value = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && value != object.end() && value->is_string() ? value->get<std::string>() : std::string();
}

core::Record record_of(const verify::Proven& proven) {
  core::Record record;
  record.seq = proven.seq;
  record.id = proven.id;
  record.device = proven.device;
  record.member = proven.member;
  record.reading = core::Reading::opened;
  record.kind = proven.kind;
  record.content = proven.content;
  return record;
}

// What a channel's items.json must say, from what was proven.
class Expected {
 public:
  Expected(const verify::Report& proof, const ChannelId& channel) {
    std::vector<core::Record> records;
    std::map<RecordId, const verify::Proven*> proven_by_id;
    for (const verify::Proven& proven : proof.proven) {
      if (proven.channel != channel) continue;
      records.push_back(record_of(proven));
      proven_by_id[proven.id] = &proven;
      if (proven.kind == static_cast<std::uint16_t>(content::Kind::document_version)) {
        auto version = content::document_version(proven.content);
        if (version) versions_[hex(proven.id.view())] = hex(version->manifest.content.view());
      }
    }
    std::vector<const core::Record*> places;
    places.reserve(records.size());
    for (const core::Record& record : records) places.push_back(&record);
    items_ = views::fold(places, [&](const core::Record& record) {
      const verify::Proven& proven = *proven_by_id.at(record.id);
      return views::Author{proven.device, proven.member, proven.country, proven.role};
    });
  }

  // Only what bears words; what a channel's own records say without any is told by the counts.
  void compare(const fs::path& file, const json& listed, std::vector<ExportDeviation>& found) const {
    std::set<std::string> there;
    std::uint64_t last = 0;
    for (const json& item : listed) {
      std::string id = word(item, "id");
      there.insert(id);
      if (!bears_words(item) || word(item, "sending") != "on_server") continue;
      const views::Item* proven = item_of(id);
      if (proven == nullptr || !same(item, *proven)) found.push_back({file, id, Code::bad_signature});
      std::uint64_t seq = proven == nullptr ? last : proven->seq.value;
      if (seq < last) found.push_back({file, id, Code::reordered});
      last = seq;
    }
    for (const views::Item& item : items_) {
      bool words = !item.body.empty() || !item.title.empty();
      if (words && !there.contains(hex(item.id.view()))) found.push_back({file, hex(item.id.view()), Code::gap});
    }
  }

  void compare_versions(const fs::path& file, const json& documents, std::vector<ExportDeviation>& found) const {
    std::set<std::string> there;
    for (const json& document : documents) {
      for (const json& version : document.value("all", json())) {
        std::string id = word(version, "id");
        there.insert(id);
        auto proven = versions_.find(id);
        bool same = proven != versions_.end() && word(version, "sha256") == proven->second;
        if (!same) found.push_back({file, id, Code::bad_signature});
      }
    }
    for (const auto& [id, hash] : versions_) {
      if (!there.contains(id)) found.push_back({file, id, Code::gap});
    }
  }
  bool has_versions() const { return !versions_.empty(); }

  // Every body stands in the text that people read, in the same order.
  bool told_in(const std::string& text) const {
    std::size_t at = 0;
    for (const views::Item& item : items_) {
      for (std::size_t begin = 0; begin < item.body.size();) {
        std::size_t end = std::min(item.body.find('\n', begin), item.body.size());
        at = text.find(item.body.substr(begin, end - begin), at);
        if (at == std::string::npos) return false;
        begin = end + 1;
      }
    }
    return true;
  }

 private:
  static bool bears_words(const json& item) { return !word(item, "body").empty() || !word(item, "title").empty(); }
  const views::Item* item_of(const std::string& id) const {
    auto found =
        std::find_if(items_.begin(), items_.end(), [&](const views::Item& item) { return hex(item.id.view()) == id; });
    return found == items_.end() ? nullptr : &*found;
  }
  static bool same(const json& item, const views::Item& proven) {
    return word(item, "body") == proven.body && word(item, "title") == proven.title &&
           word(item, "author") == hex(proven.author.member.view()) &&
           word(item, "device") == hex(proven.author.device.view()) &&
           word(item, "country") == proven.author.country.text() && word(item, "time") == rfc3339(proven.time) &&
           item.value("seq", json()) == proven.seq.value && word(item, "kind") == kind_word(proven);
  }

  std::vector<views::Item> items_;
  std::map<std::string, std::string> versions_;  // id, hash of its file
};

Status check_channel(const fs::path& folder, const verify::Report& proof, std::vector<ExportDeviation>& found) {
  TRY(json items, read_json(folder / "items.json"));
  bool formed = items.is_object() && items.value("id", json()).is_string() && items.value("items", json()).is_array();
  Bytes id;
  if (!formed || !from_hex(items["id"].get<std::string>(), id) || id.size() != ChannelId::bytes) {
    return fail(Code::malformed, "items.json");
  }
  for (const json& item : items["items"]) {
    if (!item.is_object()) return fail(Code::malformed, "items.json");
  }
  Expected expected(proof, ChannelId(id));
  expected.compare(folder / "items.json", items["items"], found);
  std::ifstream in(folder / "conversation.md", std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), {});
  if (!expected.told_in(text)) found.push_back({folder / "conversation.md", "", Code::bad_signature});
  std::error_code error;
  if (!expected.has_versions() && !fs::exists(folder / "documents.json", error)) return {};
  TRY(json documents, read_json(folder / "documents.json"));
  if (!documents.is_array()) return fail(Code::malformed, "documents.json");
  for (const json& document : documents) {
    if (!document.is_object()) return fail(Code::malformed, "documents.json");
  }
  expected.compare_versions(folder / "documents.json", documents, found);
  return {};
}

}  // namespace

Result<std::vector<ExportDeviation>> deviations(const fs::path& folder, const verify::Report& proof) {
  std::vector<ExportDeviation> found;
  std::error_code error;
  for (const auto& place : fs::directory_iterator(folder, error)) {
    if (!place.is_directory(error) || place.path().filename() == "proof") continue;
    TRY_OK(check_channel(place.path(), proof, found));
  }
  return found;
}

}  // namespace encuentro::client::cli
