// Alarms become a file that can be shown to somebody else, and a sentence on standard error.
#pragma once

#include <filesystem>

#include "client/cli/output.h"
#include "client/core/events.h"

namespace encuentro::client::cli {

// Writes HOME/evidence/TIME-CODE.evidence (the alarm as the core encodes it) once; its path.
std::filesystem::path keep_evidence(const std::filesystem::path& home, const core::Alarm& alarm);

// The alarm's sentence, with its channel (`title`; empty: none, or not known) and its file.
void say_alarm(const core::Alarm& alarm, const std::filesystem::path& file, const std::string& title, Output& output);

}  // namespace encuentro::client::cli
