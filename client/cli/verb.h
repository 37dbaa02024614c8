// How a verb of the command is made: each file in verbs/ declares its options with CLI11 and, when chosen, leaves
// here what is to be done.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "client/cli/session.h"

namespace encuentro::client::cli {

// What the chosen verb does once the global options are read.
using Action = std::function<Exit(const Globals&, Output&)>;
struct Chosen {
  Action action;
};

// One function a file of verbs/.
void add_network_verbs(CLI::App& app, Chosen& chosen);
void add_people_verbs(CLI::App& app, Chosen& chosen);
void add_device_verbs(CLI::App& app, Chosen& chosen);
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
void add_event_verbs(CLI::App& app, Chosen& chosen);
void add_calendar_verbs(CLI::App& event, Chosen& chosen);  // below `event`

// Runs `work` on the opened profile (brought up to date first unless --offline or `fresh` is false); an error is
// said and becomes the exit status.
Exit with_session(const Globals& globals, Output& output, bool fresh, const std::function<Status(Session&)>& work);

}  // namespace encuentro::client::cli
