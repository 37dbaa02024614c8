// The list of findings that are tolerated for now: tests/tidy/exceptions.txt, one 'rule path' a line. It only shrinks:
// a line that no finding needs any more is a finding itself.
#pragma once

#include "tests/tidy/repository.h"

namespace encuentro::tidy {

inline constexpr std::string_view exceptions_path = "tests/tidy/exceptions.txt";

// What is left of `findings` after the exceptions of `list`. Rule `exception`: a line that is not needed.
Findings without_exceptions(Findings findings, std::string_view list);

}  // namespace encuentro::tidy
