// Alarms become a file that can be shown to somebody else, and a sentence on standard error; and such a file is judged.
#pragma once

#include <filesystem>

#include "client/cli/output.h"
#include "client/core/core.h"
#include "client/verify/evidence_file.h"
#include "client/views/page_proof.h"

namespace encuentro::client::cli {

using views::evidence_of;

// Writes HOME/evidence/TIME-CODE-…-HASH.evidence once for each alarm; its path.
std::filesystem::path keep_evidence(const std::filesystem::path& home, const core::Alarm& alarm,
                                    const verify::EvidenceFile& file);

// The alarm's sentence, with its channel (`title`; empty: none, or not known) and its file.
void say_alarm(const core::Alarm& alarm, const std::filesystem::path& file, const std::string& title, Output& output);

// Tells what the file shows. `own`: the roster of whoever judges, where there is a profile; of another network it is an
// error (wrong_network). True: a contradiction is proven, or what it holds is genuine. Errors: those of the file.
Result<bool> tell_evidence(BytesView file, const core::Core* own, Output& output);

}  // namespace encuentro::client::cli
