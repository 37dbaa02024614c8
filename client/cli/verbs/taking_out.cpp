// verify, export
#include <fstream>

#include "client/cli/documents/export_documents.h"
#include "client/cli/export.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"
#include "client/verify/walk.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

json json_of(const verify::Finding& finding) {
  json object = {
      {"error", std::string(name(finding.error.code))}, {"rule", finding.error.rule}, {"place", finding.place}};
  object["channel"] = finding.channel ? hex(finding.channel->view()) : std::string();
  return object;
}

// The short words people compare, and what was walked; exit 1 if anything was found wrong.
Exit tell(const verify::Report& report, const core::Core* core, Output& output) {
  json channels = json::array();
  std::uint64_t entries = 0;
  for (const auto& channel : report.channels) {
    entries += channel.entries;
    channels.push_back({{"channel", hex(channel.channel.view())},
                        {"entries", channel.entries},
                        {"signatures", channel.signatures},
                        {"commits", channel.commits},
                        {"unknown", channel.unknown},
                        {"head", hex(channel.head.hash.view())}});
  }
  json findings = json::array();
  for (const auto& finding : report.findings) findings.push_back(json_of(finding));
  std::string words = core::words_for(report.roster_head.hash.view(), 4);
  json object = {{"whole", report.whole()},
                 {"fingerprint", hex(report.fingerprint.view())},
                 {"roster_entries", report.roster_entries},
                 {"roster_head", hex(report.roster_head.hash.view())},
                 {"roster_words", words},
                 {"channels", channels},
                 {"findings", findings}};
  std::string text = output.words().text("verify.walked", {{"roster", std::to_string(report.roster_entries)},
                                                           {"channels", std::to_string(report.channels.size())},
                                                           {"entries", std::to_string(entries)},
                                                           {"words", words}});
  for (const auto& finding : report.findings) {
    std::string where = finding.channel
                            ? (core != nullptr ? core->title(*finding.channel) : hex(finding.channel->view()))
                            : output.words().text("verify.roster");
    text += "\n" + where + " " + std::to_string(finding.place) + ": " + output.words().error_text(finding.error);
  }
  output.line(object, text);
  output.say(report.whole() ? "verify.whole" : "verify.broken");
  return report.whole() ? Exit::done : Exit::failed;
}

Exit verify_profile(const Globals& globals, Output& output) {
  Exit exit = Exit::failed;
  Exit opened = with_session(globals, output, true, [&](Session& session) -> Status {
    const core::Core& core = session.core();
    std::vector<verify::Log> logs;
    for (const ChannelId& id : core.channels()) logs.push_back({id, core.log_entries(id)});
    exit = tell(verify::walk(core.self().fingerprint, core.roster_entries(), logs), &core, output);
    return {};
  });
  return opened == Exit::done ? exit : opened;
}

Exit verify_export(const std::string& folder, Output& output) {
  auto exported = read_export(folder);
  if (!exported) return output.error(exported.error()), Exit::failed;
  auto changed = changed_documents(folder);
  if (!changed) return output.error(changed.error()), Exit::failed;
  Exit walked = tell(verify::walk(exported->fingerprint, exported->roster_entries, exported->logs), nullptr, output);
  for (const std::string& file : *changed) output.error({Code::bad_tag, "document"}, {}, json{{"file", file}});
  return changed->empty() ? walked : Exit::failed;
}

}  // namespace

void add_taking_out_verbs(CLI::App& app, Chosen& chosen) {
  auto folder = std::make_shared<std::string>();
  CLI::App* verify = app.add_subcommand("verify", "walk the roster and every log, or an export, offline");
  verify->add_option("DIR", *folder, "an export");
  verify->callback([folder, &chosen] {
    chosen.action = [folder](const Globals& globals, Output& output) {
      return folder->empty() ? verify_profile(globals, output) : verify_export(*folder, output);
    };
  });
  auto to = std::make_shared<std::string>();
  CLI::App* take_out = app.add_subcommand("export", "everything you can read, as files in plain formats");
  take_out->add_option("DIR", *to, "a new or empty folder")->required();
  take_out->callback([to, &chosen] {
    chosen.action = [to](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(ExportReport report, write_export(session.core(), *to, output.words()));
        ExportedDocuments documents;
        documents.reachable = !globals.offline;
        for (const auto& [channel, place] : report.folders) {
          TRY_OK(export_documents(session, output, channel, place, documents));
        }
        output.line({{"folder", *to},
                     {"channels", report.channels},
                     {"items", report.items},
                     {"versions", documents.versions},
                     {"missing", documents.missing}},
                    *to);
        output.say("export.done", {{"folder", *to}, {"n", std::to_string(report.items)}});
        return {};
      });
    };
  });
}

}  // namespace encuentro::client::cli
