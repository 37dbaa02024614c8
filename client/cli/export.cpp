#include "client/cli/export.h"

#include "client/cli/copy/channel_files.h"
#include "client/cli/copy/proof.h"
#include "client/cli/documents/transfer.h"
#include "client/cli/show.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

bool concerns_one(Code code) {
  return code == Code::not_found || code == Code::bad_tag || code == Code::malformed || code == Code::unreachable;
}

// What waits to be sent isn't in any log: a file of its own, proven by nothing.
std::string waiting_text(const core::Core& core, const ChannelId& channel) {
  json list = json::array();
  for (const core::Waiting& waiting : core.outbox(channel)) {
    list.push_back({{"id", hex(waiting.id.view())},
                    {"kind", waiting.kind},
                    {"title", waiting.content.title},
                    {"body", waiting.content.body},
                    {"acknowledged", waiting.acknowledged}});
  }
  return list.empty() ? std::string() : list.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

// One copy in the making.
class Writing {
 public:
  Writing(Session& session, Output& output, fs::path folder, bool reachable)
      : session_(session), output_(output), folder_(std::move(folder)), reachable_(reachable) {}

  Result<ExportReport> write() {
    TRY_OK(take_proof());
    for (std::size_t i = 0; i < proof_.logs.size(); ++i) TRY_OK(channel(i));
    TRY_OK(write_file(folder_ / "people.json", as_bytes(people_text(roster_, names_))));
    TRY_OK(write_proof(folder_, proof_));
    TRY_OK(write_file(folder_ / "README.md", as_bytes(output_.words().text("export.readme"))));
    report_.channels = proof_.logs.size();
    return report_;
  }

 private:
  // All of it before anything is fetched: while documents come the roster and the logs go on.
  Status take_proof() {
    const core::Core& core = session_.core();
    proof_.network = core.self().network;
    proof_.fingerprint = core.self().fingerprint;
    proof_.roster_head = core.roster().head().hash;
    proof_.language = output_.words().language();
    proof_.roster_entries = core.roster_entries();
    for (const Bytes& bytes : proof_.roster_entries) {
      TRY(auto entry, roster::RosterEntry::decode(bytes));
      TRY([[maybe_unused]] auto taken, roster_.append(entry));
    }
    for (const MemberId& member : roster_.newest().members()) {
      auto revealed = core.revealed_name(member);
      if (!revealed) continue;
      names_[member] = revealed->first;
      proof_.names[member] = {std::move(revealed->first), revealed->second};
    }
    for (const ChannelId& id : core.channels()) {
      verify::Log log = log_of(core, id);
      if (log.entries.empty()) continue;
      proof_.logs.push_back(std::move(log));
      proof_.channels.push_back({"", core.channel(id)->head.hash});
    }
    return {};
  }

  Status channel(std::size_t place) {
    const ChannelId& id = proof_.logs[place].channel;
    TRY(ChannelAccount account, account_of(roster_, proof_.logs[place]));
    Telling telling = copy_telling(roster_, names_, account);
    ChannelFiles rendered(telling, account, output_.words());
    std::string& name = proof_.channels[place].folder;
    name = folder_name(place + 1, rendered.heading());
    for (const auto& [path, bytes] : rendered.files()) TRY_OK(write_file(folder_ / name / path, bytes));
    TRY_OK(documents(id, folder_ / name, rendered));
    std::string waiting = waiting_text(session_.core(), id);
    if (!waiting.empty()) TRY_OK(write_file(folder_ / name / "waiting.json", as_bytes(waiting)));
    report_.items += account.opened().size();
    return {};
  }

  Status documents(const ChannelId& channel, const fs::path& folder, const ChannelFiles& rendered) {
    std::map<RecordId, std::string> absent;
    for (const VersionFile& version : rendered.versions()) {
      Status fetched = version.erased ? fail(Code::not_found) : fetch(channel, version, folder);
      if (!fetched && !concerns_one(fetched.error().code)) return fetched;
      if (!fetched) absent[version.version] = std::string(name(fetched.error().code));
      (fetched ? report_.versions : report_.missing) += 1;
    }
    std::string list = rendered.documents(absent);
    return list.empty() ? Status{} : write_file(folder / "documents.json", as_bytes(list));
  }

  Status fetch(const ChannelId& channel, const VersionFile& version, const fs::path& folder) {
    if (!reachable_) return fail(Code::unreachable);
    TRY(auto manifest, views::manifest_of(session_.core(), channel, version.version));
    fs::path target = folder / version.path;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error) return fail(Code::storage_failed, "export");
    auto moved = download(session_, output_, channel, manifest, target);
    if (moved) return {};
    reachable_ = moved.error().code != Code::unreachable;
    return std::unexpected(moved.error());
  }

  Session& session_;
  Output& output_;
  fs::path folder_;
  bool reachable_;
  roster::Roster roster_;  // at the head of the proof
  Names names_;
  Proof proof_;
  ExportReport report_;
};

}  // namespace

Result<ExportReport> write_export(Session& session, Output& output, const fs::path& folder, bool reachable) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_empty(folder, error) || error) return fail(Code::already_exists, "export");
  return Writing(session, output, folder, reachable).write();
}

}  // namespace encuentro::client::cli
