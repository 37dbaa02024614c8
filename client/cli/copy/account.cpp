#include "client/cli/copy/account.h"

#include <algorithm>
#include <map>

#include "client/core/board_kinds.h"
#include "client/core/erasing.h"
#include "client/views/initiatives.h"
#include "protocol/mls/public/message.h"
#include "protocol/record/log_entry.h"

namespace encuentro::client::cli {
namespace {

Result<policy::ChannelPolicy> policy_in(const record::LogEntry& entry) {
  TRY(record::Body body, entry.parsed());
  const auto* create = std::get_if<record::CreateBody>(&body);
  if (create == nullptr) return fail(Code::malformed, "create");
  TRY(auto message, mls::decoded<mls::MlsMessage>(create->group_info));
  const auto* group_info = message.as<mls::GroupInfo>();
  if (group_info == nullptr) return fail(Code::malformed, "group info");
  return policy::ChannelPolicy::of(group_info->group_context.extensions);
}

core::Record closed(Seq seq, const record::LogEntry& entry, const std::optional<roster::View>& view) {
  core::Record record;
  record.seq = seq;
  record.id = entry.header.id;
  record.device = entry.header.device;
  record.roster_seq = entry.header.roster.seq;
  auto device = view ? view->device(entry.header.device) : std::nullopt;
  if (device) record.member = device->member;
  return record;
}

// As the author's client would have it read: a kind that a board keeps to others stays closed.
void open(core::Record& record, BytesView words, policy::ChannelKind kind, const std::optional<roster::View>& view) {
  auto signed_content = content::decode_signed_content(words);
  if (!signed_content) return;
  auto content = content::decode_content(signed_content->body);
  if (!content) return;
  auto member = view ? view->member(record.member) : std::nullopt;
  auto role = member ? std::optional(member->grant.role) : std::nullopt;
  if (!core::board_takes(kind, static_cast<content::Kind>(signed_content->kind), role)) return;
  record.reading = core::Reading::opened;
  record.kind = signed_content->kind;
  record.content = std::move(*content);
}

// The policy's list of who removes never changes after the creation, so that of the creation judges all.
void add_erasure(ChannelAccount& account, const roster::Roster& roster, const policy::ChannelPolicy& policy,
                 const verify::Log& log, Seq seq, const record::LogEntry& entry) {
  auto body = entry.parsed();
  const auto* erase = body ? std::get_if<record::DeleteBody>(&*body) : nullptr;
  if (erase == nullptr) return;
  auto target = std::find_if(account.records.begin(), account.records.end(),
                             [&](const core::Record& record) { return record.id == erase->target; });
  auto view = roster.at(entry.header.roster.seq);
  auto device = view ? view->device(entry.header.device) : std::nullopt;
  if (target == account.records.end() || !device) return;
  const Bytes& pinning = log.entries[target->seq.value - 1];
  if (!core::judge_erasure(policy, roster, *view, entry.header.device, pinning, erase->uploads)) return;
  account.erasures.push_back({seq,
                              entry.header.id,
                              entry.header.device,
                              device->member,
                              entry.header.roster.seq,
                              {},
                              erase->uploads,
                              erase->target});
}

}  // namespace

std::vector<const core::Record*> ChannelAccount::opened() const {
  std::vector<const core::Record*> all;
  for (const core::Record& record : records) {
    if (record.reading == core::Reading::opened) all.push_back(&record);
  }
  return all;
}

std::string ChannelAccount::title() const {
  auto is_title = [](const core::Record& record) {
    return record.reading == core::Reading::opened &&
           record.kind == static_cast<std::uint16_t>(content::Kind::channel_info);
  };
  auto newest = std::find_if(records.rbegin(), records.rend(), is_title);
  return newest == records.rend() ? std::string() : newest->content.title;
}

Result<ChannelAccount> account_of(const roster::Roster& roster, const verify::Log& log) {
  if (log.entries.empty()) return fail(Code::malformed, "create");
  TRY(record::LogEntry first, record::decode_log_entry(log.entries.front()));
  TRY(policy::ChannelPolicy policy, policy_in(first));
  ChannelAccount account{log.channel, policy.kind, policy.is_general_board(), !views::drafts_of(policy), {}, {}};
  std::map<Seq, BytesView> words;
  for (const verify::SignedPlace& place : log.words) words[place.seq] = place.plaintext;
  for (std::size_t i = 0; i < log.entries.size(); ++i) {
    auto entry = record::decode_log_entry(log.entries[i]);
    auto view = entry ? roster.at(entry->header.roster.seq) : std::nullopt;
    if (!view) continue;
    if (entry->kind == static_cast<std::uint8_t>(record::EntryKind::erase)) {
      add_erasure(account, roster, policy, log, Seq{i + 1}, *entry);
    }
    if (entry->kind != static_cast<std::uint8_t>(record::EntryKind::record)) continue;
    core::Record record = closed(Seq{i + 1}, *entry, view);
    if (auto held = words.find(record.seq); held != words.end()) open(record, held->second, account.kind, view);
    account.records.push_back(std::move(record));
  }
  return account;
}

verify::Log log_of(const core::Core& core, const ChannelId& channel) {
  verify::Log log{channel, core.log_entries(channel), {}};
  for (auto& words : core.signed_records(channel)) log.words.push_back({words.seq, std::move(words.plaintext)});
  return log;
}

}  // namespace encuentro::client::cli
