// The nouns of identity (docs/FORMATS.md §1): who somebody may be, and for which country.
#pragma once

#include <optional>

#include "protocol/base/time.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::roster {

enum class Role : std::uint8_t {
  secretariat = 1,
  focal_point = 2,
  delegate = 3,
  partner = 4,
  alumni = 5,
  participant = 6,
};
enum class CountryStatus : std::uint8_t { member = 1, observer = 2, training_only = 3, suspended = 4 };
enum class Voice : std::uint8_t { any = 1, joint = 2 };
enum class DeviceKind : std::uint8_t { native = 1, browser = 2, paper = 3 };

constexpr bool is_known(Role role) { return role >= Role::secretariat && role <= Role::participant; }
constexpr bool is_known(CountryStatus s) { return s >= CountryStatus::member && s <= CountryStatus::suspended; }
constexpr bool is_known(Voice voice) { return voice == Voice::any || voice == Voice::joint; }
constexpr bool is_known(DeviceKind kind) { return kind >= DeviceKind::native && kind <= DeviceKind::paper; }
// A seat is a country's: only these two roles speak from one.
constexpr bool has_seat(Role role) { return role == Role::focal_point || role == Role::delegate; }

// The words of the command and its JSON ("focal-point", "training-only", ...).
std::string_view name(Role role);
std::string_view name(CountryStatus status);
std::string_view name(Voice voice);
std::string_view name(DeviceKind kind);
std::optional<Role> role_named(std::string_view word);
std::optional<CountryStatus> status_named(std::string_view word);
std::optional<Voice> voice_named(std::string_view word);

// Two upper-case ASCII letters, or none.
class Country {
 public:
  constexpr Country() = default;
  static std::optional<Country> parse(std::string_view letters);

  bool none() const { return letters_[0] == '\0'; }
  // Two letters; empty for none.
  std::string_view text() const { return {letters_.data(), none() ? 0u : 2u}; }

  void encode(codec::Writer& writer) const;
  static Result<Country> decode(codec::Reader& reader);
  friend constexpr bool operator==(const Country&, const Country&) = default;
  friend constexpr auto operator<=>(const Country&, const Country&) = default;

 private:
  std::array<char, 2> letters_{};
};

// Time on the wire: uint64 milliseconds; what doesn't fit a Timestamp is malformed.
void encode_time(codec::Writer& writer, Timestamp time);
Result<Timestamp> decode_time(codec::Reader& reader);

// What somebody is. Decoding checks what the role demands of the rest: focal points and delegates have a country,
// the Secretariat and partners none; participants have a scope and a date, nobody else a scope; only a focal point
// is principal.
struct RoleGrant {
  Role role{};
  Country country{};
  bool principal = false;
  std::optional<ChannelId> scope = std::nullopt;
  std::optional<Timestamp> until = std::nullopt;

  bool well_formed() const;
  void encode(codec::Writer& writer) const;
  static Result<RoleGrant> decode(codec::Reader& reader);
  friend bool operator==(const RoleGrant&, const RoleGrant&) = default;
};

}  // namespace encuentro::roster
