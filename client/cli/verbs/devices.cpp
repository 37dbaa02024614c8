// device list, add, revoke
#include "client/cli/clock.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"

namespace encuentro::client::cli {
namespace {

Status list(Session& session, Output& output) {
  const core::Core& core = session.core();
  auto person = views::person(core, core.self().member);
  if (!person) return fail(Code::unknown_member);
  for (const auto& device : person->devices) {
    bool here = device.id == core.self().device;
    std::string kind(roster::name(device.kind));
    output.line({{"device", hex(device.id.view())},
                 {"kind", kind},
                 {"label", device.label},
                 {"here", here},
                 {"provisional", device.standing == roster::Standing::provisional}},
                hex(device.id.view()).substr(0, 8) + "  " + device.label + "  · " +
                    output.words().text("device.kind." + kind) +
                    (here ? " · " + output.words().text("device.here") : ""));
  }
  return {};
}

}  // namespace

void add_device_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* device = app.add_subcommand("device", "your devices")->require_subcommand(1);
  device->add_subcommand("list", "those that stand")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return list(session, output); });
    };
  });
  auto no_code = std::make_shared<bool>(false);
  CLI::App* add = device->add_subcommand("add", "a link and code for a further device of yours");
  add->add_flag("--no-code", *no_code, "provisional until you confirm it");
  add->callback([no_code, &chosen] {
    chosen.action = [no_code](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(auto outcome, session.run(core::AddDevice{!*no_code, std::nullopt}));
        const auto& made = std::get<core::Invited>(outcome);
        output.line({{"link", made.link}, {"code", made.code}, {"expires", rfc3339(made.expires)}},
                    made.link + (made.code.empty() ? "" : "\n" + made.code));
        output.say("device.invited", {{"expires", local_time(made.expires)}});
        return {};
      });
    };
  });
  auto gone = std::make_shared<std::string>();
  auto since = std::make_shared<std::string>();
  CLI::App* revoke = device->add_subcommand("revoke", "cut a device off at once");
  revoke->add_option("DEVICE", *gone)->required();
  add_since(*revoke, *since);
  revoke->callback([gone, since, &chosen] {
    chosen.action = [gone, since](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(DeviceId id, device_named(session.core(), *gone));
        TRY(auto from, place_since(session.core(), *since));
        TRY(auto outcome, session.run(core::RevokeDevice{id, from}));
        output.line({{"device", hex(id.view())}, {"roster_seq", std::get<core::RosterPlace>(outcome).seq.value}},
                    hex(id.view()));
        output.say("device.revoked");
        return {};
      });
    };
  });
}

}  // namespace encuentro::client::cli
