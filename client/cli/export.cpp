#include "client/cli/export.h"

#include <fstream>

#include "client/cli/calendar_files.h"
#include "client/cli/initiative_show.h"
#include "client/cli/meeting_show.h"
#include "protocol/base/limits.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t proof_file_bytes_max = 4 * limits::GiB;
constexpr std::size_t words_bytes_max = limits::entry_bytes_max + sizeof(std::uint64_t);

Status write_file(const fs::path& file, BytesView bytes) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return fail(Code::storage_failed, "export");
  return {};
}

// A name that any file system takes: letters, digits and a few signs; never a path of its own.
std::string file_name(std::string_view text) {
  std::string name;
  for (char c : text.substr(0, 80)) {
    auto byte = static_cast<unsigned char>(c);
    bool bad = byte < 0x20 || byte == 0x7f || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    name.push_back(bad ? '_' : c);
  }
  while (!content::is_utf8(as_bytes(name))) name.pop_back();
  while (!name.empty() && (name.front() == '.' || name.front() == ' ')) name.erase(0, 1);
  return name.empty() ? "_" : name;
}

Bytes framed(const std::vector<Bytes>& entries) {
  codec::Writer w;
  for (const Bytes& entry : entries) {
    w.u32(static_cast<std::uint32_t>(entry.size()));
    w.raw(entry);
  }
  return w.take();
}

Result<std::vector<Bytes>> read_framed(const fs::path& file, std::size_t entry_bytes_max) {
  std::error_code error;
  auto size = fs::file_size(file, error);
  if (error) return fail(Code::not_found, "proof");
  if (size > proof_file_bytes_max) return fail(Code::too_large, "proof", proof_file_bytes_max, size);
  Bytes bytes(size);
  std::ifstream(file, std::ios::binary).read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  codec::Reader r(bytes);
  std::vector<Bytes> entries;
  while (!r.at_end()) {
    TRY(std::uint32_t length, r.u32());
    if (length > entry_bytes_max) return fail(Code::too_large, "proof", entry_bytes_max, length);
    TRY(BytesView entry, r.raw(length));
    entries.push_back(to_bytes(entry));
  }
  return entries;
}

// What authors signed, each behind its place as uint64.
std::vector<Bytes> words_of(const core::Core& core, const ChannelId& id) {
  std::vector<Bytes> words;
  for (const core::SignedRecord& record : core.signed_records(id)) {
    codec::Writer w;
    w.u64(record.seq.value);
    w.raw(record.plaintext);
    words.push_back(w.take());
  }
  return words;
}

Result<std::vector<verify::SignedPlace>> read_words(const fs::path& file, const json& count) {
  std::vector<verify::SignedPlace> words;
  if (!count.is_number_unsigned()) return fail(Code::malformed, "words");
  TRY(auto framed, read_framed(file, words_bytes_max));
  if (count != framed.size()) return fail(Code::gap, "words", 0, framed.size());
  for (const Bytes& bytes : framed) {
    codec::Reader r(bytes);
    TRY(std::uint64_t seq, r.u64());
    words.push_back({Seq{seq}, to_bytes(BytesView(bytes).subspan(sizeof seq))});
  }
  return words;
}

std::string heading(const core::Core& core, const ChannelId& id, const core::ChannelLook& look,
                    const Catalogue& words) {
  if (look.policy.kind != policy::ChannelKind::board) return core.title(id);
  return words.text(look.policy.is_general_board() ? "board.general" : "board.focal_points");
}

Status write_attachments(const fs::path& folder, const views::Item& item) {
  for (const content::Attachment& attachment : item.attachments) {
    if (attachment.document) continue;
    std::string name = hex(item.id.view()).substr(0, 8) + "-" + file_name(attachment.name);
    TRY_OK(write_file(folder / "attachments" / name, attachment.inline_bytes));
  }
  return {};
}

// Initiatives and meetings, to read and for programs.
Status write_archive(const core::Core& core, const ChannelId& id, const fs::path& folder, const Catalogue& words) {
  json initiatives = json::array(), meetings = json::array();
  std::string text;
  for (auto& entry : views::initiatives(core, id)) {
    FoundInitiative found{id, std::move(entry)};
    initiatives.push_back(json_of(core, found));
    text += text_of(core, found, words) + "\n";
    const std::string& written = found.entry.words().text;
    text += written.empty() ? "\n" : "\n" + written + "\n\n";
  }
  for (auto& entry : views::meetings(core, id)) {
    FoundMeeting found{id, std::move(entry)};
    meetings.push_back(json_of(core, found));
    text += "---\n\n" + text_of(core, found, words) + "\n\n";
  }
  if (text.empty()) return {};
  json archive = {{"initiatives", initiatives}, {"meetings", meetings}};
  TRY_OK(write_file(folder / "archive.json", as_bytes(archive.dump(1, ' ', false, json::error_handler_t::replace))));
  return write_file(folder / "archive.md", as_bytes(text));
}

