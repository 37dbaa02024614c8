#include "client/calendar/zone_names.h"

#include <algorithm>
#include <array>

#include "client/calendar/zone.h"

namespace encuentro::client::calendar {
namespace {

struct Named {
  std::string_view name;
  std::string_view zone;
};

// Windows' names as Outlook and Exchange write them into TZID; the territory-independent zone of each (CLDR).
constexpr std::array windows_names = {
    Named{"Argentina Standard Time", "America/Argentina/Buenos_Aires"},
    Named{"Atlantic Standard Time", "America/Halifax"},
    Named{"Bahia Standard Time", "America/Bahia"},
    Named{"Canada Central Standard Time", "America/Regina"},
    Named{"Central America Standard Time", "America/Guatemala"},
    Named{"Central Brazilian Standard Time", "America/Cuiaba"},
    Named{"Central Europe Standard Time", "Europe/Budapest"},
    Named{"Central European Standard Time", "Europe/Warsaw"},
    Named{"Central Standard Time", "America/Chicago"},
    Named{"Central Standard Time (Mexico)", "America/Mexico_City"},
    Named{"Cuba Standard Time", "America/Havana"},
    Named{"E. Africa Standard Time", "Africa/Nairobi"},
    Named{"E. South America Standard Time", "America/Sao_Paulo"},
    Named{"Eastern Standard Time", "America/New_York"},
    Named{"Eastern Standard Time (Mexico)", "America/Cancun"},
    Named{"GMT Standard Time", "Europe/London"},
    Named{"Greenwich Standard Time", "Atlantic/Reykjavik"},
    Named{"Haiti Standard Time", "America/Port-au-Prince"},
    Named{"Magallanes Standard Time", "America/Punta_Arenas"},
    Named{"Montevideo Standard Time", "America/Montevideo"},
    Named{"Mountain Standard Time", "America/Denver"},
    Named{"Mountain Standard Time (Mexico)", "America/Mazatlan"},
    Named{"Newfoundland Standard Time", "America/St_Johns"},
    Named{"Pacific SA Standard Time", "America/Santiago"},
    Named{"Pacific Standard Time", "America/Los_Angeles"},
    Named{"Pacific Standard Time (Mexico)", "America/Tijuana"},
    Named{"Paraguay Standard Time", "America/Asuncion"},
    Named{"Romance Standard Time", "Europe/Paris"},
    Named{"SA Eastern Standard Time", "America/Cayenne"},
    Named{"SA Pacific Standard Time", "America/Bogota"},
    Named{"SA Western Standard Time", "America/La_Paz"},
    Named{"Tocantins Standard Time", "America/Araguaina"},
    Named{"US Eastern Standard Time", "America/Indiana/Indianapolis"},
    Named{"US Mountain Standard Time", "America/Phoenix"},
    Named{"UTC", "Etc/UTC"},
    Named{"Venezuela Standard Time", "America/Caracas"},
    Named{"W. Europe Standard Time", "Europe/Berlin"},
};

constexpr std::array capitals = {
    Named{"AR", "America/Argentina/Buenos_Aires"},
    Named{"BO", "America/La_Paz"},
    Named{"BR", "America/Sao_Paulo"},
    Named{"CA", "America/Toronto"},
    Named{"CL", "America/Santiago"},
    Named{"CO", "America/Bogota"},
    Named{"CR", "America/Costa_Rica"},
    Named{"CU", "America/Havana"},
    Named{"DO", "America/Santo_Domingo"},
    Named{"EC", "America/Guayaquil"},
    Named{"ES", "Europe/Madrid"},
    Named{"GT", "America/Guatemala"},
    Named{"GY", "America/Guyana"},
    Named{"HN", "America/Tegucigalpa"},
    Named{"HT", "America/Port-au-Prince"},
    Named{"JM", "America/Jamaica"},
    Named{"MX", "America/Mexico_City"},
    Named{"NI", "America/Managua"},
    Named{"PA", "America/Panama"},
    Named{"PE", "America/Lima"},
    Named{"PT", "Europe/Lisbon"},
    Named{"PY", "America/Asuncion"},
    Named{"SR", "America/Paramaribo"},
    Named{"SV", "America/El_Salvador"},
    Named{"US", "America/New_York"},
    Named{"UY", "America/Montevideo"},
    Named{"VE", "America/Caracas"},
};

template <class Table>
std::string_view looked_up(const Table& table, std::string_view name) {
  auto found = std::find_if(table.begin(), table.end(), [&](const Named& row) { return row.name == name; });
  return found == table.end() ? std::string_view() : found->zone;
}

}  // namespace

std::string iana_zone_of(std::string_view tzid) {
  if (std::string_view zone = looked_up(windows_names, tzid); !zone.empty()) return std::string(zone);
  // "America/Sao_Paulo" itself, or the last two or three parts of "/mozilla.org/20050126_1/America/Sao_Paulo".
  for (std::string_view rest = tzid; !rest.empty();) {
    if (is_zone_name(rest) && (rest.find('/') != std::string_view::npos || rest == tzid) && Zone::load(rest)) {
      return std::string(rest);
    }
    std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  return {};
}

std::string_view capital_zone(std::string_view country_code) { return looked_up(capitals, country_code); }

}  // namespace encuentro::client::calendar
