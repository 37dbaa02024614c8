// Alarms become a file that can be shown to somebody else, and a sentence on standard error.
#pragma once

#include <filesystem>

#include "client/cli/output.h"
#include "client/core/events.h"

namespace encuentro::client::cli {

// Writes HOME/evidence/TIME-CODE.evidence (the alarm as the core encodes it) once and says where it is.
void keep_evidence(const std::filesystem::path& home, const core::Alarm& alarm, Output& output);

}  // namespace encuentro::client::cli
