#include "protocol/roster/roster.h"

#include "protocol/roster/rules.h"

namespace encuentro::roster {

Roster::Roster() : state_(std::make_unique<State>()) {}
Roster::~Roster() = default;
Roster::Roster(Roster&&) noexcept = default;
Roster& Roster::operator=(Roster&&) noexcept = default;

Result<Taken> Roster::append(const RosterEntry& entry, std::optional<Timestamp> now) {
  TRY(std::optional<Body> body, judge(*state_, entry, now));
  if (body) {
    apply(*state_, entry, *body);
    return Taken::applied;
  }
  set_aside(*state_, entry);
  return Taken::set_aside;
}

Status Roster::check(const RosterEntry& entry, std::optional<Timestamp> now) const {
  TRY_OK(judge(*state_, entry, now));
  return {};
}

Status Roster::check_consents(const PendingStatement& pending, Timestamp now) const {
  return judge_consents(*state_, pending, std::max(now, head().time));
}

Result<Support> Roster::support(const PendingStatement& pending, Timestamp now) const {
  return judge_support(*state_, pending, std::max(now, head().time));
}

bool Roster::empty() const { return state_->places.empty(); }

RosterHead Roster::head() const { return state_->head(); }

const Hash32& Roster::fingerprint() const {
  ENC_CHECK(!empty());
  return state_->places.front().hash;
}
const NetworkId& Roster::network() const { return genesis().id; }
const GenesisBody& Roster::genesis() const {
  ENC_CHECK(state_->genesis.has_value());
  return *state_->genesis;
}

std::optional<RosterHead> Roster::head_at(RosterSeq seq) const {
  if (seq.value == 0 || seq.value > state_->places.size()) return std::nullopt;
  const Place& place = state_->places[seq.value - 1];
  return RosterHead{seq, place.hash, place.time};
}
std::optional<View> Roster::at(RosterSeq seq) const {
  auto head = head_at(seq);
  if (!head) return std::nullopt;
  return View(*state_, *head);
}
View Roster::newest() const { return View(*state_, head()); }
View Roster::newest(Timestamp now) const {
  RosterHead at = head();
  at.time = std::max(at.time, now);
  return View(*state_, at);
}

std::optional<Timestamp> Roster::next_date() const {
  std::optional<Timestamp> next;
  const View at_head = newest();
  for (const auto& [id, row] : state_->members) {
    const MemberStep& step = row.steps.steps().back().second;
    if (step.revoked) continue;
    auto consider = [&](const std::optional<Timestamp>& date) {
      if (!date || *date <= at_head.head().time || (next && *date >= *next)) return;
      // A date that changes nothing (the last day of somebody who has left) isn't one.
      auto before = at_head.member(id), then = newest(*date).member(id);
      if (before->standing != then->standing || before->grant != then->grant) next = date;
    };
    consider(step.end);
    consider(step.grant.until);
    if (!step.next_grant) continue;
    consider(step.next_start);
    consider(step.next_grant->until);
  }
  return next;
}

std::optional<Timestamp> Roster::last_entry_of_another(const MemberId& member) const {
  if (empty()) return std::nullopt;
  if (state_->last_author != member) return head().time;
  return state_->before_last_author;
}

}  // namespace encuentro::roster
