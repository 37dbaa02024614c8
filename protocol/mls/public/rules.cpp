#include "protocol/mls/public/rules.h"

#ifdef ENCUENTRO_RULE_SWITCH
namespace encuentro::mls {

bool enforced(Rule rule) { return static_cast<std::uint16_t>(rule) != ENCUENTRO_WITHOUT_RULE; }

}  // namespace encuentro::mls
#endif
