#include "tests/tidy/exceptions.h"

#include <map>

namespace encuentro::tidy {

Findings without_exceptions(Findings findings, std::string_view list) {
  std::map<std::string, bool, std::less<>> needed;
  for (std::string_view line : lines_of(list)) {
    if (!line.empty() && line[0] != '#') needed.emplace(line, false);
  }
  std::erase_if(findings, [&](const Finding& finding) {
    auto exception = needed.find(finding.rule + " " + finding.path);
    if (exception == needed.end()) return false;
    exception->second = true;
    return true;
  });
  for (const auto& [line, used] : needed) {
    if (!used) findings.push_back({std::string(exceptions_path), 0, "exception", "not needed any more: " + line});
  }
  return findings;
}

}  // namespace encuentro::tidy
