// Who is here: the roster as a directory, by country.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/core/core.h"

namespace encuentro::client::views {

struct PersonDevice {
  DeviceId id;
  roster::DeviceKind kind{};
  std::string label;
  roster::Standing standing{};
};

struct Person {
  MemberId member;
  std::optional<core::PlainName> name;  // nothing: sealed in a way that can't be opened
  roster::RoleGrant grant;
  std::optional<roster::CountryStatus> status;  // of the country, for those who have one
  roster::Standing standing{};
  std::vector<PersonDevice> devices;            // those that stand
  std::optional<Timestamp> no_position_before;  // after a re-entry that nobody of the seat has confirmed
  std::optional<roster::Relief> relief;         // by whom, since when
};

// Everybody who stands at the newest head: the Secretariat first, then by country code, focal points before delegates,
// principal before alternate, then by name; then partners, alumni, participants.
std::vector<Person> people(const core::Core& core);
// Those gone too, with `gone` as standing: what `verify` and the export tell.
std::vector<Person> everybody(const core::Core& core);
// The same of a roster without a core; devices without their labels.
using NameOf = std::function<std::optional<core::PlainName>(const MemberId&)>;
std::vector<Person> everybody(const roster::View& view, const NameOf& name_of);
std::optional<Person> person(const core::Core& core, const MemberId& member);

}  // namespace encuentro::client::views
