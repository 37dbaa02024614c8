#include "client/core/history.h"

#include <algorithm>

#include "client/core/outbox.h"
#include "client/core/records.h"
#include "client/core/roster_sync.h"
#include "protocol/content/seal.h"
#include "protocol/policy/commit_rules.h"

namespace encuentro::client::core {
namespace {

constexpr Duration wait_per_place = milliseconds(100);
constexpr std::uint32_t places_max = 10;

// The link itself stands in the log; KnownLink remembers where.
std::optional<record::Link> link_at(const Channel& channel, const KnownLink& known) {
  auto entry = record::decode_log_entry(channel.rows[known.seq.value - 1].entry);
  if (!entry) return std::nullopt;
  auto body = entry->parsed();
  if (!body) return std::nullopt;
  if (const auto* link = std::get_if<record::LinkBody>(&*body)) return link->link;
  if (const auto* commit = std::get_if<record::CommitBody>(&*body)) return commit->link;
  return std::nullopt;
}

void name_wrong_link(CoreState& state, Channel& channel, KnownLink& known, const Error& why) {
  known.wrong = true;
  auto entry = record::decode_log_entry(channel.rows[known.seq.value - 1].entry);
  Alarm alarm;
  alarm.code = Code::bad_link;
  alarm.rule = why.rule;
  alarm.channel = channel.id;
  if (entry) alarm.device = entry->header.device;
  alarm.seq = known.seq;
  alarm.evidence = channel.rows[known.seq.value - 1].entry;
  raise(state, std::move(alarm));
}

// Opens one link if its newer key is held and it wasn't yet. True: a key was won.
bool try_link(CoreState& state, Channel& channel, KnownLink& known) {
  if (known.checked || known.wrong) return false;
  auto newer = channel.keys.find(known.newer);
  if (newer == channel.keys.end()) return false;
  auto link = link_at(channel, known);
  auto commitment = channel.commitments.find(known.older);
  if (!link || commitment == channel.commitments.end()) {
    name_wrong_link(state, channel, known, {Code::bad_link, "epoch", 0, 0});
    return false;
  }
  auto opened = content::open_link(newer->second, *link, commitment->second);
  if (!opened) {
    name_wrong_link(state, channel, known, opened.error());
    return false;
  }
  known.checked = true;
  if (channel.keys.contains(known.older)) return false;
  channel.keys.emplace(known.older, std::move(*opened));
  store_key(*state.vault, channel, known.older);
  return true;
}

void walk_back(CoreState& state, Channel& channel) {
  bool won = false;
  for (bool again = true; again;) {
    again = false;
    // From the newest: most links lead one epoch back.
    for (std::size_t i = channel.links.size(); i-- > 0;) again = try_link(state, channel, channel.links[i]) || again;
    won = won || again;
  }
  if (won) {
    open_closed_records(state, channel);
    show(state, ChannelUpdated{channel.id});
    state.changed = true;
  }
}

// The epochs that who holds the current key reaches through right links.
std::set<EpochKey> reached(const Channel& channel) {
  std::set<EpochKey> epochs = {EpochKey::of(channel.at())};
  for (bool again = true; again;) {
    again = false;
    // From the newest, so that one turn walks all of a chain.
    for (auto link = channel.links.rbegin(); link != channel.links.rend(); ++link) {
      if (link->checked && epochs.contains(link->newer)) again = epochs.insert(link->older).second || again;
    }
  }
  return epochs;
}

// The newest epoch whose key is held but which nobody reaches from the current one.
std::optional<EpochKey> unlinked(const Channel& channel) {
  if (!channel.in() || !channel.shared() || !channel.keys.contains(EpochKey::of(channel.at()))) return std::nullopt;
  auto epochs = reached(channel);
  std::optional<EpochKey> newest;
  for (const auto& [at, key] : channel.keys) {
    if (epochs.contains(at)) continue;
    bool own_group = at.group_id == channel.at().group_id;
    if (!newest || own_group || newest->group_id != channel.at().group_id) newest = at;
  }
  return newest;
}

WholeChain chain_here(const Channel& channel) {
  auto checked =
      std::count_if(channel.links.begin(), channel.links.end(), [](const auto& link) { return link.checked; });
  return {EpochKey::of(channel.at()), static_cast<std::size_t>(checked), channel.keys.size()};
}

std::uint32_t place_in_turn(const Channel& channel) {
  std::uint32_t leaf = channel.member->own_leaf().value;
  std::uint32_t count = std::max<std::uint32_t>(channel.group->tree().member_count(), 1);
  return std::min<std::uint32_t>((leaf + static_cast<std::uint32_t>(channel.at().epoch.value)) % count, places_max);
}

}  // namespace

Result<content::ArchiveKey> archive_key_of(const mls::member::EpochExporter& exporter, const record::GroupEpoch& at) {
  TRY(SecretBytes key, exporter.derive(content::archive_exporter_label, content::archive_exporter_context(at),
                                       content::ArchiveKey::bytes));
  return content::ArchiveKey(key.view());
}

void add_archive_key(CoreState& state, Channel& channel, const record::GroupEpoch& at, content::ArchiveKey key) {
  EpochKey place = EpochKey::of(at);
  if (!channel.keys.contains(place)) {
    channel.keys.emplace(place, std::move(key));
    store_key(*state.vault, channel, place);
  }
  open_closed_records(state, channel);
  walk_back(state, channel);
}

void add_link(CoreState& state, Channel& channel, Seq seq, const record::Link& link) {
  channel.links.push_back({EpochKey::of(link.older), EpochKey::of(link.newer), seq, false, false});
  channel.unsaved = true;
  channel.link_at.reset();
  walk_back(state, channel);
}

bool history_complete(const Channel& channel) {
  if (!channel.shared() || !channel.in()) return true;
  return std::none_of(channel.records.begin(), channel.records.end(),
                      [](const Record& record) { return record.reading == Reading::closed; });
}

bool mend_links(CoreState& state, Channel& channel) {
  WholeChain here = chain_here(channel);
  if (channel.whole_chain == here) return false;
  auto older = unlinked(channel);
  if (!older) {
    channel.link_at.reset();
    channel.whole_chain = std::move(here);
    return false;
  }
  if (roster_stale(state)) return false;
  if (!channel.link_at) channel.link_at = state.now + milliseconds(wait_per_place.ms * place_in_turn(channel));
  if (state.now < *channel.link_at) return false;
  channel.link_at.reset();
  // Every leaf of the epoch that gets the key must be admitted now (J6).
  auto leaves = policy::leaves_of(channel.group->tree());
  if (!policy::all_admitted(channel.policy, state.newest(), leaves)) return false;
  record::GroupEpoch newer = channel.at();
  record::Link link = content::seal_link(channel.keys.at(EpochKey::of(newer)), newer, channel.keys.at(*older),
                                         older->at(), *state.random);
  queue_entry(state, channel, record::LinkBody{std::move(link)});
  return true;
}

}  // namespace encuentro::client::core
