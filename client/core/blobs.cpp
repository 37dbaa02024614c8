#include "client/core/blobs.h"

#include <algorithm>

#include "client/core/session.h"
#include "protocol/api/transfer_calls.h"
#include "protocol/base/limits.h"

namespace encuentro::client::core {
namespace {

std::vector<record::BlobRef> blobs_of(const record::Body& body) {
  std::vector<record::BlobRef> blobs;
  const auto* commit = std::get_if<record::CommitBody>(&body);
  if (commit == nullptr) return blobs;
  auto note = [&](const record::Part& part) {
    if (part.is_blob()) blobs.push_back(part.blob());
  };
  note(commit->commit);
  note(commit->group_info);
  if (commit->welcome) note(*commit->welcome);
  return blobs;
}

void transferred(CoreState& state, const ChannelId& id, const record::BlobRef& blob, bool put,
                 const Result<Bytes>& answer) {
  Channel* channel = state.channel(id);
  if (channel == nullptr) return;
  channel->fetching = false;
  if (!answer) return;
  if (put) {
    channel->blobs_put.insert(blob.blob);
    store_blob(*state.vault, *channel, blob.blob, channel->log.head().seq.next());
  } else if (record::check_blob(blob, *answer)) {
    channel->blobs.insert_or_assign(blob.blob, *answer);
    store_blob(*state.vault, *channel, blob.blob, channel->log.head().seq.next());
  } else {
    channel->alarmed = true;
    raise(state, {Code::bad_tag, "blob", id, std::nullopt, channel->log.head().seq.next(), {}, *answer});
  }
  state.changed = true;
}

// One at a time: a token, then the HTTPS request.
void transfer(CoreState& state, Channel& channel, const record::BlobRef& blob, bool put) {
  channel.fetching = true;
  api::BlobBegin begin{channel.id, blob.blob, blob.bytes, put ? api::Direction::put : api::Direction::get};
  call(state, begin, [id = channel.id, blob, put](CoreState& s, const Answer& answer) {
    auto token = reply_of<api::TokenReply>(answer);
    if (!token) return transferred(s, id, blob, put, std::unexpected(token.error()));
    std::uint32_t number = s.next_transfer++;
    Bytes body = put ? s.channel(id)->blobs.at(blob.blob) : Bytes{};
    s.effects.transfers.push_back({number, put, "/v1/blob/" + to_hex(blob.blob.view()), token->token, std::move(body)});
    s.transfers[number] = [id, blob, put](CoreState& later, const Result<Bytes>& result) {
      transferred(later, id, blob, put, result);
    };
  });
}

}  // namespace

bool needs_blobs(CoreState& state, Channel& channel, const record::Body& body) {
  for (const record::BlobRef& blob : blobs_of(body)) {
    if (channel.blobs.contains(blob.blob)) continue;
    if (!channel.fetching && ready(state)) transfer(state, channel, blob, false);
    return true;
  }
  return false;
}

bool holds_blobs(const Channel& channel, const record::Body& body) {
  auto blobs = blobs_of(body);
  return std::all_of(blobs.begin(), blobs.end(),
                     [&](const record::BlobRef& blob) { return channel.blobs.contains(blob.blob); });
}

Bytes part_bytes(const Channel& channel, const record::Part& part) {
  return part.is_blob() ? channel.blobs.at(part.blob().blob) : to_bytes(part.bytes());
}

record::Part part_of(Channel& channel, BytesView bytes) {
  record::Part part = record::Part::of(bytes);
  if (part.is_blob()) channel.blobs.insert_or_assign(part.blob().blob, to_bytes(bytes));
  return part;
}

bool putting_blobs(CoreState& state, Channel& channel, const record::Body& body) {
  for (const record::BlobRef& blob : blobs_of(body)) {
    if (channel.blobs_put.contains(blob.blob)) continue;
    if (!channel.fetching) transfer(state, channel, blob, true);
    return true;
  }
  return false;
}

}  // namespace encuentro::client::core
