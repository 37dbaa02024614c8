#include "client/cli/documents/export_documents.h"

#include <fstream>

#include "client/cli/documents/file.h"
#include "client/cli/documents/show_documents.h"
#include "client/cli/documents/transfer.h"
#include "client/cli/show.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t short_id_digits = 8;
constexpr std::size_t list_bytes_max = 64 * limits::MiB;

bool concerns_one(Code code) {
  return code == Code::not_found || code == Code::bad_tag || code == Code::malformed || code == Code::unreachable;
}

Result<Moved> fetch_to(Session& session, Output& output, const ChannelId& channel, const content::Manifest& manifest,
                       const fs::path& target) {
  std::error_code error;
  fs::create_directories(target.parent_path(), error);
  if (error) return fail(Code::storage_failed, "export");
  return download(session, output, channel, manifest, target);
}

// Names are files' names already (content::is_file_name), so a path can't leave the folder.
fs::path place_of(const views::Library& library, const views::Document& document, const views::Version& version,
                  std::size_t number) {
  std::string id = hex(version.id.view()).substr(0, short_id_digits);
  fs::path documents = "documents";
  if (library.hidden(document)) documents = "documents-removed";
  return documents / library.path(document.folder) /
         (document.name + "-" + hex(document.id.view()).substr(0, short_id_digits)) /
         ("v" + std::to_string(number) + "-" + id + fs::path(version.name).extension().string());
}

Status write_json(const fs::path& file, const json& value) {
  std::ofstream out(file, std::ios::binary);
  out << value.dump(1, ' ', false, json::error_handler_t::replace) << "\n";
  out.close();
  return out ? Status{} : fail(Code::storage_failed, "export");
}

Result<Hash32> hash_of(const fs::path& path) {
  std::error_code error;
  auto bytes = fs::file_size(path, error);
  if (error) return fail(Code::not_found, "file");
  TRY(File file, File::open_to_read(path));
  crypto::Sha256Stream whole;
  Bytes buffer(limits::chunk_bytes);
  for (std::uint64_t at = 0; at < bytes; at += buffer.size()) {
    MutableBytes part = MutableBytes(buffer).first(std::min<std::uint64_t>(buffer.size(), bytes - at));
    TRY_OK(file.read(at, part));
    whole.update(part);
  }
  return whole.finish();
}

Result<json> read_list(const fs::path& file) {
  std::error_code error;
  if (fs::file_size(file, error) > list_bytes_max || error) return fail(Code::malformed, "documents.json");
  std::ifstream in(file, std::ios::binary);
  json list = json::parse(in, nullptr, false);
  if (!list.is_array()) return fail(Code::malformed, "documents.json");
  return list;
}

// One document's entry: a file that is named must be there with its hash.
Status check_document(const json& document, const fs::path& folder, std::vector<std::string>& changed) {
  bool formed = document.is_object() && document.contains("all") && document["all"].is_array();
  if (!formed) return fail(Code::malformed, "documents.json");
  for (const json& version : document["all"]) {
    bool names =
        version.is_object() && version.value("path", json()).is_string() && version.value("sha256", json()).is_string();
    if (!names) return fail(Code::malformed, "documents.json");
    std::string path = version["path"].get<std::string>();
    if (path.empty()) continue;
    fs::path relative = fs::path(path).lexically_normal();
    if (relative.is_absolute() || relative.begin()->string() == "..") return fail(Code::malformed, "path");
    auto hash = hash_of(folder / relative);
    if (!hash || hex(hash->view()) != version["sha256"].get<std::string>()) {
      changed.push_back((folder / relative).string());
    }
  }
  return {};
}

}  // namespace

Status export_documents(Session& session, Output& output, const ChannelId& channel, const fs::path& folder,
                        ExportedDocuments& exported) {
  views::Library library = views::library(session.core(), channel);
  if (library.documents.empty()) return {};
  json list = json::array();
  for (const views::Document& document : library.documents) {
    json entry = json_of(session.core(), channel, library, document);
    entry["all"] = json::array();
    std::size_t number = 0;
    for (const views::Version& version : document.versions) {
      json told = json_of(session.core(), version, ++number);
      fs::path place = place_of(library, document, version, number);
      TRY(auto manifest, views::manifest_of(session.core(), channel, version.id));
      Result<Moved> moved = fail(Code::unreachable);
      if (exported.reachable) moved = fetch_to(session, output, channel, manifest, folder / place);
      if (!moved && moved.error().code == Code::unreachable) exported.reachable = false;
      if (!moved && !concerns_one(moved.error().code)) return std::unexpected(moved.error());
      told["path"] = moved ? place.generic_string() : std::string();
      if (!moved) told["problem"] = std::string(name(moved.error().code));
      (moved ? exported.versions : exported.missing) += 1;
      entry["all"].push_back(told);
    }
    list.push_back(entry);
  }
  return write_json(folder / "documents.json", list);
}

Result<std::vector<std::string>> changed_documents(const fs::path& exported) {
  std::vector<std::string> changed;
  std::error_code error;
  for (const auto& channel : fs::directory_iterator(exported, error)) {
    fs::path file = channel.path() / "documents.json";
    if (!fs::exists(file, error)) continue;
    TRY(json list, read_list(file));
    for (const json& document : list) TRY_OK(check_document(document, channel.path(), changed));
  }
  return changed;
}

}  // namespace encuentro::client::cli
