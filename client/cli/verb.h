// How a verb of the command is made: each file in verbs/ declares its options and, when chosen, leaves
// here what is to be done.
#pragma once

#include <functional>

#include "client/cli/command_line.h"
#include "client/cli/session.h"

namespace encuentro::client::cli {

namespace CLI = command_line;

// What the chosen verb does once the global options are read.
using Action = std::function<Exit(const Globals&, Output&)>;
struct Chosen {
  Action action;
};

// One function a file of verbs/.
void add_network_verbs(CLI::App& app, Chosen& chosen);
void add_people_verbs(CLI::App& app, Chosen& chosen);
void add_device_verbs(CLI::App& app, Chosen& chosen);
void add_alarm_verbs(CLI::App& app, Chosen& chosen);
void add_channel_verbs(CLI::App& app, Chosen& chosen);
void add_writing_verbs(CLI::App& app, Chosen& chosen);
void add_reading_verbs(CLI::App& app, Chosen& chosen);
void add_board_verbs(CLI::App& app, Chosen& chosen);
void add_document_verbs(CLI::App& app, Chosen& chosen);
void add_attachment_verbs(CLI::App& app, Chosen& chosen);
void add_searching_verbs(CLI::App& app, Chosen& chosen);
void add_initiative_verbs(CLI::App& app, Chosen& chosen);
void add_meeting_verbs(CLI::App& app, Chosen& chosen);
void add_report_verbs(CLI::App& app, Chosen& chosen);
void add_taking_out_verbs(CLI::App& app, Chosen& chosen);
void add_comparing_verbs(CLI::App& app, Chosen& chosen);
void add_event_verbs(CLI::App& app, Chosen& chosen);
void add_calendar_verbs(CLI::App& event, Chosen& chosen);  // below `event`

void add_roots_verbs(CLI::App& app, Chosen& chosen);  // and approve
void add_succession_verbs(CLI::App& app, Chosen& chosen);
void add_re_entry_verbs(CLI::App& app, Chosen& chosen);

// `--since`: from which place of the roster on somebody isn't trusted (place_since).
inline void add_since(CLI::App& verb, std::string& since) { verb.add_option("--since", since); }

// Runs `work` on the opened profile (brought up to date first unless --offline or `fresh` is false, and the alarms that
// stand are said); an error is said and becomes the exit status. Of a profile that is an old copy: rolled_back.
Exit with_session(const Globals& globals, Output& output, bool fresh, const std::function<Status(Session&)>& work);
// For verbs that a text was typed for: also where another server answers than the network's, it is kept in the outbox.
Exit with_writing(const Globals& globals, Output& output, const std::function<Status(Session&)>& work);

}  // namespace encuentro::client::cli
