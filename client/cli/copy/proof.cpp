#include "client/cli/copy/proof.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "client/verify/proof_file.h"
#include "protocol/base/limits.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t proof_file_bytes_max = 4 * limits::GiB;
constexpr std::size_t list_bytes_max = 64 * limits::MiB;

std::string file_of(const ChannelId& channel) { return to_hex(channel.view()); }

Result<Bytes> read_file(const fs::path& file) {
  std::error_code error;
  auto size = fs::file_size(file, error);
  if (error) return fail(Code::not_found, "proof");
  if (size > proof_file_bytes_max) return fail(Code::too_large, "proof", proof_file_bytes_max, size);
  Bytes bytes(size);
  std::ifstream(file, std::ios::binary).read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  return bytes;
}

Result<std::vector<Bytes>> read_entries(const fs::path& file, std::size_t entry_bytes_max) {
  TRY(Bytes bytes, read_file(file));
  return verify::split_framed(bytes, entry_bytes_max);
}

Result<std::vector<verify::SignedPlace>> read_words(const fs::path& file) {
  TRY(Bytes bytes, read_file(file));
  return verify::split_words(bytes);
}

Result<json> read_json(const fs::path& file) {
  std::error_code error;
  auto size = fs::file_size(file, error);
  if (error) return fail(Code::not_found, "proof");
  if (size > list_bytes_max) return fail(Code::too_large, "proof", list_bytes_max, size);
  std::ifstream in(file, std::ios::binary);
  json value = json::parse(in, nullptr, false);
  if (value.is_discarded()) return fail(Code::malformed, "proof");
  return value;
}

Result<std::string> word(const json& object, const char* key) {
  if (!object.is_object() || !object.contains(key) || !object[key].is_string()) return fail(Code::malformed, key);
  return object[key].get<std::string>();
}

template <class IdType>
Result<IdType> id(const json& object, const char* key) {
  TRY(std::string text, word(object, key));
  Bytes bytes;
  if (!from_hex(text, bytes) || bytes.size() != IdType::bytes) return fail(Code::malformed, key);
  return IdType(bytes);
}

// The manifest says how many there are: a file cut at an entry's end is noticed.
Status counted(const json& object, const char* key, std::size_t count) {
  bool same = object.contains(key) && object[key].is_number_unsigned() && object[key] == count;
  return same ? Status{} : fail(Code::gap, "proof", 0, count);
}

Result<std::map<MemberId, core::RevealedName>> read_names(const fs::path& file) {
  TRY(json list, read_json(file));
  if (!list.is_array()) return fail(Code::malformed, "names.json");
  std::map<MemberId, core::RevealedName> names;
  for (const json& one : list) {
    TRY(auto member, id<MemberId>(one, "member"));
    core::RevealedName revealed;
    TRY(revealed.name.name, word(one, "name"));
    TRY(revealed.name.institution, word(one, "institution"));
    TRY(revealed.name.email, word(one, "email"));
    TRY(revealed.salt, id<Salt>(one, "salt"));
    names[member] = std::move(revealed);
  }
  return names;
}

Status read_channel(const fs::path& folder, const json& listed, Proof& proof) {
  verify::Log log;
  TRY(log.channel, id<ChannelId>(listed, "channel"));
  TRY(log.entries, read_entries(folder / (file_of(log.channel) + ".bin"), limits::entry_bytes_max));
  TRY(log.words, read_words(folder / (file_of(log.channel) + ".words.bin")));
  TRY_OK(counted(listed, "entries", log.entries.size()));
  TRY_OK(counted(listed, "words", log.words.size()));
  ProvenChannel channel;
  TRY(channel.folder, word(listed, "folder"));
  TRY(channel.head, id<Hash32>(listed, "head"));
  proof.logs.push_back(std::move(log));
  proof.channels.push_back(std::move(channel));
  return {};
}

}  // namespace

std::string names_text(const std::map<MemberId, core::RevealedName>& names) {
  json list = json::array();
  for (const auto& [member, revealed] : names) {
    list.push_back({{"member", to_hex(member.view())},
                    {"name", revealed.name.name},
                    {"institution", revealed.name.institution},
                    {"email", revealed.name.email},
                    {"salt", to_hex(revealed.salt.view())}});
  }
  return list.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

Status write_file(const fs::path& file, BytesView bytes) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return out ? Status{} : fail(Code::storage_failed, "export");
}

Status write_proof(const fs::path& folder, const Proof& proof) {
  fs::path to = folder / "proof";
  TRY_OK(write_file(to / "roster.bin", verify::framed(proof.roster_entries)));
  TRY_OK(write_file(to / "names.json", as_bytes(names_text(proof.names))));
  json listed = json::array();
  for (std::size_t i = 0; i < proof.logs.size(); ++i) {
    const verify::Log& log = proof.logs[i];
    TRY_OK(write_file(to / (file_of(log.channel) + ".bin"), verify::framed(log.entries)));
    TRY_OK(write_file(to / (file_of(log.channel) + ".words.bin"), verify::framed_words(log.words)));
    listed.push_back({{"channel", to_hex(log.channel.view())},
                      {"folder", proof.channels[i].folder},
                      {"entries", log.entries.size()},
                      {"words", log.words.size()},
                      {"head", to_hex(proof.channels[i].head.view())}});
  }
  json manifest = {{"format", copy_format},
                   {"network", to_hex(proof.network.view())},
                   {"fingerprint", to_hex(proof.fingerprint.view())},
                   {"language", std::string(code_of(proof.language))},
                   {"roster_head", to_hex(proof.roster_head.view())},
                   {"channels", listed}};
  std::string text = manifest.dump(1, ' ', false, json::error_handler_t::replace);
  return write_file(to / "manifest.json", as_bytes(text));
}

Result<Proof> read_proof(const fs::path& folder) {
  fs::path from = folder / "proof";
  TRY(json manifest, read_json(from / "manifest.json"));
  bool formed = manifest.is_object() && manifest.value("format", json()).is_number_unsigned() &&
                manifest.value("channels", json()).is_array();
  if (!formed) return fail(Code::malformed, "proof/manifest.json");
  if (manifest["format"] != copy_format) {
    return fail(Code::unknown_version, "copy", copy_format, manifest["format"].get<std::uint64_t>());
  }
  Proof proof;
  TRY(proof.network, id<NetworkId>(manifest, "network"));
  TRY(proof.fingerprint, id<Hash32>(manifest, "fingerprint"));
  TRY(proof.roster_head, id<Hash32>(manifest, "roster_head"));
  TRY(std::string language, word(manifest, "language"));
  proof.language = language_named(language);
  TRY(proof.roster_entries, read_entries(from / "roster.bin", limits::roster_entry_bytes_max));
  TRY(proof.names, read_names(from / "names.json"));
  for (const json& listed : manifest["channels"]) TRY_OK(read_channel(from, listed, proof));
  return proof;
}

}  // namespace encuentro::client::cli
