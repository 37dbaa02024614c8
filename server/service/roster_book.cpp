#include "server/service/roster_book.h"

#include "server/service/partitions.h"

namespace encuentro::server::service {

namespace {

std::optional<InviteId> accepted_invite(const roster::RosterEntry& entry) {
  if (entry.type != static_cast<std::uint16_t>(roster::EntryType::accept)) return std::nullopt;
  auto body = entry.decoded_body();
  if (!body) return std::nullopt;
  return std::get<roster::AcceptBody>(*body).invite;
}

}  // namespace

void RosterBook::load(storage::Done<void> done) { load_page(1, std::move(done)); }

void RosterBook::load_page(std::uint64_t from, storage::Done<void> done) {
  auto then = [this, done = std::move(done)](Result<storage::LogPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& stored : page->entries) {
      auto entry = roster::RosterEntry::decode(stored.body);
      if (!entry || !roster_.append(*entry)) return done(fail(Code::storage_failed, "roster", 0, stored.seq));
    }
    if (page->more) return load_page(page->entries.back().seq + 1, std::move(done));
    load_burns(std::move(done));
  };
  ports_.store.read_log(roster_partition(), from, {}, posted<storage::LogPage>(ports_, std::move(then)));
}

void RosterBook::load_burns(storage::Done<void> done) {
  // Invites in question are few: one page of the latest would do, the store's largest page is far above.
  storage::PageLimit limit{1000, std::size_t{1} << 20};
  auto then = [this, done = std::move(done)](Result<storage::RecordPage> page) mutable {
    if (!page) return done(std::unexpected(page.error()));
    for (const auto& record : page->records) {
      BytesView id = as_bytes(record.key).subspan(burn_key(InviteId{}).size() - InviteId::bytes);
      if (id.size() == InviteId::bytes) wrong_codes_[InviteId(id)] = record.value[0];
    }
    done({});
  };
  ports_.store.scan(roster_partition(), "burn/", "", limit, posted<storage::RecordPage>(ports_, std::move(then)));
}

void RosterBook::append(roster::RosterEntry entry, storage::Done<RosterPlace> done) {
  queue_.push_back({std::move(entry), std::move(done)});
  start_next();
}

Status RosterBook::judge(const roster::RosterEntry& entry) {
  auto invite = accepted_invite(entry);
  if (invite) {
    auto wrong = wrong_codes_.find(*invite);
    if (wrong != wrong_codes_.end() && wrong->second >= burn_after) return fail(Code::invite_burned, "R-SRV-02");
  }
  return roster_.check(entry, ports_.now());
}

void RosterBook::start_next() {
  if (busy_ || queue_.empty()) return;
  busy_ = true;
  const auto& entry = queue_.front().entry;
  auto there = roster_.head_at(entry.seq);
  if (there && there->hash == entry.hash()) return finish(RosterPlace{*there, true});
  auto judged = judge(entry);
  if (!judged) {
    auto invite = accepted_invite(entry);
    if (judged.error().code == Code::wrong_code && invite) return count_wrong_code(*invite, judged.error());
    return finish(std::unexpected(judged.error()));
  }
  storage::ChangeSet change{roster_partition(), {}, {}};
  change.guards.push_back(storage::HeadIs{{entry.seq.value - 1, 0}});
  change.writes.push_back(storage::Append{to_bytes(entry.hash().view()), entry.encode()});
  auto then = [this](Result<storage::CommitResult> result) { stored(std::move(result)); };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

void RosterBook::stored(Result<storage::CommitResult> result) {
  if (!result) return finish(std::unexpected(result.error()));
  if (result->outcome == storage::Outcome::stored) return take();
  resolve();
}

// Undecided, or refused although this is the only writer: what the store holds decides.
void RosterBook::resolve() {
  auto then = [this](Result<std::optional<std::uint64_t>> place) {
    if (!place) return finish(std::unexpected(place.error()));
    if (*place == queue_.front().entry.seq.value) return take();
    finish(fail(Code::storage_failed, "R-SRV-01"));
  };
  ports_.store.find_request(roster_partition(), to_bytes(queue_.front().entry.hash().view()),
                            posted<std::optional<std::uint64_t>>(ports_, std::move(then)));
}

void RosterBook::take() {
  auto taken = roster_.append(queue_.front().entry);
  ENC_CHECK(taken.has_value());  // judged before, and nothing came between
  finish(RosterPlace{roster_.head(), false});
}

void RosterBook::finish(Result<RosterPlace> result) {
  auto done = std::move(queue_.front().done);
  queue_.pop_front();
  busy_ = false;
  done(std::move(result));
  start_next();
}

void RosterBook::count_wrong_code(const InviteId& invite, Error refusal) {
  unsigned count = ++wrong_codes_[invite];
  refusal.expected = burn_after;
  refusal.got = count;
  storage::ChangeSet change{roster_partition(), {}, {}};
  change.writes.push_back(storage::Put{burn_key(invite), Bytes{static_cast<std::uint8_t>(std::min(count, 255u))}});
  // Answered only once the count is on disk: a crash gives no further tries.
  auto then = [this, refusal](Result<storage::CommitResult> result) {
    finish(std::unexpected(result ? refusal : result.error()));
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

}  // namespace encuentro::server::service
