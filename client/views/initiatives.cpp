#include "client/views/initiatives.h"

#include <algorithm>
#include <unordered_map>

#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

using content::Initiative;
using content::InitiativeAct;
using roster::CountryStatus;
using roster::Role;

roster::Country country_of(const Initiative& words) {
  return roster::Country::parse(words.country).value_or(roster::Country{});
}

// Days since 1970 of a day of the Gregorian calendar (years begin in March, so that February's end is a year's).
std::int64_t days_since_1970(std::int64_t year, std::int64_t month, std::int64_t day) {
  std::int64_t y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
  constexpr std::int64_t days_to_1970 = 719468;
  return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - days_to_1970;
}

// The last day is in time everywhere on earth.
bool in_time(const Initiative& words, Timestamp time) {
  if (words.confirm_by.empty()) return true;
  auto number = [&](std::size_t at, std::size_t digits) {
    std::int64_t value = 0;
    for (char c : words.confirm_by.substr(at, digits)) value = value * 10 + (c - '0');
    return value;
  };
  constexpr std::int64_t hour_ms = 3'600'000, hours_behind_utc = 12;
  std::int64_t next_day = days_since_1970(number(0, 4), number(5, 2), number(8, 2)) + 1;
  return time.ms < (next_day * 24 + hours_behind_utc) * hour_ms;
}

class Fold {
 public:
  Fold(const AuthorOf& author_of, const SeatOf& seat_of, bool common)
      : author_of_(author_of), seat_of_(seat_of), common_(common) {}

  void take(const core::Record& record) {
    auto read = content::initiative_of(record.content);
    if (!read) return;
    Author author = author_of_(record);
    if (read->act == InitiativeAct::file) {
      file(record, author, std::move(*read));
      return;
    }
    auto found = read->initiative ? by_id_.find(*read->initiative) : by_id_.end();
    if (found == by_id_.end()) return;
    InitiativeEntry& entry = entries_[found->second];
    read->act == InitiativeAct::correct ? correct(entry, record, author, std::move(*read))
                                        : speak(entry, record, author, *read);
  }

  std::vector<InitiativeEntry> entries() && { return std::move(entries_); }

 private:
  bool may(const core::Record& record, const Author& author, const Initiative& words) const {
    roster::Country country = country_of(words);
    return may_file(author, country, seat_of_(record, country)) && (!common_ || speaks_for(author, country));
  }

  void file(const core::Record& record, const Author& author, Initiative words) {
    if (!may(record, author, words) || !by_id_.try_emplace(record.id, entries_.size()).second) return;
    entries_.push_back({});
    entries_.back().id = record.id;
    set_words(entries_.back(), record, author, std::move(words));
  }

  void correct(InitiativeEntry& entry, const core::Record& record, const Author& author, Initiative words) {
    // Both what stood and what shall stand: no country takes an initiative from another.
    if (!may(record, author, entry.words()) || !may(record, author, words)) return;
    bool late = author.role != Role::secretariat && !in_time(entry.words(), record.content.time);
    if (!late) set_words(entry, record, author, std::move(words));
  }

  void set_words(InitiativeEntry& entry, const core::Record& record, const Author& author, Initiative words) {
    roster::Country country = country_of(words);
    entry.versions.push_back({record.id, author, record.content.time, std::move(words)});
    entry.state = InitiativeState::draft;
    entry.confirmed_by.clear();
    entry.withheld_by.reset();
    if (speaks_for(author, country)) confirm(entry, record, author);
  }

  void speak(InitiativeEntry& entry, const core::Record& record, const Author& author, const Initiative& act) {
    bool theirs = speaks_for(author, country_of(entry.words()));
    if (!theirs || act.version != entry.current().id || !in_time(entry.words(), record.content.time)) return;
    if (act.act == InitiativeAct::confirm) {
      confirm(entry, record, author);
    } else {
      entry.state = InitiativeState::withheld;
      entry.confirmed_by.clear();
      entry.withheld_by = author;
    }
  }

  void confirm(InitiativeEntry& entry, const core::Record& record, const Author& author) {
    bool again = std::any_of(entry.confirmed_by.begin(), entry.confirmed_by.end(),
                             [&](const Author& a) { return a.member == author.member; });
    if (!again) entry.confirmed_by.push_back(author);
    auto seat = seat_of_(record, country_of(entry.words()));
    std::size_t needed = seat && seat->voice == roster::Voice::joint ? 2 : 1;
    entry.withheld_by.reset();
    entry.state = entry.confirmed_by.size() >= needed ? InitiativeState::confirmed : InitiativeState::draft;
  }

  const AuthorOf& author_of_;
  const SeatOf& seat_of_;
  bool common_;
  std::vector<InitiativeEntry> entries_;
  std::unordered_map<RecordId, std::size_t> by_id_;
};

}  // namespace

bool speaks_for(const Author& author, roster::Country country) {
  if (country.none()) return author.role == Role::secretariat;
  return author.role == Role::focal_point && author.country == country;
}

std::optional<roster::Country> drafts_of(const policy::ChannelPolicy& policy) {
  const policy::Admission& admission = policy.admission;
  bool narrow =
      policy.kind == policy::ChannelKind::committee && admission.countries.size() == 1 && admission.members.empty();
  bool own = std::all_of(admission.roles.begin(), admission.roles.end(), [](Role role) {
    return role == Role::secretariat || role == Role::focal_point || role == Role::delegate;
  });
  return narrow && own ? std::optional(admission.countries.front()) : std::nullopt;
}

bool may_file(const Author& author, roster::Country country, const std::optional<SeatThen>& seat) {
  if (author.role == Role::secretariat) return country.none() || seat.has_value();
  bool own = author.role && roster::has_seat(*author.role) && !country.none() && author.country == country;
  return own && seat && (seat->status == CountryStatus::member || seat->status == CountryStatus::observer);
}

std::vector<InitiativeEntry> fold_initiatives(std::span<const core::Record* const> records, const AuthorOf& author_of,
                                              const SeatOf& seat_of, bool common) {
  auto of_kind = [](content::Kind kind) { return kind == content::Kind::initiative; };
  Fold fold(author_of, seat_of, common);
  for (const core::Record* record : opened(records, of_kind)) fold.take(*record);
  auto entries = std::move(fold).entries();
  put_in_order(entries, [](const InitiativeEntry& a, const InitiativeEntry& b) {
    return std::tie(a.words().date, a.id) < std::tie(b.words().date, b.id);
  });
  return entries;
}

std::optional<SeatThen> seat_then(const roster::Roster& roster, const core::Record& record, roster::Country country) {
  auto view = roster.at(record.roster_seq);
  const auto* seat = view && !country.none() ? view->country(country) : nullptr;
  return seat == nullptr ? std::nullopt : std::optional(SeatThen{seat->status, seat->voice});
}

std::vector<InitiativeEntry> initiatives(const core::Core& core, const ChannelId& channel) {
  auto seat_of = [&](const core::Record& record, roster::Country country) {
    return seat_then(core.roster(), record, country);
  };
  auto look = core.channel(channel);
  bool common = look && !drafts_of(look->policy);
  return fold_initiatives(
      core.records(channel), [&](const core::Record& record) { return author_of(core, record); }, seat_of, common);
}

}  // namespace encuentro::client::views
