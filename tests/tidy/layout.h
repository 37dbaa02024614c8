// The order of the house: units have tests, files are in the build, names say something.
#pragma once

#include "tests/tidy/repository.h"

namespace encuentro::tidy {

// Rule `name`: a file or folder named after nothing (common, utils, helpers, internal, types, misc).
Findings check_name(const File& file);

// Rule `no-test`: a/b/c.cpp of the product without tests/unit/a/b/c_test.cpp. A main.cpp only starts what others test.
Findings check_tests_mirror(const Files& files);

// Rule `not-built`: a .cpp or .c that no CMakeLists.txt reached from the root names.
Findings check_built(const Files& files);

}  // namespace encuentro::tidy
