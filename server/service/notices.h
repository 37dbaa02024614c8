// Who has asked to be told outside the space, and whom an entry concerns (docs/FORMATS.md §7.1). Each enrolment is
// kept as its device signed it; addresses are handles that nobody here can open.
#pragma once

#include <map>
#include <set>

#include "protocol/api/notice_calls.h"
#include "protocol/policy/leaf.h"
#include "protocol/roster/roster.h"
#include "server/service/ports.h"

namespace encuentro::server::service {

class NoticeBook {
 public:
  explicit NoticeBook(Ports& ports) : ports_(ports) {}

  // Errors: the store's; storage_failed for a row that can't be read.
  void load(storage::Done<void> done);

  // Takes the place of what the member asked before; durable when answered. Errors: time_backwards (an older word, or
  // the same again), time_ahead (five minutes and more); the store's. Whether it is signed was judged before.
  void put(const MemberId& member, const api::NoticeEnrolment& enrolment, storage::Done<void> done);

  // nullptr: nothing was ever asked. Turned off, the word stays and has no handle.
  const api::NoticeEnrolment* of(const MemberId& member) const;

  // Something new for those of these leaves who stand, have asked, and aren't among `present`.
  void tell(const std::vector<policy::LeafIdentity>& leaves, const roster::View& newest,
            const std::set<MemberId>& present);
  // The member is here and sees for itself: what waits in the spool is taken back.
  void has_come(const MemberId& member);

 private:
  Ports& ports_;
  std::map<MemberId, api::NoticeEnrolment> kept_;
};

}  // namespace encuentro::server::service
