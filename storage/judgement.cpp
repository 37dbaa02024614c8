#include "storage/judgement.h"

namespace encuentro::storage {
namespace {

struct Holds {
  PartitionState& state;
  Head head;

  Result<bool> operator()(const HeadIs& guard) const { return guard.expected == head; }
  Result<bool> operator()(const EpochIs& guard) const { return guard.epoch == head.epoch; }
  Result<bool> operator()(const KeyGone& guard) const {
    TRY(const auto value, state.record(guard.key));
    return !value.has_value();
  }
  Result<bool> operator()(const KeyHolds& guard) const {
    TRY(const auto value, state.record(guard.key));
    return value.has_value() && *value == guard.value;
  }
};

}  // namespace

Result<CommitResult> judge(const ChangeSet& change, PartitionState& state) {
  TRY(const Head before, state.head());
  for (const auto& guard : change.guards) {
    TRY(const bool holds, std::visit(Holds{state, before}, guard));
    if (!holds) return CommitResult{Outcome::refused, before, std::nullopt};
  }
  Head after = before;
  for (const auto& write : change.writes) {
    if (const auto* append = std::get_if<Append>(&write)) {
      TRY(const auto known, state.seq_of(append->request_id));
      if (known) return CommitResult{Outcome::refused, before, known};
      ++after.seq;
    } else if (const auto* epoch = std::get_if<SetEpoch>(&write)) {
      after.epoch = epoch->epoch;
    }
  }
  return CommitResult{Outcome::stored, after, std::nullopt};
}

}  // namespace encuentro::storage
