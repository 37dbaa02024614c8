// Where the parts of an embedded store stand in its directory, and of a backup in its own: the same names.
#pragma once

#include <string>

namespace encuentro::storage::rocks {

inline std::string mark_path(const std::string& directory) { return directory + "/acknowledged"; }
inline std::string database_path(const std::string& directory) { return directory + "/db"; }
inline std::string blobs_path(const std::string& directory) { return directory + "/blobs"; }

}  // namespace encuentro::storage::rocks
