#include "protocol/mls/public/rules.h"

#ifdef ENCUENTRO_RULE_SWITCH
#include <cstdlib>

namespace encuentro::mls {

// Read from the environment, so that one build serves for every rule.
bool enforced(Rule rule) {
  static const unsigned long without_rule = [] {
    const char* number = std::getenv("ENCUENTRO_WITHOUT_RULE");
    return number == nullptr ? 0UL : std::strtoul(number, nullptr, 10);
  }();
  return static_cast<unsigned long>(rule) != without_rule;
}

}  // namespace encuentro::mls
#endif
