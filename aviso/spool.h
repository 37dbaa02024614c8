// The server's spool as the sender reads it: whole files only, oldest first.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/base/time.h"

namespace encuentro::aviso {

struct SpoolFile {
  std::filesystem::path path;
  Timestamp written;
  Bytes bytes;  // of a file that is too long: empty
};

// What stands there under a name that doesn't begin with a dot. The error is a sentence: the folder can't be read.
std::expected<std::vector<SpoolFile>, std::string> read_spool(const std::filesystem::path& folder);
void take_away(const SpoolFile& file);

}  // namespace encuentro::aviso
