// Notices outside the space: asking for them, and whom an entry concerns who isn't here.
#include "server/service/service.h"

namespace encuentro::server::service {

// R-SRV-70: by a device that stands, for its own member, over its own connection; nobody else can ask in its place.
// R-SRV-71: only where somebody sends.
void Service::notice_set(const Call& call, Session& caller, const api::NoticeSet& request) {
  const auto& enrolment = request.enrolment;
  if (options_.notice_key.empty()) return refuse(call, {Code::not_found, "R-SRV-71"});
  if (enrolment.device != caller.device) return refuse(call, {Code::not_allowed, "R-SRV-70"});
  auto device = rosters_.roster().newest(ports_.now()).device(caller.device);
  if (!device || device->kind == roster::DeviceKind::paper) return refuse(call, {Code::not_allowed, "R-SRV-70"});
  if (!enrolment.verify(rosters_.roster().network(), device->key)) {
    return refuse(call, {Code::bad_signature, "R-SRV-70"});
  }
  notices_.put(caller.person, enrolment, [this, call](Result<void> stored) {
    if (!stored) return refuse(call, stored.error());
    reply(call, api::Empty{});
  });
}

void Service::notice_show(const Call& call, Session& caller, const api::NoticeShow&) {
  api::NoticeShowReply answer{options_.notice_key, api::NoticeInterval::off, {}};
  if (const auto* asked = notices_.of(caller.person)) {
    answer.interval = asked->interval;
    answer.since = asked->time;
  }
  reply(call, answer);
}

// Records only: that keys were renewed, or somebody was added elsewhere, is no news to a person. What is in a record
// the server can't know, so a reaction counts like a circular.
void Service::tell_absent(const ChannelId& id, record::EntryKind kind, const MemberId& author) {
  const Channel* channel = channels_.find(id);
  if (kind != record::EntryKind::record || channel == nullptr) return;
  std::set<MemberId> present = {author};
  for (const auto& [number, one] : sessions_) {
    if (one.stage == Stage::member) present.insert(one.person);
  }
  notices_.tell(channel->leaves(), rosters_.roster().newest(ports_.now()), present);
}

}  // namespace encuentro::server::service