Result<std::size_t> write_channel(const core::Core& core, const ChannelId& id, const core::ChannelLook& look,
                                  const fs::path& folder, const Catalogue& words) {
  std::string title = heading(core, id, look, words);
  std::string text = "# " + title + "\n";
  json items = json::array();
  auto conversation = views::conversation(core, id);
  for (const views::Item& item : conversation) {
    items.push_back(json_of(core, id, item));
    text += "\n---\n\n" + (item.title.empty() ? "" : "## " + item.title + "\n\n") + text_of(core, item, words) + "\n";
    TRY_OK(write_attachments(folder, item));
  }
  TRY_OK(write_file(folder / "conversation.md", as_bytes(text)));
  if (auto events = opened_events(core, id); !events.empty()) {
    TRY_OK(write_file(folder / "calendar.ics", as_bytes(calendar_text(events, title))));
    json calendar = json::array();
    for (const OpenedEvent& event : events) {
      calendar.push_back(json_of(core, event, nullptr, {calendar::Zone::utc(), {}}));
      calendar.back()["history"] = history_json(core, event);
    }
    TRY_OK(
        write_file(folder / "calendar.json", as_bytes(calendar.dump(1, ' ', false, json::error_handler_t::replace))));
  }
  TRY_OK(write_archive(core, id, folder, words));
  std::string dumped = json{{"id", hex(id.view())}, {"title", title}, {"items", items}}.dump(
      1, ' ', false, json::error_handler_t::replace);
  TRY_OK(write_file(folder / "items.json", as_bytes(dumped)));
  return conversation.size();
}

Status write_proof(const core::Core& core, const fs::path& folder, const std::vector<ChannelId>& channels) {
  TRY_OK(write_file(folder / "roster.bin", framed(core.roster_entries())));
  json listed = json::array();
  for (const ChannelId& id : channels) {
    auto entries = core.log_entries(id);
    TRY_OK(write_file(folder / (hex(id.view()) + ".bin"), framed(entries)));
    auto words = words_of(core, id);
    TRY_OK(write_file(folder / (hex(id.view()) + ".words.bin"), framed(words)));
    listed.push_back({{"channel", hex(id.view())},
                      {"entries", entries.size()},
                      {"words", words.size()},
                      {"head", hex(core.channel(id)->head.hash.view())}});
  }
  json manifest = {{"format", 1},
                   {"network", hex(core.self().network.view())},
                   {"fingerprint", hex(core.self().fingerprint.view())},
                   {"roster_head", hex(core.roster().head().hash.view())},
                   {"channels", listed}};
  return write_file(folder / "manifest.json", as_bytes(manifest.dump(1)));
}

}  // namespace

Result<ExportReport> write_export(const core::Core& core, const fs::path& folder, const Catalogue& words) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_empty(folder, error) || error) return fail(Code::already_exists, "export");
  ExportReport report;
  std::vector<ChannelId> channels;
  for (const ChannelId& id : core.channels()) {
    auto look = core.channel(id);
    if (!look || core.log_entries(id).empty()) continue;
    channels.push_back(id);
    std::string number = std::to_string(channels.size());
    std::string name = (number.size() < 2 ? "0" : "") + number + "-" + file_name(heading(core, id, *look, words));
    TRY(std::size_t items, write_channel(core, id, *look, folder / name, words));
    report.items += items;
    report.folders.emplace_back(id, folder / name);
  }
  report.channels = channels.size();
  json people = json::array();
  for (const auto& person : views::everybody(core)) people.push_back(json_of(person));
  TRY_OK(write_file(folder / "people.json", as_bytes(people.dump(1, ' ', false, json::error_handler_t::replace))));
  TRY_OK(write_proof(core, folder / "proof", channels));
  TRY_OK(write_file(folder / "README.md", as_bytes(words.text("export.readme"))));
  return report;
}

Result<ExportedProof> read_export(const fs::path& folder) {
  fs::path proof = folder / "proof";
  std::ifstream in(proof / "manifest.json");
  if (!in) return fail(Code::not_found, "proof/manifest.json");
  json manifest = json::parse(in, nullptr, false);
  if (!manifest.is_object() || !manifest["fingerprint"].is_string() || !manifest["channels"].is_array()) {
    return fail(Code::malformed, "proof/manifest.json");
  }
  ExportedProof exported;
  Bytes fingerprint;
  if (!from_hex(manifest["fingerprint"].get<std::string>(), fingerprint) || fingerprint.size() != Hash32::bytes) {
    return fail(Code::malformed, "fingerprint");
  }
  exported.fingerprint = Hash32(fingerprint);
  TRY(exported.roster_entries, read_framed(proof / "roster.bin", limits::roster_entry_bytes_max));
  for (const json& listed : manifest["channels"]) {
    Bytes id;
    bool named =
        listed.is_object() && listed["channel"].is_string() && from_hex(listed["channel"].get<std::string>(), id);
    if (!named || id.size() != ChannelId::bytes) return fail(Code::malformed, "channels");
    TRY(auto entries, read_framed(proof / (to_hex(id) + ".bin"), limits::entry_bytes_max));
    // The manifest says how many there are: a file cut at an entry's end is noticed.
    if (!listed["entries"].is_number_unsigned() || listed["entries"] != entries.size()) {
      return fail(Code::gap, "proof", 0, entries.size());
    }
    TRY(auto words, read_words(proof / (to_hex(id) + ".words.bin"), listed.value("words", json())));
    exported.logs.push_back({ChannelId(id), std::move(entries), std::move(words)});
  }
  return exported;
}

}  // namespace encuentro::client::cli
