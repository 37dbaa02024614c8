// A restored server takes back what it lost (PROTOCOL H): entries in their order, from whoever holds them.
#include "protocol/record/chain.h"
#include "server/service/service.h"

namespace encuentro::server::service {

// R-SRV-80: nothing new meanwhile, or the places of what was lost would be taken.
bool Service::recovering(const Call& call) {
  if (!recovery_.running()) return false;
  refuse(call, {api::server_recovering, "R-SRV-80"});
  return true;
}

void Service::end_recovery(storage::Done<void> done) { recovery_.end(std::move(done)); }

// R-SRV-81: only in that time. R-SRV-82: what follows the server's own head, and is on its branch.
Status Service::check_hand_back(const record::LogHead& after, const record::LogHead& own) const {
  if (!recovery_.running()) return fail(Code::not_allowed, "R-SRV-81");
  if (after.seq != own.seq) return fail(Code::bad_sequence, "R-SRV-82", own.seq.value, after.seq.value);
  return after.hash == own.hash ? Status{} : fail(Code::fork, "R-SRV-82", own.seq.value);
}

// Also before login: entries bear their own signatures, and the server may have lost the one that made this device
// known (R-SRV-83: at most one message at a time on a connection, each of the size that is allowed before login).
void Service::hand_back_roster(const Call& call, Session& caller, const api::HandBackRoster& request) {
  bool may = caller.stage == Stage::member || (caller.stage == Stage::greeted && rosters_.founded());
  if (!may) return refuse(call, {Code::not_logged_in, "R-SRV-03"});
  if (!recovery_.running()) return refuse(call, {Code::not_allowed, "R-SRV-81"});
  if (!hand_back_rate_.take(ports_.now(), options_.rates.messages_per_second, options_.rates.messages_burst)) {
    return refuse(call, {Code::too_many, "R75"});
  }
  const auto& head = rosters_.roster().head();
  if (auto fits = check_hand_back({Seq{request.after.seq.value}, request.after.hash}, {Seq{head.seq.value}, head.hash});
      !fits) {
    return refuse(call, fits.error());
  }
  take_back_roster(call, std::make_shared<std::vector<Bytes>>(request.entries), 0);
}

void Service::take_back_roster(const Call& call, std::shared_ptr<std::vector<Bytes>> entries, std::size_t next) {
  if (next == entries->size()) {
    const auto& head = rosters_.roster().head();
    return reply(call, api::RosterPlaceReply{{head.seq, head.hash}});
  }
  auto entry = roster::RosterEntry::decode((*entries)[next]);
  if (!entry) return refuse(call, entry.error());
  rosters_.append(std::move(*entry), [this, call, entries, next](Result<RosterPlace> place) {
    if (!place) return refuse(call, place.error());
    forget_statement((*entries)[next]);
    if (!place->repeated) roster_grew((*entries)[next]);
    take_back_roster(call, entries, next + 1);
  });
}

// R-SRV-84: who isn't in, and whom the policy doesn't admit, learns nothing of the log by trying places. The entry that
// let somebody in may be among those that are lost.
void Service::hand_back(const Call& call, Session& caller, const api::HandBack& request) {
  if (!recovery_.running()) return refuse(call, {Code::not_allowed, "R-SRV-81"});
  if (!message_rate_[caller.device].take(ports_.now(), options_.rates.messages_per_second,
                                         options_.rates.messages_burst)) {
    return refuse(call, {Code::too_many, "R75"});
  }
  if (auto fits = check_hand_back(request.after, head_of_log(request.channel)); !fits) {
    const Channel* channel = channels_.find(request.channel);
    bool may_know = channel == nullptr || relation(caller, request.channel) ||
                    policy::admitted_device(channel->policy(), rosters_.roster().newest(), caller.device);
    return refuse(call, may_know ? fits.error() : Error{Code::not_admitted, "R-SRV-84"});
  }
  take_back(call, std::make_shared<api::HandBack>(request), request.after, 0);
}

// With what is on its way to the disk.
record::LogHead Service::head_of_log(const ChannelId& id) const {
  const Channel* channel = channels_.find(id);
  return channel != nullptr ? channel->head() : record::log_start(rosters_.roster().network(), id);
}

// One after the other, each at the place it had: `head` is where the sender's account stands before the next one.
void Service::take_back(const Call& call, std::shared_ptr<api::HandBack> request, record::LogHead head,
                        std::size_t next) {
  if (next == request->entries.size()) return reply(call, api::AppendReply{head});
  const Bytes& bytes = request->entries[next];
  auto entry = record::decode_log_entry(bytes);
  if (!entry) return refuse(call, entry.error());
  if (entry->header.channel != request->channel) return refuse(call, {Code::wrong_group, "R-SRV-10"});
  const record::LogHead after = record::log_next(head, bytes);
  // Somebody else's came in between: the sender looks anew.
  if (auto fits = check_hand_back(head, head_of_log(request->channel)); !fits) return refuse(call, fits.error());
  auto then = [this, call, request, after, next](Result<Landed> landed) {
    if (!landed) return refuse(call, landed.error());
    if (landed->head != after) return refuse(call, {Code::replayed, "R-SRV-82"});
    api::EntryPush push{request->channel, {after.seq, landed->stored, request->entries[next]}};
    ports_.out.publish(request->channel, api::push_frame(push));
    if (landed->group_changed) review(request->channel);
    take_back(call, request, after, next + 1);
  };
  channels_.append(bytes, Origin::handed_back, std::move(then));
}

}  // namespace encuentro::server::service
