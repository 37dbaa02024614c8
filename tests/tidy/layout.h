// The order of the house: units have tests, files are in the build, names say something.
#pragma once

#include "tests/tidy/repository.h"

namespace encuentro::tidy {

// Rule `name`: a file or folder named after nothing (common, utils, helpers, internal, types, misc).
Findings check_name(const File& file);

// Rule `no-test`: a unit a/b/c.cpp of the product without tests/unit/a/b/c_test.cpp, unless another test in that folder
// or above it includes its header (a suite that several units pass). A file without a header is a part of the unit it
// is named after (group_join.cpp of group.h), else of the one whose header it includes first. A main.cpp only starts
// things.
Findings check_tests_mirror(const Files& files);

// Rule `not-built`: a .cpp or .c that no CMakeLists.txt reached from the root names.
Findings check_built(const Files& files);

}  // namespace encuentro::tidy
