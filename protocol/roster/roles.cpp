#include "protocol/roster/roles.h"

#include <limits>

namespace encuentro::roster {

namespace {

template <class E, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& words, E value) {
  auto place = static_cast<std::size_t>(value);
  return place >= 1 && place <= N ? words[place - 1] : std::string_view("unknown");
}
template <class E, std::size_t N>
std::optional<E> named_in(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == word) return static_cast<E>(i + 1);
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 6> role_words{"secretariat", "focal-point", "delegate",
                                                     "partner",     "alumni",      "participant"};
constexpr std::array<std::string_view, 4> status_words{"member", "observer", "training-only", "suspended"};
constexpr std::array<std::string_view, 2> voice_words{"any", "joint"};
constexpr std::array<std::string_view, 3> device_words{"native", "browser", "paper"};

bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

std::string_view name(Role role) { return name_in(role_words, role); }
std::string_view name(CountryStatus status) { return name_in(status_words, status); }
std::string_view name(Voice voice) { return name_in(voice_words, voice); }
std::string_view name(DeviceKind kind) { return name_in(device_words, kind); }
std::optional<Role> role_named(std::string_view word) { return named_in<Role>(role_words, word); }
std::optional<CountryStatus> status_named(std::string_view word) { return named_in<CountryStatus>(status_words, word); }
std::optional<Voice> voice_named(std::string_view word) { return named_in<Voice>(voice_words, word); }

std::optional<Country> Country::parse(std::string_view letters) {
  if (letters.size() != 2 || !is_letter(letters[0]) || !is_letter(letters[1])) return std::nullopt;
  Country country;
  country.letters_ = {letters[0], letters[1]};
  return country;
}

void Country::encode(codec::Writer& writer) const { writer.raw(as_bytes({letters_.data(), 2})); }

Result<Country> Country::decode(codec::Reader& reader) {
  TRY(BytesView bytes, reader.raw(2));
  if (bytes[0] == 0 && bytes[1] == 0) return Country{};
  auto country = parse(as_text(bytes));
  if (!country) return fail(Code::malformed);
  return *country;
}

void encode_time(codec::Writer& writer, Timestamp time) { writer.u64(static_cast<std::uint64_t>(time.ms)); }

Result<Timestamp> decode_time(codec::Reader& reader) {
  TRY(auto ms, reader.u64());
  // Room for what is added to a time (days, expiries) before anything could overflow.
  if (ms > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max() / 2)) return fail(Code::malformed);
  return Timestamp{static_cast<std::int64_t>(ms)};
}

bool RoleGrant::well_formed() const {
  if (!is_known(role)) return false;
  if (has_seat(role) && country.none()) return false;
  if ((role == Role::secretariat || role == Role::partner) && !country.none()) return false;
  if (principal && role != Role::focal_point) return false;
  if (role == Role::participant) return scope.has_value() && until.has_value();
  return !scope.has_value();
}

void RoleGrant::encode(codec::Writer& writer) const {
  writer.number(role);
  country.encode(writer);
  writer.u8(principal ? 1 : 0);
  writer.optional(scope, [](codec::Writer& w, const ChannelId& id) { w.id(id); });
  writer.optional(until, encode_time);
}

Result<RoleGrant> RoleGrant::decode(codec::Reader& reader) {
  RoleGrant grant;
  TRY(grant.role, reader.number<Role>());
  TRY(grant.country, Country::decode(reader));
  TRY(std::uint8_t principal, reader.u8());
  if (principal > 1) return fail(Code::malformed, "", 1, principal);
  grant.principal = principal == 1;
  TRY(grant.scope, reader.optional<ChannelId>([](codec::Reader& r) { return r.id<ChannelId>(); }));
  TRY(grant.until, reader.optional<Timestamp>(decode_time));
  if (!grant.well_formed()) return fail(Code::malformed);
  return grant;
}

}  // namespace encuentro::roster
