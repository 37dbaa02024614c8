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
    ChannelReport report;
    report.channel = log.channel;
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
    for (const SignedPlace& words : log.words) {
      if (auto proven = prove(log, words, report); !proven) found(proven.error(), log.channel, words.seq.value);
    }
    report.head = account.head();
    report_.channels.push_back(report);
  }

  Report take() {
    report_.roster = std::move(roster_);
    return std::move(report_);
  }

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
    if (entry->kind == static_cast<std::uint8_t>(record::EntryKind::record)) ++report.records;
  }

  // The words were signed by the entry's own device, under the entry's own header.
  Status prove(const Log& log, const SignedPlace& words, ChannelReport& report) {
    if (words.seq.value == 0 || words.seq.value > log.entries.size()) return fail(Code::gap, "words");
    TRY(auto entry, record::decode_log_entry(log.entries[words.seq.value - 1]));
    if (entry.kind != static_cast<std::uint8_t>(record::EntryKind::record)) return fail(Code::unknown_kind, "words");
    auto view = roster_.at(entry.header.roster.seq);
    auto device = view ? view->device(entry.header.device) : std::nullopt;
    if (!device) return fail(Code::unknown_device, "words");
    TRY(auto signed_content, content::decode_signed_content(words.plaintext));
    TRY_OK(signed_content.verify(entry.header, device->key));
    TRY(auto content, content::decode_content(signed_content.body));
    Proven proven{log.channel, words.seq, entry.header.id, entry.header.device, device->member, {}, {}, 0, {}};
    if (auto member = view->member(device->member)) {
      proven.country = member->grant.country;
      proven.role = member->grant.role;
    }
    proven.kind = signed_content.kind;
    proven.content = std::move(content);
    report_.proven.push_back(std::move(proven));
    ++report.proven;
    return {};
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
