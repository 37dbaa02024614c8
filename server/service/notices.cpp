#include "server/service/notices.h"

#include "server/service/partitions.h"
#include "server/service/rows.h"

namespace encuentro::server::service {

namespace {

constexpr Duration ahead_max = minutes(5);

}  // namespace

void NoticeBook::load(storage::Done<void> done) {
  auto take = [this](const storage::Record& record) -> Status {
    auto enrolment = api::decode_message<api::NoticeSet>(record.value);
    bool readable = enrolment && record.key.size() == MemberId::bytes;
    if (!readable) return fail(Code::storage_failed, "notice");
    kept_[MemberId(as_bytes(record.key))] = std::move(enrolment->enrolment);
    return {};
  };
  read_rows(ports_, notice_partition(), std::move(take), std::move(done));
}

void NoticeBook::put(const MemberId& member, const api::NoticeEnrolment& enrolment, storage::Done<void> done) {
  const auto* before = of(member);
  if (enrolment.time > ports_.now() + ahead_max) return done(fail(Code::time_ahead, "R-SRV-70"));
  if (before != nullptr && enrolment.time <= before->time) return done(fail(Code::time_backwards, "R-SRV-70"));
  if (ports_.spool != nullptr && before != nullptr && !before->handle.empty()) ports_.spool->withdraw(before->handle);
  // Taken at once: who says "no more" gets no more, whatever the disk says.
  kept_[member] = enrolment;
  codec::Writer w;
  enrolment.encode(w);
  storage::ChangeSet change{notice_partition(), {}, {}};
  change.writes.push_back(storage::Put{key_text(member.view()), w.take()});
  auto then = [done = std::move(done)](Result<storage::CommitResult> result) mutable {
    if (!result) return done(std::unexpected(result.error()));
    bool stored = result->outcome == storage::Outcome::stored;
    done(stored ? Result<void>{} : fail(Code::storage_failed, "R-SRV-01"));
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

const api::NoticeEnrolment* NoticeBook::of(const MemberId& member) const {
  auto found = kept_.find(member);
  return found == kept_.end() ? nullptr : &found->second;
}

void NoticeBook::tell(const std::vector<policy::LeafIdentity>& leaves, const roster::View& newest,
                      const std::set<MemberId>& present) {
  if (ports_.spool == nullptr || kept_.empty()) return;
  std::set<MemberId> told = present;
  for (const auto& leaf : leaves) {
    auto device = newest.device(leaf.device);
    if (!device || device->standing == roster::Standing::gone || !told.insert(leaf.member).second) continue;
    const auto* asked = of(leaf.member);
    if (asked == nullptr || asked->interval == api::NoticeInterval::off) continue;
    ports_.spool->note({api::SpooledNotice::ordinary, asked->interval, asked->handle});
  }
}

void NoticeBook::has_come(const MemberId& member) {
  const auto* asked = of(member);
  if (ports_.spool != nullptr && asked != nullptr && !asked->handle.empty()) ports_.spool->withdraw(asked->handle);
}

}  // namespace encuentro::server::service
