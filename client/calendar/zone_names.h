// What zones are called: by Outlook, by other programs in front of the IANA name, and by countries' capitals.
#pragma once

#include <string>
#include <string_view>

namespace encuentro::client::calendar {

// The IANA zone a TZID means: itself, one of Windows' names, or the end of a path such as Mozilla writes. Empty if it
// is none that this machine has.
std::string iana_zone_of(std::string_view tzid);
// The zone of a country's capital; empty for a country this table doesn't hold.
std::string_view capital_zone(std::string_view country_code);

}  // namespace encuentro::client::calendar
