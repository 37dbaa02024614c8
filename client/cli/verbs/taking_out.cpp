// verify, export
#include <fstream>

#include "client/cli/clock.h"
#include "client/cli/copy/account.h"
#include "client/cli/copy/check.h"
#include "client/cli/evidence.h"
#include "client/cli/export.h"
#include "client/cli/printing.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"

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
Exit tell(const verify::Report& report, const core::Core* core, bool as_written, Output& output,
          const json& more = json::object()) {
  json channels = json::array();
  std::uint64_t entries = 0, records = 0, proven = 0;
  for (const auto& channel : report.channels) {
    entries += channel.entries;
    records += channel.records;
    proven += channel.proven;
    channels.push_back({{"channel", hex(channel.channel.view())},
                        {"entries", channel.entries},
                        {"signatures", channel.signatures},
                        {"commits", channel.commits},
                        {"unknown", channel.unknown},
                        {"records", channel.records},
                        {"proven", channel.proven},
                        {"head", hex(channel.head.hash.view())}});
  }
  std::size_t unreadable = 0;
  for (const auto& channel : report.channels) unreadable += core == nullptr ? 0 : core->unreadable(channel.channel);
  json findings = json::array();
  for (const auto& finding : report.findings) findings.push_back(json_of(finding));
  std::string words = core::words_for(report.roster_head.hash.view(), 4);
  json object = {{"whole", report.whole() && as_written},
                 {"fingerprint", hex(report.fingerprint.view())},
                 {"roster_entries", report.roster_entries},
                 {"roster_head", hex(report.roster_head.hash.view())},
                 {"roster_words", words},
                 {"channels", channels},
                 {"records", records},
                 {"proven", proven},
                 {"findings", findings}};
  object.update(more);
  if (core != nullptr) object["unreadable"] = unreadable;
  std::string text = output.words().text("verify.walked", {{"roster", std::to_string(report.roster_entries)},
                                                           {"channels", std::to_string(report.channels.size())},
                                                           {"entries", std::to_string(entries)},
                                                           {"records", std::to_string(records)},
                                                           {"proven", std::to_string(proven)},
                                                           {"words", words}});
  if (unreadable > 0) text += "\n" + output.words().text("channel.unreadable", {{"n", std::to_string(unreadable)}});
  for (const auto& finding : report.findings) {
    std::string where = finding.channel
                            ? (core != nullptr ? core->title(*finding.channel) : hex(finding.channel->view()))
                            : output.words().text("verify.roster");
    text += "\n" + where + " " + std::to_string(finding.place) + ": " + output.words().error_text(finding.error);
  }
  output.line(object, text);
  bool whole = report.whole() && as_written;
  if (!report.findings.empty()) output.error(report.findings.front().error, {}, findings.front());
  output.say(whole ? "verify.whole" : "verify.broken");
  return whole ? Exit::done : Exit::failed;
}

Exit verify_profile(const Globals& globals, Output& output) {
  Exit exit = Exit::failed;
  Exit opened = with_session(globals, output, true, [&](Session& session) -> Status {
    const core::Core& core = session.core();
    std::vector<verify::Log> logs;
    for (const ChannelId& id : core.channels()) logs.push_back(log_of(core, id));
    exit = tell(verify::walk(core.self().fingerprint, core.roster_entries(), logs), &core, true, output);
    return in_order(core);
  });
  return opened == Exit::done ? exit : opened;
}

// The proof is walked, then what people read is held against it.
Exit verify_export(const std::string& folder, Output& output) {
  auto proof = read_proof(folder);
  if (!proof) return output.error(proof.error()), Exit::failed;
  verify::Report report = verify::walk(proof->fingerprint, proof->roster_entries, proof->logs);
  auto copy = check_copy(folder, *proof, report);
  if (!copy) return output.error(copy.error()), Exit::failed;
  json files = {{"absent", copy->absent}, {"waiting", copy->waiting}};
  Exit walked = tell(report, nullptr, copy->deviations.empty(), output, files);
  for (const Deviation& found : copy->deviations) {
    const Difference& difference = found.difference;
    json where = {{"file", found.file}, {"id", difference.id}, {"line", difference.line}};
    output.error({difference.code, "export"}, {}, where);
    std::string place = difference.line > 0 ? std::to_string(difference.line) : difference.id.substr(0, 8);
    output.say("verify.deviates", {{"file", found.file}, {"id", place}});
  }
  for (const std::string& file : copy->absent) output.say("verify.absent", {{"file", file}});
  for (const std::string& file : copy->waiting) output.say("verify.unproven", {{"file", file}});
  return walked;
}

Exit verify_evidence(const std::string& file, const Globals& globals, Output& output) {
  std::ifstream in(file, std::ios::binary);
  Bytes bytes((std::istreambuf_iterator<char>(in)), {});
  Exit exit = Exit::failed;
  auto tell = [&](const core::Core* own) -> Status {
    TRY(bool shows, tell_evidence(bytes, own, output));
    exit = shows ? Exit::done : Exit::failed;
    return {};
  };
  if (std::filesystem::exists(globals.home / "store")) {
    Exit opened = with_session(globals, output, false, [&](Session& session) { return tell(&session.core()); });
    return opened == Exit::done ? exit : opened;
  }
  if (auto told = tell(nullptr); !told) return output.error(told.error()), Exit::failed;
  return exit;
}

struct ExportOptions {
  std::string to, paper, version;
};

// A document or, by its title or id, a channel.
Status print(const ExportOptions& options, Session& session, const Globals& globals, Output& output) {
  if (std::filesystem::exists(options.to)) return fail(Code::already_exists, "file");
  auto document = document_named(session.core(), options.paper);
  if (document) {
    TRY(views::Version version, options.version.empty() ? current_version(document->document)
                                                        : version_named(document->document, options.version));
    TRY_OK(print_version(session, output, *document, version, options.to, globals.home));
  } else {
    TRY(ChannelId channel, open_channel_named(session.core(), options.paper));
    TRY_OK(print_conversation(session, output, channel, options.to, globals.home));
  }
  output.line({{"file", options.to}}, options.to);
  return {};
}

Status take_all(const ExportOptions& options, Session& session, const Globals& globals, Output& output) {
  TRY(ExportReport report, write_export(session, output, options.to, !globals.offline));
  output.line({{"folder", options.to},
               {"channels", report.channels},
               {"items", report.items},
               {"versions", report.versions},
               {"missing", report.missing}},
              options.to);
  output.say("export.done", {{"folder", options.to}, {"n", std::to_string(report.items)}});
  return in_order(session.core());
}

}  // namespace

void add_taking_out_verbs(CLI::App& app, Chosen& chosen) {
  auto place = std::make_shared<std::string>();
  CLI::App* verify = app.add_subcommand("verify");
  verify->add_option("DIR", *place);
  verify->callback([place, &chosen] {
    chosen.action = [place](const Globals& globals, Output& output) {
      if (place->empty()) return verify_profile(globals, output);
      bool file = std::filesystem::is_regular_file(*place);
      return file ? verify_evidence(*place, globals, output) : verify_export(*place, output);
    };
  });
  auto options = std::make_shared<ExportOptions>();
  CLI::App* take_out = app.add_subcommand("export");
  take_out->add_option("DIR", options->to)->required();
  CLI::Option* paper = take_out->add_option("--pdf", options->paper);
  take_out->add_option("--version", options->version)->needs(paper);
  take_out->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) {
        return options->paper.empty() ? take_all(*options, session, globals, output)
                                      : print(*options, session, globals, output);
      });
    };
  });
}

}  // namespace encuentro::client::cli
