// report
#include <iostream>

#include "client/cli/paper.h"
#include "client/cli/report.h"
#include "client/cli/show.h"
#include "client/cli/standing.h"
#include "client/cli/verb.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

struct ReportOptions {
  std::string year, form = "md", out;
};

PaperForm form_of(const std::string& word) {
  return word == "pdf" ? PaperForm::pdf : word == "docx" ? PaperForm::docx : PaperForm::markdown;
}

bool secretariat(const core::Core& core) {
  auto member = core.roster().newest().member(core.self().member);
  return member && member->grant.role == roster::Role::secretariat;
}

Status draw_up(const ReportOptions& options, Session& session, const Globals& globals, Output& output) {
  const core::Core& core = session.core();
  AnnualReport report = annual_report(core, options.year, output.words());
  PaperForm form = form_of(options.form);
  bool to_screen = options.out.empty() && form == PaperForm::markdown;
  std::string out = options.out.empty() ? options.year + "." + options.form : options.out;
  if (!to_screen) {
    TRY_OK(put_on_paper(report.markdown, report.title, code_of(globals.language), form, out, globals.home));
  }
  json object = {{"year", options.year},
                 {"initiatives", report.initiatives},
                 {"countries", report.countries},
                 {"meetings", report.meetings}};
  to_screen ? object["markdown"] = report.markdown : object["file"] = out;
  if (secretariat(core)) {
    object["left_out"] = json::array();
    for (const FoundInitiative& found : report.left_out) object["left_out"].push_back(json_of(core, found));
  }
  output.line(object, to_screen ? report.markdown : out);
  if (!secretariat(core) || report.left_out.empty()) return in_order(core);
  output.say("report.left_out", {{"n", std::to_string(report.left_out.size())}});
  if (output.json()) return in_order(core);
  for (const FoundInitiative& found : report.left_out) {
    std::cerr << printable("  " + text_of(core, found, output.words())) << '\n';
  }
  return in_order(core);
}

}  // namespace

void add_report_verbs(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* verb = app.add_subcommand("report");
  verb->add_option("YEAR", options->year)->required()->check([](const std::string& text) {
    return text.size() == 4 && content::is_date(text) ? std::string() : std::string("2026");
  });
  verb->add_option("--format", options->form)->check(CLI::IsMember({"md", "pdf", "docx"}));
  verb->add_option("-o,--out", options->out);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true,
                          [&](Session& session) { return draw_up(*options, session, globals, output); });
    };
  });
}

}  // namespace encuentro::client::cli
