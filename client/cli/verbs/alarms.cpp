// alarms
#include "client/cli/clock.h"
#include "client/cli/evidence.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

struct AlarmOptions {
  std::vector<std::uint32_t> aside;
  bool all = false;
};

void show_alarm(const core::Core& core, const core::KeptAlarm& kept, const Globals& globals, Output& output) {
  const core::Alarm& alarm = kept.alarm;
  auto file = keep_evidence(globals.home, alarm, evidence_of(alarm, core)).string();
  std::string title = alarm.channel ? core.title(*alarm.channel) : "";
  json object = {{"number", kept.number},
                 {"time", rfc3339(alarm.time)},
                 {"alarm", std::string(name(alarm.code))},
                 {"rule", alarm.rule},
                 {"message", output.words().error_text(Error{alarm.code})},
                 {"title", title},
                 {"seq", alarm.seq.value},
                 {"evidence", file},
                 {"stands", !kept.put_aside}};
  object["channel"] = alarm.channel ? hex(alarm.channel->view()) : std::string();
  object["device"] = alarm.device ? hex(alarm.device->view()) : std::string();
  std::string text = std::to_string(kept.number) + "  " + local_time(alarm.time) + "  ";
  if (alarm.channel) text += (title.empty() ? hex(alarm.channel->view()).substr(0, 8) : title) + "  · ";
  text += output.words().error_text(Error{alarm.code});
  if (alarm.device) {
    auto device = core.roster().newest().device(*alarm.device);
    auto who = device ? core.name_of(device->member) : std::nullopt;
    text += " (" + (who ? who->name : hex(alarm.device->view()).substr(0, 8)) + ")";
  }
  if (kept.put_aside) text += "  · " + output.words().text("alarm.put_aside");
  output.line(object, text + "\n  " + file);
}

// What this device found is shown also where the server can't be asked, or where going on was what an alarm stopped.
Status alarms(const AlarmOptions& options, const Globals& globals, Session& session, Output& output) {
  Status asked = session.sync();
  session.say_alarms();
  if (session.core().network_alarm() == Code::rolled_back) return fail(Code::rolled_back);
  for (std::uint32_t number : options.aside) {
    TRY([[maybe_unused]] auto outcome, session.run(core::PutAlarmAside{number}));
  }
  bool any = false, is_shown = asked || asked.error().code == Code::unreachable;
  for (const core::KeptAlarm& kept : session.core().kept_alarms()) {
    if (kept.put_aside && !options.all) continue;
    show_alarm(session.core(), kept, globals, output);
    any = true;
    is_shown = is_shown || kept.alarm.code == asked.error().code;
  }
  if (!is_shown) return asked;
  if (!any) output.say("alarm.none");
  return {};
}

}  // namespace

void add_alarm_verbs(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<AlarmOptions>();
  CLI::App* verb = app.add_subcommand("alarms");
  verb->add_flag("--all", options->all);
  verb->add_option("--put-aside", options->aside);
  verb->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, false,
                          [&](Session& session) { return alarms(*options, globals, session, output); });
    };
  });
}

}  // namespace encuentro::client::cli
