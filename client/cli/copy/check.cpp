#include "client/cli/copy/check.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "client/cli/copy/channel_files.h"
#include "client/cli/documents/file.h"
#include "client/cli/show.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t file_bytes_max = std::size_t{1} * limits::GiB;

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

Result<std::string> read_file(const fs::path& path) {
  std::error_code error;
  auto bytes = fs::file_size(path, error);
  if (error) return fail(Code::not_found, "file");
  if (bytes > file_bytes_max) return fail(Code::too_large, "file", file_bytes_max, bytes);
  std::string text(bytes, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(bytes));
  if (!in) return fail(Code::storage_failed, "file");
  return text;
}

// The versions of which a documents.json says that their bytes couldn't be had, and why.
std::map<RecordId, std::string> said_absent(const fs::path& file) {
  std::map<RecordId, std::string> absent;
  auto text = read_file(file);
  json list = text ? json::parse(*text, nullptr, false) : json();
  if (!list.is_array()) return absent;
  for (const json& document : list) {
    json versions = document.is_object() ? document.value("all", json()) : json();
    if (!versions.is_array()) continue;
    for (const json& version : versions) {
      Bytes id;
      bool named = version.is_object() && version.value("id", json()).is_string() &&
                   from_hex(version["id"].get<std::string>(), id) && id.size() == RecordId::bytes;
      json problem = named ? version.value("problem", json()) : json();
      if (problem.is_string() && code_named(problem.get<std::string>()) != Code::none) {
        absent[RecordId(id)] = problem.get<std::string>();
      }
    }
  }
  return absent;
}

class Check {
 public:
  Check(const fs::path& folder, const Proof& proof, const verify::Report& report)
      : folder_(folder), proof_(proof), walked_(report), words_(proof.language) {}

  Result<CopyReport> run() {
    if (walked_.roster.empty()) return std::move(report_);
    check_heads();
    check_names();
    compare("proof/names.json", names_text(proof_.names));
    compare("people.json", people_text(walked_.roster, names_));
    compare("README.md", words_.text("export.readme"));
    for (std::size_t i = 0; i < proof_.logs.size(); ++i) TRY_OK(check_channel(i));
    expected_.insert({"proof/manifest.json", "proof/roster.bin"});
    TRY_OK(find_added());
    return std::move(report_);
  }

 private:
  void found(const std::string& file, Difference difference) { report_.deviations.push_back({file, difference}); }

  void check_heads() {
    if (proof_.roster_head != walked_.roster_head.hash) found("proof/roster.bin", {"", 0, Code::gap});
    for (std::size_t i = 0; i < walked_.channels.size(); ++i) {
      std::string id = hex(walked_.channels[i].channel.view());
      if (proof_.channels[i].head != walked_.channels[i].head.hash) found("proof/" + id + ".bin", {id, 0, Code::gap});
    }
  }

  void check_names() {
    for (const auto& [member, revealed] : proof_.names) {
      auto known = walked_.roster.newest().member(member);
      bool sealed = known && known->name != nullptr && core::commits_to(*known->name, revealed);
      if (!sealed) found("proof/names.json", {hex(member.view()), 0, Code::bad_signature});
      names_[member] = revealed.name;
    }
  }

  // Only words that the walk found signed by their author.
  verify::Log proven_log(const verify::Log& log) const {
    std::set<Seq> proven;
    for (const verify::Proven& one : walked_.proven) {
      if (one.channel == log.channel) proven.insert(one.seq);
    }
    verify::Log kept = log;
    std::erase_if(kept.words, [&](const verify::SignedPlace& place) { return !proven.contains(place.seq); });
    return kept;
  }

  Status check_channel(std::size_t place) {
    const verify::Log& log = proof_.logs[place];
    std::string id = hex(log.channel.view());
    expected_.insert({"proof/" + id + ".bin", "proof/" + id + ".words.bin"});
    TRY(ChannelAccount account, account_of(walked_.roster, proven_log(log)));
    Telling telling = copy_telling(walked_.roster, names_, account);
    ChannelFiles rendered(telling, account, words_);
    std::string name = folder_name(place + 1, rendered.heading());
    if (proof_.channels[place].folder != name) found("proof/manifest.json", {id, 0, Code::bad_signature});
    std::error_code error;
    if (!fs::is_directory(folder_ / name, error)) {
      found(name, {id, 0, Code::gap});
      return {};
    }
    for (const auto& [path, bytes] : rendered.files()) compare(name + "/" + path, as_text(bytes));
    check_documents(name, rendered);
    std::string waiting = name + "/waiting.json";
    if (fs::is_regular_file(folder_ / waiting, error)) {
      expected_.insert(waiting);
      report_.waiting.push_back(waiting);
    }
    return {};
  }

  void check_documents(const std::string& name, const ChannelFiles& rendered) {
    std::string list = name + "/documents.json";
    auto absent = said_absent(folder_ / list);
    std::string text = rendered.documents(absent);
    if (!text.empty()) compare(list, text);
    for (const VersionFile& version : rendered.versions()) {
      std::string id = hex(version.version.view());
      if (absent.contains(version.version)) {
        report_.absent.push_back(list + ": " + id);
        continue;
      }
      std::string file = name + "/" + version.path;
      expected_.insert(file);
      auto hash = hash_of(folder_ / file);
      if (!hash || *hash != version.content) {
        found(file, {id, 0, hash || hash.error().code != Code::not_found ? Code::bad_tag : Code::gap});
      }
    }
  }

  void compare(const std::string& file, std::string_view expected) {
    expected_.insert(file);
    auto text = read_file(folder_ / file);
    if (!text) return found(file, {"", 0, text.error().code == Code::not_found ? Code::gap : text.error().code});
    bool lists = file.ends_with(".json");
    for (Difference& one : lists ? compare_json(expected, *text) : compare_text(expected, *text)) found(file, one);
  }

  // What no proof speaks of: a file somebody put there.
  Status find_added() {
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder_, error), end; at != end; at.increment(error)) {
      if (error) return fail(Code::storage_failed, "copy");
      if (at->is_directory(error) && !at->is_symlink(error)) continue;
      std::string file = at->path().lexically_relative(folder_).generic_string();
      if (at->is_symlink(error) || !expected_.contains(file)) found(file, {"", 0, Code::bad_signature});
    }
    return error ? fail(Code::storage_failed, "copy") : Status{};
  }

  const fs::path& folder_;
  const Proof& proof_;
  const verify::Report& walked_;
  Catalogue words_;
  Names names_;
  std::set<std::string> expected_;
  CopyReport report_;
};

}  // namespace

Result<CopyReport> check_copy(const fs::path& folder, const Proof& proof, const verify::Report& report) {
  return Check(folder, proof, report).run();
}

}  // namespace encuentro::client::cli
