// Founding, reading and extending the roster.
#include "protocol/crypto/compare.h"
#include "server/service/partitions.h"
#include "server/service/service.h"

namespace encuentro::server::service {

namespace {

constexpr std::size_t reply_room = limits::frame_bytes_max - 4 * limits::KiB;

}  // namespace

// Only an empty server, from this machine or with the code it wrote beside its data.
void Service::found(const Call& call, Session& caller, const api::Found& request) {
  if (rosters_.founded()) return refuse(call, {Code::already_founded, "R-SRV-41"});
  BytesView given = as_bytes(request.one_time_code), wanted = as_bytes(options_.founding_code);
  bool with_code = !wanted.empty() && crypto::equal_constant_time(given, wanted);
  if (!caller.facts.loopback && !with_code) return refuse(call, {Code::not_allowed, "R-SRV-41"});
  auto genesis = roster::RosterEntry::decode(request.genesis);
  if (!genesis) return refuse(call, genesis.error());
  append_to_roster(call, std::move(*genesis), request.genesis);
}

void Service::roster_read(const Call& call, Session& caller, const api::RosterRead& request) {
  bool may = caller.stage == Stage::member || caller.stage == Stage::invited;
  if (!may) return refuse(call, {Code::not_logged_in, "R-SRV-03"});
  storage::PageLimit limit{limits::store_page_items_max,
                           std::clamp<std::size_t>(request.bytes_max, 1, reply_room - limits::roster_entry_bytes_max)};
  auto then = [this, call](Result<storage::LogPage> page) {
    if (!page) return refuse(call, page.error());
    api::RosterReadReply answer;
    auto head = rosters_.roster().head();
    answer.head = {head.seq, head.hash};
    for (auto& entry : page->entries) {
      // Stored, but its turn to count hasn't come: the next read shows it.
      if (entry.seq <= head.seq.value) answer.entries.push_back(std::move(entry.body));
    }
    reply(call, answer);
  };
  ports_.store.read_log(roster_partition(), request.from.value, limit,
                        posted<storage::LogPage>(ports_, std::move(then)));
}

// R-SRV-42: a device appends for itself; who came by an invite accepts that invite and nothing else.
void Service::roster_append(const Call& call, Session& caller, const api::RosterAppend& request) {
  auto entry = roster::RosterEntry::decode(request.entry);
  if (!entry) return refuse(call, entry.error());
  if (caller.stage == Stage::invited) {
    auto body = entry->decoded_body();
    const auto* accept = body ? std::get_if<roster::AcceptBody>(&*body) : nullptr;
    if (accept == nullptr || accept->invite != caller.invite) return refuse(call, {Code::not_allowed, "R-SRV-42"});
  } else if (caller.stage != Stage::member) {
    return refuse(call, {Code::not_logged_in, "R-SRV-03"});
  } else {
    if (entry->appender != caller.device) return refuse(call, {Code::not_allowed, "R-SRV-42"});
    if (!message_rate_[caller.device].take(ports_.now(), options_.rates.messages_per_second,
                                           options_.rates.messages_burst)) {
      return refuse(call, {Code::too_many, "R75"});
    }
  }
  if (recovering(call)) return;
  append_to_roster(call, std::move(*entry), request.entry);
}

void Service::append_to_roster(const Call& call, roster::RosterEntry entry, Bytes bytes) {
  bool genesis = !rosters_.founded();
  auto then = [this, call, genesis, bytes = std::move(bytes)](Result<RosterPlace> place) {
    if (!place) return refuse(call, place.error());
    forget_statement(bytes);
    reply(call, api::RosterPlaceReply{{place->head.seq, place->head.hash}});
    if (place->repeated) return;
    if (!genesis) return roster_grew(bytes);
    if (options_.on_founded) options_.on_founded();
  };
  rosters_.append(std::move(entry), std::move(then));
}

void Service::roster_grew(const Bytes& entry) {
  auto view = rosters_.roster().newest(ports_.now());
  std::vector<Caller> members, gone;
  for (const auto& [number, one] : sessions_) {
    if (one.stage != Stage::member) continue;
    auto device = view.device(one.device);
    bool stands = device && device->standing != roster::Standing::gone;
    (stands ? members : gone).push_back(number);
  }
  // Those cut off read why before the connection ends.
  for (Caller caller : gone) ports_.out.push({&caller, 1}, api::push_frame(api::RosterPush{entry}));
  for (Caller caller : gone) {
    ports_.out.close(caller, true);
    sessions_.erase(caller);
  }
  ports_.out.push(members, api::push_frame(api::RosterPush{entry}));
  for (const auto& id : channels_.ids()) review(id);
}

}  // namespace encuentro::server::service
