// Words that have no place in the repository.
#pragma once

#include "tests/tidy/repository.h"

namespace encuentro::tidy {

// Rule `word`: paths of one machine, hosts of package registries (an installer's own configuration knows them), marks
// of unfinished work in code.
Findings check_words(const File& file);

}  // namespace encuentro::tidy
