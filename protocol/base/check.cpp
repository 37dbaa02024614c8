#include "protocol/base/check.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>

namespace encuentro {

void check_failed(const char* condition, const char* file, int line) {
  // Without a format: printf alone is a tenth of the module a browser fetches.
  char number[16] = {};
  std::to_chars(number, number + sizeof number - 1, line);
  for (const char* part : {file, ":", static_cast<const char*>(number), ": check failed: ", condition, "\n"}) {
    std::fputs(part, stderr);
  }
  std::abort();
}

}  // namespace encuentro
