// An upload's plan (client/core/upload_plan.h) made from a file of this machine, and found again for it.
#pragma once

#include <filesystem>
#include <functional>

#include "client/core/upload_plan.h"

namespace encuentro::client::cli {

using core::UploadPlan;

// Of the file at this place, whatever it holds now.
bool is_of(const UploadPlan& plan, const ChannelId& channel, const std::filesystem::path& source);
// The same file as far as its name, size and time tell.
bool describes(const UploadPlan& plan, const ChannelId& channel, const std::filesystem::path& source);

// Reads the file once. `told` is called with the bytes read so far. Errors: not_found, too_large, storage_failed (it
// got shorter while it was read).
Result<UploadPlan> plan_upload(const ChannelId& channel, const std::filesystem::path& source, Random& random,
                               const std::function<void(std::uint64_t)>& told);

}  // namespace encuentro::client::cli
