// device list, add, revoke
#include "client/cli/access_sheet.h"
#include "client/cli/clock.h"
#include "client/cli/resolve.h"
#include "client/cli/show.h"
#include "client/cli/verb.h"
#include "client/core/wordlist.h"

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

struct AddOptions {
  bool no_code = false, paper = false;
  std::string out;
};

// The sheet's key is nowhere but on the sheet: if it can't be written, the sheet is cut off again.
Status add_sheet(const AddOptions& options, const Globals& globals, Session& session, Output& output) {
  TRY(auto outcome, session.run(core::AddSheet{output.words().text("device.kind.paper")}));
  const auto& made = std::get<core::LinkMade>(outcome);
  const core::Core& core = session.core();
  auto network = core.network_name();
  auto person = core.name_of(core.self().member);
  SheetText sheet{network ? network->name : std::string(), person ? person->name : std::string(),
                  core::words_for(core.self().fingerprint.view(), 6), made.link};
  nlohmann::json object = {{"device", hex(made.sheet->view())}, {"link", made.link}};
  if (options.out.empty()) {
    TRY(std::string text, sheet_as_text(sheet));
    output.line(object, text);
  } else {
    if (auto written = write_sheet(sheet, options.out, globals.home); !written) {
      TRY([[maybe_unused]] auto cut, session.run(core::RevokeDevice{*made.sheet, std::nullopt}));
      return written;
    }
    object["file"] = options.out;
    output.line(object, options.out);
  }
  output.say("sheet.made");
  return {};
}

}  // namespace

void add_device_verbs(CLI::App& app, Chosen& chosen) {
  CLI::App* device = app.add_subcommand("device")->require_subcommand(1);
  device->add_subcommand("list")->callback([&chosen] {
    chosen.action = [](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) { return list(session, output); });
    };
  });
  auto options = std::make_shared<AddOptions>();
  CLI::App* add = device->add_subcommand("add");
  add->add_flag("--no-code", options->no_code);
  auto* paper = add->add_flag("--paper", options->paper);
  add->add_option("-o,--output", options->out)->needs(paper);
  add->callback([options, &chosen] {
    chosen.action = [options](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        if (options->paper) return add_sheet(*options, globals, session, output);
        TRY(auto outcome, session.run(core::AddDevice{!options->no_code, std::nullopt}));
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
  CLI::App* revoke = device->add_subcommand("revoke");
  revoke->add_option("DEVICE", *gone)->required();
  add_since(*revoke, *since);
  revoke->callback([gone, since, &chosen] {
    chosen.action = [gone, since](const Globals& globals, Output& output) {
      return with_session(globals, output, true, [&](Session& session) -> Status {
        TRY(DeviceId id, device_named(session.core(), *gone));
        TRY(auto from, place_since(session.core(), *since));
        TRY(auto outcome, session.run(core::RevokeDevice{id, from}));
        const auto* place = std::get_if<core::RosterPlace>(&outcome);
        if (place == nullptr) return show_decided(output, outcome, "device.revoked"), Status{};
        output.line({{"device", hex(id.view())}, {"roster_seq", place->seq.value}}, hex(id.view()));
        output.say("device.revoked");
        return {};
      });
    };
  });
}

}  // namespace encuentro::client::cli
