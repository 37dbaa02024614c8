#include "client/verify/walk.h"

namespace encuentro::client::verify {
namespace {

class Walk {
 public:
  explicit Walk(const Hash32& fingerprint) { report_.fingerprint = fingerprint; }

  // False where the rest can't be judged any more.
  bool roster(const std::vector<Bytes>& entries) {
    for (const Bytes& bytes : entries) {
      std::uint64_t place = ++report_.roster_entries;
      auto entry = roster::RosterEntry::decode(bytes);
      if (!entry) return found(entry.error(), std::nullopt, place);
      auto taken = roster_.append(*entry);
      if (!taken) return found(taken.error(), std::nullopt, place);
      if (place == 1 && roster_.fingerprint() != report_.fingerprint) {
        return found(Error{Code::fork, "R-ROS fingerprint"}, std::nullopt, place);
      }
    }
    if (roster_.empty()) return found(Error{Code::truncated, "roster"}, std::nullopt, 0);
    report_.roster_head = roster_.head();
    return true;
  }

  void channel(const Log& log) {
    ChannelReport report{log.channel, 0, 0, 0, 0, {}};
    record::ChannelLog account(roster_.network(), log.channel);
    RosterSeq named{};
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
      record::Item item{Seq{i + 1}, log.entries[i]};
      if (auto evidence = account.judge(item, {})) {
        found(Error{evidence->what, "", evidence->other_place.value, i + 1}, log.channel, i + 1);
        break;
      }
      account.append(item);
      ++report.entries;
      entry(item, report, named);
    }
    report.head = account.head();
    report_.channels.push_back(report);
  }

  Report take() { return std::move(report_); }

 private:
  bool found(const Error& error, std::optional<ChannelId> channel, std::uint64_t place) {
    report_.findings.push_back({error, channel, place});
    return false;
  }

  // Author, signature and named head of one entry; unknown versions are counted and passed by.
  void entry(const record::Item& item, ChannelReport& report, RosterSeq& named) {
    auto entry = record::decode_log_entry(item.entry);
    if (!entry) {
      ++report.unknown;
      if (entry.error().code != Code::unknown_version) found(entry.error(), report.channel, item.seq.value);
      return;
    }
    const record::EntryHeader& header = entry->header;
    auto judged = author(*entry, named);
    if (!judged) found(judged.error(), report.channel, item.seq.value);
    if (judged) ++report.signatures;
    if (header.roster.seq > named) named = header.roster.seq;
    if (entry->kind == static_cast<std::uint8_t>(record::EntryKind::commit)) ++report.commits;
  }

  Status author(const record::LogEntry& entry, RosterSeq named) const {
    const record::EntryHeader& header = entry.header;
    if (header.roster.seq < named) return fail(Code::roster_changed, "S4", named.value, header.roster.seq.value);
    auto head = roster_.head_at(header.roster.seq);
    if (!head) return fail(Code::gap, "S4", roster_.head().seq.value, header.roster.seq.value);
    if (head->hash != header.roster.hash) return fail(Code::fork, "R3", header.roster.seq.value);
    auto device = roster_.at(header.roster.seq)->device(header.device);
    if (!device) return fail(Code::unknown_device, "S4");
    if (device->standing == roster::Standing::gone) return fail(Code::revoked, "S4");
    return entry.verify(device->key);
  }

  roster::Roster roster_;
  Report report_;
};

}  // namespace

Report walk(const Hash32& fingerprint, const std::vector<Bytes>& roster_entries, const std::vector<Log>& logs) {
  Walk walk(fingerprint);
  if (walk.roster(roster_entries)) {
    for (const Log& log : logs) walk.channel(log);
  }
  return walk.take();
}

}  // namespace encuentro::client::verify
