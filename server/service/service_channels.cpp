// Which channels there are for whom, reading their logs, appending, following.
#include "server/service/partitions.h"
#include "server/service/service.h"
#include "server/service/stored_entry.h"

namespace encuentro::server::service {

namespace {

constexpr std::size_t reply_room = limits::frame_bytes_max - 4 * limits::KiB;

std::size_t size_of(const api::ChannelHead& head) {
  codec::Writer w;
  head.encode(w);
  return w.size();
}

}  // namespace

std::optional<api::Relation> Service::relation(const Session& caller, const ChannelId& id) {
  Channel* channel = channels_.find(id);
  if (channel == nullptr) return std::nullopt;
  return channel->relation(rosters_.roster().newest(), caller.device);
}

void Service::channels(const Call& call, Session& caller, const api::Channels& request) {
  api::ChannelsReply answer;
  std::size_t bytes = 0;
  for (const auto& id : channels_.ids()) {
    if (!(request.after < id)) continue;
    auto related = relation(caller, id);
    if (!related) continue;
    auto head = channels_.find(id)->channel_head(*related);
    head.head = channels_.durable_head(id);
    bytes += size_of(head);
    if (bytes > reply_room && !answer.channels.empty()) break;
    caller.told[id] = *related;
    answer.channels.push_back(std::move(head));
  }
  reply(call, answer);
}

// R-SRV-50: a leaf, another device of the member, or one who may join; nobody else learns that there is such a
// channel.
void Service::log_read(const Call& call, Session& caller, const api::LogRead& request) {
  if (!relation(caller, request.channel)) return refuse(call, {Code::not_admitted, "R-SRV-50"});
  storage::PageLimit limit{limits::store_page_items_max,
                           std::clamp<std::size_t>(request.bytes_max, 1, reply_room - limits::entry_bytes_max)};
  auto then = [this, call, id = request.channel](Result<storage::LogPage> page) {
    if (!page) return refuse(call, page.error());
    api::LogReadReply answer;
    answer.head = channels_.durable_head(id);
    for (const auto& item : page->entries) {
      auto stored = StoredEntry::decode(item.body);
      if (!stored) return refuse(call, {Code::storage_failed, "entry"});
      if (item.seq > answer.head.seq.value) break;
      answer.items.push_back({Seq{item.seq}, stored->stored, to_bytes(stored->entry)});
    }
    reply(call, answer);
  };
  ports_.store.read_log(channel_partition(request.channel), request.from.value, limit,
                        posted<storage::LogPage>(ports_, std::move(then)));
}

void Service::append(const Call& call, Session& caller, const api::Append& request) {
  auto entry = record::decode_log_entry(request.entry);
  if (!entry) return refuse(call, entry.error());
  // R-SRV-51: only over the connection of the device that made it.
  if (entry->header.device != caller.device) return refuse(call, {Code::not_allowed, "R-SRV-51"});
  if (recovering(call)) return;
  const Rates& rates = options_.rates;
  Timestamp now = ports_.now();
  if (!message_rate_[caller.device].take(now, rates.messages_per_second, rates.messages_burst)) {
    return refuse(call, {Code::too_many, "R75"});
  }
  ChannelId id = entry->header.channel;
  auto kind = static_cast<record::EntryKind>(entry->kind);
  bool commits = channels_.find(id) != nullptr && kind == record::EntryKind::commit;
  if (commits && !commit_rate_[id].take(now, rates.commits_per_second, rates.commits_burst)) {
    return refuse(call, {Code::too_many, "R75"});
  }
  if (kind == record::EntryKind::create) {
    if (channels_.made_by(caller.person) >= rates.channels_per_creator) return refuse(call, {Code::too_many, "R76"});
  } else if (!relation(caller, id)) {
    return refuse(call, {Code::not_admitted, "R-SRV-50"});
  }
  auto then = [this, call, id, kind, author = caller.person, bytes = request.entry](Result<Landed> landed) {
    if (!landed) return refuse(call, landed.error());
    reply(call, api::AppendReply{landed->head});
    if (landed->repeated) return;
    api::EntryPush push{id, {landed->head.seq, landed->stored, bytes}};
    ports_.out.publish(id, api::push_frame(push));
    if (landed->group_changed) review(id);
    tell_absent(id, kind, author);
  };
  channels_.append(request.entry, Origin::author, std::move(then));
}

void Service::subscribe(const Call& call, Session& caller, const api::Subscribe& request) {
  std::set<ChannelId> wanted(request.channels.begin(), request.channels.end());
  for (const auto& id : wanted) {
    if (!relation(caller, id)) return refuse(call, {Code::not_admitted, "R-SRV-50"});
  }
  for (const auto& id : caller.wanted) {
    if (!wanted.contains(id)) ports_.out.unsubscribe(call.caller, id);
  }
  for (const auto& id : wanted) {
    if (!caller.wanted.contains(id)) ports_.out.subscribe(call.caller, id);
  }
  caller.wanted = std::move(wanted);
  reply(call, api::Empty{});
}

void Service::review(const ChannelId& id) {
  for (auto& [number, one] : sessions_) {
    if (one.stage == Stage::member) review(number, one, id);
  }
}

void Service::review(Caller number, Session& caller, const ChannelId& id) {
  auto related = relation(caller, id);
  if (!related) {
    caller.told.erase(id);
    if (caller.wanted.erase(id) > 0) ports_.out.unsubscribe(number, id);
    return;
  }
  auto known = caller.told.find(id);
  if (known != caller.told.end() && known->second == *related) return;
  caller.told[id] = *related;
  auto head = channels_.find(id)->channel_head(*related);
  head.head = channels_.durable_head(id);
  ports_.out.push({&number, 1}, api::push_frame(api::ChannelPush{std::move(head)}));
}

}  // namespace encuentro::server::service
