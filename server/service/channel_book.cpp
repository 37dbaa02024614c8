#include "server/service/channel_book.h"

#include "server/service/partitions.h"

namespace encuentro::server::service {

Channel* ChannelBook::find(const ChannelId& id) {
  auto found = lines_.find(id);
  if (found == lines_.end() || found->second.failed || !found->second.channel->founded()) return nullptr;
  return found->second.channel.get();
}
const Channel* ChannelBook::find(const ChannelId& id) const {
  auto found = lines_.find(id);
  if (found == lines_.end() || found->second.failed || !found->second.channel->founded()) return nullptr;
  return found->second.channel.get();
}
record::LogHead ChannelBook::durable_head(const ChannelId& id) const { return lines_.at(id).durable; }

std::vector<ChannelId> ChannelBook::ids() const {
  std::vector<ChannelId> ids;
  for (const auto& [id, line] : lines_) {
    if (line.durable.seq.value > 0 && !line.failed) ids.push_back(id);
  }
  return ids;
}

std::size_t ChannelBook::made_by(const MemberId& creator) const {
  std::size_t count = 0;
  for (const auto& [id, line] : lines_) {
    if (line.channel->founded() && line.channel->policy().creator == creator) ++count;
  }
  return count;
}

std::size_t ChannelBook::open_uploads(const MemberId& member) const {
  std::size_t count = 0;
  for (const auto& [id, line] : lines_) count += line.channel->open_uploads(member);
  return count;
}

ChannelBook::Line& ChannelBook::line_of(const ChannelId& id) {
  auto [found, fresh] = lines_.try_emplace(id);
  if (fresh) {
    found->second.channel = std::make_unique<Channel>(rosters_.roster().network(), id);
    found->second.durable = found->second.channel->head();
  }
  return found->second;
}

void ChannelBook::append(Bytes bytes, Origin origin, storage::Done<Landed> done) {
  auto entry = record::decode_log_entry(bytes);
  if (!entry) return done(std::unexpected(entry.error()));
  ChannelId id = entry->header.channel;
  if (auto found = lines_.find(id); found != lines_.end() && found->second.failed) {
    reload(id);
    return done(fail(Code::storage_failed, "R-SRV-01"));
  }
  bool creates = entry->kind == static_cast<std::uint8_t>(record::EntryKind::create);
  if (!creates && find(id) == nullptr) return done(fail(Code::unknown_channel, "R-SRV-20"));
  line_of(id).waiting.push_back({std::move(bytes), std::move(*entry), origin, {}, std::move(done)});
  advance(id);
}

// Takes up the first waiting job if nothing is being fetched for it.
void ChannelBook::advance(const ChannelId& id) {
  Line& line = lines_.at(id);
  while (!line.waiting.empty() && !line.fetching && !line.failed) {
    Job& job = line.waiting.front();
    if (job.entry.kind == static_cast<std::uint8_t>(record::EntryKind::commit)) {
      auto body = job.entry.parsed();
      const auto* commit = body ? std::get_if<record::CommitBody>(&*body) : nullptr;
      if (commit != nullptr) return fetch_parts(id, *commit);
    }
    if (!line.indexed) return index_then_advance(id);
    judge_front(id);
  }
}

// The list of channels names a channel before its log begins: a name without a log is harmless, a log without a name
// would not be found again.
void ChannelBook::index_then_advance(const ChannelId& id) {
  Line& line = lines_.at(id);
  // Judged on a copy first: what can't begin a channel leaves no name behind.
  Channel probe(rosters_.roster().network(), id);
  Job& job = line.waiting.front();
  auto judged = probe.accept(job.entry, job.bytes, job.parts, rosters_.roster(), job.origin, ports_.now());
  if (!judged) {
    auto done = std::move(job.done);
    line.waiting.pop_front();
    if (line.waiting.empty()) {
      lines_.erase(id);
    } else {
      advance(id);
    }
    return done(std::unexpected(judged.error()));
  }
  line.fetching = true;
  codec::Writer created;
  created.u64(static_cast<std::uint64_t>(ports_.now().ms));
  storage::ChangeSet change{channel_index(), {}, {}};
  change.writes.push_back(storage::Put{key_text(id.view()), created.take()});
  auto then = [this, id](Result<storage::CommitResult> result) {
    Line& now = lines_.at(id);
    now.fetching = false;
    now.indexed = result && result->outcome == storage::Outcome::stored;
    if (now.indexed) {
      judge_front(id);
    } else {
      auto done = std::move(now.waiting.front().done);
      now.waiting.pop_front();
      done(result ? fail(Code::storage_failed, "R-SRV-01") : std::unexpected(result.error()));
    }
    advance(id);
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

void ChannelBook::fetch(const record::Part& part, storage::Done<Bytes> done) {
  if (!part.is_blob()) return done(to_bytes(part.bytes()));
  auto reference = part.blob();
  auto then = [reference, done = std::move(done)](Result<Bytes> bytes) mutable {
    if (!bytes) return done(std::unexpected(bytes.error()));
    if (auto same = record::check_blob(reference, *bytes); !same) return done(std::unexpected(same.error()));
    done(std::move(*bytes));
  };
  ports_.blobs.get(reference.blob, 0, reference.bytes, posted<Bytes>(ports_, std::move(then)));
}

void ChannelBook::fetch_parts(const ChannelId& id, const record::CommitBody& body) {
  lines_.at(id).fetching = true;
  auto refuse = [this, id](Error error) {
    Line& line = lines_.at(id);
    line.fetching = false;
    auto done = std::move(line.waiting.front().done);
    line.waiting.pop_front();
    done(std::unexpected(error));
    advance(id);
  };
  auto welcome = [this, id, refuse](Result<Bytes> bytes) {
    if (!bytes) return refuse(bytes.error());
    lines_.at(id).fetching = false;
    judge_front(id);
    advance(id);
  };
  auto info = [this, id, refuse, body, welcome](Result<Bytes> bytes) {
    if (!bytes) return refuse(bytes.error());
    lines_.at(id).waiting.front().parts.group_info = std::move(*bytes);
    // The Welcome is nobody's business here, but it must be there for those it adds.
    if (body.welcome) return fetch(*body.welcome, welcome);
    welcome(Bytes{});
  };
  auto commit = [this, id, refuse, body, info](Result<Bytes> bytes) {
    if (!bytes) return refuse(bytes.error());
    lines_.at(id).waiting.front().parts.commit = std::move(*bytes);
    fetch(body.group_info, info);
  };
  fetch(body.commit, commit);
}

bool ChannelBook::answer_repeat(Line& line, Job& job) {
  Seq place = line.channel->log().place_of(job.entry.header.device, job.entry.header.id);
  if (place.value == 0) return false;
  if (place <= line.durable.seq) {
    job.done(Landed{{place, *line.channel->log().hash_at(place)}, {}, true, false});
  } else {
    for (Flight& flight : line.flying) {
      if (flight.landed.head.seq == place) flight.repeats.push_back(std::move(job.done));
    }
  }
  return true;
}

void ChannelBook::judge_front(const ChannelId& id) {
  Line& line = lines_.at(id);
  Job job = std::move(line.waiting.front());
  line.waiting.pop_front();
  if (line.failed) return job.done(fail(Code::storage_failed, "R-SRV-01"));
  if (answer_repeat(line, job)) return;
  Timestamp now = ports_.now();
  auto accepted = line.channel->accept(job.entry, job.bytes, job.parts, rosters_.roster(), job.origin, now);
  if (!accepted) return job.done(std::unexpected(accepted.error()));
  std::uint64_t number = line.flight_base + line.flying.size();
  line.flying.push_back({{accepted->head, now, false, accepted->group_changed}, std::move(job.done), {}, {}});
  auto then = [this, id, number](Result<storage::CommitResult> result) { landed(id, number, std::move(result)); };
  ports_.store.commit(std::move(accepted->change), posted<storage::CommitResult>(ports_, std::move(then)));
}

void ChannelBook::landed(const ChannelId& id, std::uint64_t number, Result<storage::CommitResult> result) {
  Line& line = lines_.at(id);
  if (number < line.flight_base) return;  // failed together with one before it
  line.flying[number - line.flight_base].answer = std::move(result);
  while (!line.flying.empty() && line.flying.front().answer) {
    auto& answer = *line.flying.front().answer;
    if (!answer || answer->outcome != storage::Outcome::stored) {
      return recover(id, answer ? Error{Code::storage_failed, "R-SRV-01"} : answer.error());
    }
    Flight flight = std::move(line.flying.front());
    line.flying.pop_front();
    ++line.flight_base;
    line.durable = flight.landed.head;
    flight.done(flight.landed);
    flight.landed.repeated = true;
    for (auto& done : flight.repeats) done(flight.landed);
  }
}

// The store hasn't taken an entry the memory counts with: everything after it is void. An entry left undecided is
// answered with an error; the client asks again under the same id and learns where it stands.
void ChannelBook::recover(const ChannelId& id, Error error) {
  Line& line = lines_.at(id);
  line.failed = true;
  line.flight_base += line.flying.size();
  auto flying = std::move(line.flying);
  line.flying.clear();
  for (auto& flight : flying) {
    flight.done(std::unexpected(error));
    for (auto& done : flight.repeats) done(std::unexpected(error));
  }
  auto waiting = std::move(line.waiting);
  line.waiting.clear();
  for (auto& job : waiting) job.done(std::unexpected(error));
  line.fetching = false;
  reload(id);
}

void ChannelBook::reload(const ChannelId& id) {
  Line& line = lines_.at(id);
  if (line.loading) return;
  line.loading = true;
  line.channel = std::make_unique<Channel>(rosters_.roster().network(), id);
  // What was sent to the store before is judged before this read.
  load_log(id, 1, [this, id](Result<void> loaded) {
    Line& now = lines_.at(id);
    now.loading = false;
    now.failed = !loaded;  // then the next entry for this channel tries again
    if (loaded) now.durable = now.channel->head();
    if (loaded) advance(id);
  });
}

}  // namespace encuentro::server::service
