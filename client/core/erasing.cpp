#include "client/core/erasing.h"

#include <algorithm>

#include "client/core/outbox.h"
#include "client/core/sync.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

const Bytes* entry_of(const Channel& channel, const RecordId& id) {
  auto found = std::find_if(channel.records.rbegin(), channel.records.rend(),
                            [&](const Record& record) { return record.id == id; });
  return found == channel.records.rend() ? nullptr : &channel.rows[found->seq.value - 1].entry;
}

}  // namespace

Status judge_erasure(const policy::ChannelPolicy& policy, const roster::Roster& roster, const roster::View& view,
                     const DeviceId& device, BytesView target, const std::vector<UploadId>& uploads) {
  TRY(record::LogEntry entry, record::decode_log_entry(target));
  TRY(record::Body body, entry.parsed());
  const auto* record = std::get_if<record::RecordBody>(&body);
  bool pinned =
      record != nullptr && !uploads.empty() && std::all_of(uploads.begin(), uploads.end(), [&](const auto& id) {
        return std::find(record->pins.begin(), record->pins.end(), id) != record->pins.end();
      });
  if (!pinned) return fail(Code::not_allowed, "erase");
  auto then = roster.at(entry.header.roster.seq);
  auto author = then ? then->device(entry.header.device) : std::nullopt;
  auto who = view.device(device);
  bool own = author && who && author->member == who->member;
  if (own || policy::may_remove(policy, view, device)) return {};
  return fail(Code::not_allowed, "erase");
}

void erase_uploads(CoreState& state, std::uint32_t ticket, const EraseUploads& command) {
  Channel* channel = state.channel(command.channel);
  if (channel == nullptr) return failed(state, ticket, {Code::unknown_channel, "", 0, 0});
  if (!channel->in() || barred(state, *channel)) return failed(state, ticket, {Code::not_admitted, "", 0, 0});
  const Bytes* target = entry_of(*channel, command.target);
  if (target == nullptr) return failed(state, ticket, {Code::not_found, "item", 0, 0});
  auto may = judge_erasure(channel->policy, state.book.roster, state.newest(), state.identity->self.device, *target,
                           command.uploads);
  if (!may) return failed(state, ticket, may.error());
  RecordId id = queue_entry(state, *channel, record::DeleteBody{command.uploads, command.target}, ticket);
  show(state, Queued{ticket, command.channel, id});
}

Status apply_erasure(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                     const record::DeleteBody& body) {
  const record::EntryHeader& header = entry.header;
  auto view = state.book.roster.at(header.roster.seq);
  const Bytes* target = entry_of(channel, body.target);
  if (target == nullptr) return fail(Code::not_found, "erase");
  TRY_OK(judge_erasure(channel.policy, state.book.roster, *view, header.device, *target, body.uploads));
  Erasure erasure{item.seq,          header.id,   header.device, view->device(header.device)->member,
                  header.roster.seq, item.stored, body.uploads,  body.target};
  store_erasure(*state.vault, channel, erasure);
  channel.erasures.push_back(std::move(erasure));
  show(state, ChannelUpdated{channel.id});
  return {};
}

}  // namespace encuentro::client::core
