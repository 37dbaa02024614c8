#include "client/core/commit_work.h"

#include <algorithm>
#include <utility>

#include "client/core/blobs.h"
#include "client/core/handshakes.h"
#include "client/core/history.h"
#include "client/core/key_packages.h"
#include "client/core/outbox.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/upkeep.h"
#include "protocol/api/key_package_calls.h"
#include "protocol/content/seal.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

struct Work {
  std::vector<DeviceId> add;
  std::vector<mls::LeafIndex> remove;
  std::optional<policy::ChannelPolicy> policy;  // with another admission
  bool empty() const { return add.empty() && remove.empty() && !policy; }
};

bool stands(const roster::View& view, const DeviceId& device) {
  auto known = view.device(device);
  return known && known->standing != roster::Standing::gone && known->kind != roster::DeviceKind::paper;
}

constexpr Duration retry_first = seconds(1);
constexpr std::uint32_t retry_doublings_max = 8;

void ask_later(const CoreState& state, Channel& channel, const DeviceId& device) {
  PackageRetry& retry = channel.no_key_package[device];
  retry.at = state.now + milliseconds(retry_first.ms << std::min(retry.tries++, retry_doublings_max));
}

bool asked_in_vain(const CoreState& state, const Channel& channel, const DeviceId& device) {
  auto found = channel.no_key_package.find(device);
  return found != channel.no_key_package.end() && state.now < found->second.at;
}

// The member's devices that should be in, by the policy as it is or is to be, and aren't.
std::vector<DeviceId> missing_devices(const CoreState& state, const Channel& channel,
                                      const policy::ChannelPolicy& policy, const MemberId& member) {
  std::vector<DeviceId> missing;
  auto view = state.newest();
  for (const DeviceId& device : view.devices_of(member)) {
    bool in = has_leaf(channel, device);
    if (!in && stands(view, device) && policy::admitted_device(policy, view, device)) missing.push_back(device);
  }
  return missing;
}

// Where admission goes by name: the policy with this member in it. Nothing where he is admitted as it is.
std::optional<policy::ChannelPolicy> policy_admitting(const CoreState& state, const policy::ChannelPolicy& policy,
                                                      const MemberId& member) {
  if (policy::admitted(policy, state.newest(), member)) return std::nullopt;
  if (policy.admission.members.empty()) return std::nullopt;
  policy::ChannelPolicy wider = policy;
  auto& members = wider.admission.members;
  members.insert(std::lower_bound(members.begin(), members.end(), member), member);
  if (!policy::admitted(wider, state.newest(), member)) return std::nullopt;
  return wider;
}

// Leaves that any member may remove: not admitted at the newest head, or of members who asked to leave. Not one's own.
std::vector<mls::LeafIndex> leaves_to_remove(const CoreState& state, const Channel& channel) {
  std::vector<mls::LeafIndex> leaves;
  auto view = state.newest();
  for (const auto& placed : policy::leaves_of(channel.group->tree())) {
    auto identity = policy::LeafIdentity::of(placed.leaf.credential);
    if (identity && identity->device == state.identity->self.device) continue;
    bool leaving = identity && channel.leaving.contains(identity->member);
    if (leaving || !policy::admitted_leaf(channel.policy, view, placed.leaf)) leaves.push_back({placed.index});
  }
  return leaves;
}

void add_leaves_of(const Channel& channel, const MemberId& member, std::vector<mls::LeafIndex>& out) {
  for (const auto& placed : policy::leaves_of(channel.group->tree())) {
    auto identity = policy::LeafIdentity::of(placed.leaf.credential);
    mls::LeafIndex leaf{placed.index};
    bool noted = std::find(out.begin(), out.end(), leaf) != out.end();
    if (identity && identity->member == member && !noted) out.push_back(leaf);
  }
}

Status may_change(const CoreState& state, const Channel& channel, const Change& change) {
  auto view = state.newest();
  const Self& self = state.identity->self;
  if (!change.add) {
    return change.member == self.member ? Status{} : policy::may_remove(channel.policy, view, self.device);
  }
  auto wider = policy_admitting(state, channel.policy, change.member);
  if (wider) {
    TRY_OK(policy::may_change_admission(channel.policy, view, self.device));
  } else {
    TRY_OK(policy::admitted(channel.policy, view, change.member));
  }
  if (change.member != self.member) TRY_OK(policy::may_add(channel.policy, view, self.device));
  if (roster_stale(state)) return fail(Code::stale_roster, "R4");
  return {};
}

// What is still to be done for the changes people asked for; those that are fulfilled or refused are answered.
void gather_changes(CoreState& state, Channel& channel, Work& work) {
  std::vector<Change> open;
  for (Change& change : channel.changes) {
    if (auto may = may_change(state, channel, change); !may) {
      failed(state, change.ticket, may.error());
      continue;
    }
    std::size_t before = work.add.size() + work.remove.size();
    if (change.add) {
      if (auto wider = policy_admitting(state, work.policy.value_or(channel.policy), change.member)) {
        work.policy = wider;
      }
      const policy::ChannelPolicy& admitting = work.policy ? *work.policy : channel.policy;
      for (const DeviceId& device : missing_devices(state, channel, admitting, change.member)) {
        if (asked_in_vain(state, channel, device)) {
          change.without_key_package.insert(device);
        } else {
          work.add.push_back(device);
        }
      }
    } else {
      add_leaves_of(channel, change.member, work.remove);
    }
    bool left_to_do = work.add.size() + work.remove.size() > before || work.policy.has_value();
    if (left_to_do) {
      open.push_back(std::move(change));
    } else {
      ChannelChanged outcome{
          channel.id, channel.at().epoch, {change.without_key_package.begin(), change.without_key_package.end()}};
      done(state, change.ticket, std::move(outcome));
    }
  }
  channel.changes = std::move(open);
}

// Devices of members who are in: one's own always, others' where this member may add.
void gather_further_devices(const CoreState& state, const Channel& channel, Work& work) {
  if (roster_stale(state)) return;
  auto view = state.newest();
  bool may_add = policy::may_add(channel.policy, view, state.identity->self.device).has_value();
  for (const MemberId& member : members_of(channel)) {
    bool own = member == state.identity->self.member;
    if ((!own && !may_add) || channel.leaving.contains(member)) continue;
    for (const DeviceId& device : missing_devices(state, channel, channel.policy, member)) {
      const auto& out = channel.upkeep.shut_out;
      bool noted = std::find(work.add.begin(), work.add.end(), device) != work.add.end() ||
                   std::find(out.begin(), out.end(), device) != out.end();
      if (!noted && !asked_in_vain(state, channel, device)) work.add.push_back(device);
    }
  }
}

// Whose office passes on: from the start on the successor is where the leaver is, but for what two people say to each
// other. The channel is entered while the leaver's leaf stands, so also in the Commit that removes it.
void gather_successors(const CoreState& state, const Channel& channel, Work& work) {
  if (roster_stale(state) || channel.policy.kind == policy::ChannelKind::direct) return;
  auto view = state.newest();
  const DeviceId& me = state.identity->self.device;
  if (!policy::may_add(channel.policy, view, me)) return;
  for (const MemberId& leaver : members_of(channel)) {
    auto member = view.member(leaver);
    if (!member || !member->relief || member->relief->start > view.head().time) continue;
    const MemberId& successor = member->relief->successor;
    auto wider = policy_admitting(state, channel.policy, successor);
    bool named =
        std::binary_search(channel.policy.admission.members.begin(), channel.policy.admission.members.end(), leaver);
    bool widens = wider && named && !work.policy && policy::may_change_admission(channel.policy, view, me);
    const policy::ChannelPolicy& admitting = widens ? *wider : channel.policy;
    std::size_t before = work.add.size();
    for (const DeviceId& device : view.devices_of(successor)) {
      bool noted = std::find(work.add.begin(), work.add.end(), device) != work.add.end();
      bool fit = stands(view, device) && policy::admitted_device(admitting, view, device);
      if (fit && !noted && !has_leaf(channel, device) && !asked_in_vain(state, channel, device)) {
        work.add.push_back(device);
      }
    }
    if (widens && work.add.size() > before) work.policy = wider;
  }
}

// Devices that say that the Welcome of their Commit doesn't open: out and in again, by who may do both.
void gather_stranded(const CoreState& state, const Channel& channel, Work& work) {
  if (channel.upkeep.stranded.empty() || roster_stale(state)) return;
  auto view = state.newest();
  const DeviceId& me = state.identity->self.device;
  bool may = policy::may_add(channel.policy, view, me) && policy::may_remove(channel.policy, view, me);
  for (const auto& placed : policy::leaves_of(channel.group->tree())) {
    auto identity = policy::admitted_leaf(channel.policy, view, placed.leaf);
    if (!identity || asked_in_vain(state, channel, identity->device)) continue;
    const auto& stranded = channel.upkeep.stranded;
    bool is_stranded = std::find(stranded.begin(), stranded.end(), identity->device) != stranded.end();
    bool noted = std::find(work.remove.begin(), work.remove.end(), mls::LeafIndex{placed.index}) != work.remove.end();
    if (!is_stranded || noted || (!may && identity->member != state.identity->self.member)) continue;
    work.remove.push_back({placed.index});
    work.add.push_back(identity->device);
  }
}

void gather_idle(const CoreState& state, const Channel& channel, Work& work) {
  for (const mls::LeafIndex& leaf : idle_leaves(state, channel)) {
    bool noted = std::find(work.remove.begin(), work.remove.end(), leaf) != work.remove.end();
    if (!noted) work.remove.push_back(leaf);
  }
}

// The package must be that device's, as the roster has it, and not have been used in a Commit that was seen here.
// Errors: invalid_key_package, key_package_used.
Result<mls::KeyPackage> checked_package(const CoreState& state, const Channel& channel, const DeviceId& device,
                                        BytesView bytes) {
  TRY(auto message, mls::decoded<mls::MlsMessage>(bytes));
  const auto* package = message.as<mls::KeyPackage>();
  if (package == nullptr) return fail(Code::invalid_key_package, "wire format");
  TRY(auto demands, mls::LeafDemands::of(crypto::encuentro_suite, channel.group->context().extensions));
  mls::LifetimePolicy lifetime = lifetime_policy();
  lifetime.now = state.now;
  TRY_OK(mls::check_key_package(*package, demands, lifetime));
  TRY_OK(mls::check_key_package_signatures(*package));
  auto identity = policy::identify(policy::leaf_of(package->leaf()), state.newest());
  if (!identity) return fail(Code::invalid_key_package, identity.error().rule);
  if (identity->device != device) return fail(Code::invalid_key_package, "another device");
  if (was_used(state, *package)) return fail(Code::key_package_used, "R75");
  return *package;
}

// Whether only the time is against it.
bool was_right_once(const Channel& channel, BytesView bytes) {
  auto message = mls::decoded<mls::MlsMessage>(bytes);
  const auto* package = message ? message->as<mls::KeyPackage>() : nullptr;
  auto demands = mls::LeafDemands::of(crypto::encuentro_suite, channel.group->context().extensions);
  return package != nullptr && demands && mls::check_key_package(*package, *demands, lifetime_policy()) &&
         mls::check_key_package_signatures(*package);
}

void package_taken(CoreState& state, const ChannelId& id, const DeviceId& device, const Answer& answer) {
  Channel* channel = state.channel(id);
  if (channel == nullptr) return;
  channel->key_packages.erase(device);
  if (std::exchange(channel->packages_wanted, false)) channel->appending = false;  // looked at again from the start
  auto reply = reply_of<api::KeyPackageTakeReply>(answer);
  if (!reply) {
    if (reply.error().code != Code::unreachable) ask_later(state, *channel, device);
    return;
  }
  auto package = checked_package(state, *channel, device, reply->package);
  if (package) {
    channel->key_packages.insert_or_assign(device, std::move(*package));
    return;
  }
  ask_later(state, *channel, device);
  // One that has grown too old is none: its device was away for months.
  if (package.error().code == Code::invalid_leaf && was_right_once(*channel, reply->package)) return;
  raise(state, {package.error().code, package.error().rule, id, device, Seq{}, {}, std::move(reply->package)});
}

// True: some package is still on its way.
bool fetch_packages(CoreState& state, Channel& channel, const std::vector<DeviceId>& devices) {
  bool waiting = false;
  for (const DeviceId& device : devices) {
    auto known = channel.key_packages.find(device);
    if (known == channel.key_packages.end()) {
      channel.key_packages.emplace(device, std::nullopt);
      call(state, api::KeyPackageTake{device, channel.id},
           [id = channel.id, device](CoreState& s, const Answer& answer) { package_taken(s, id, device, answer); });
      waiting = true;
    } else if (!known->second) {
      waiting = true;
    }
  }
  return waiting;
}

mls::member::CommitOptions commit_options(const Channel& channel, const Work& work) {
  mls::member::CommitOptions options;
  for (const mls::LeafIndex& leaf : work.remove) options.proposals.push_back({mls::Remove{leaf}});
  for (const DeviceId& device : work.add) options.proposals.push_back({mls::Add{*channel.key_packages.at(device)}});
  if (work.policy) {
    options.proposals.push_back({mls::GroupContextExtensions{context_extensions(*work.policy)}});
  }
  options.force_path = true;
  options.tree_in_welcome = false;
  options.lifetime = lifetime_policy();
  options.group_info = archive_extension(channel.at().group_id, channel.at().epoch.next(), channel.shared());
  return options;
}

// The link from the new epoch to the present one (C3).
Result<std::optional<record::Link>> link_to_here(CoreState& state, const Channel& channel,
                                                 const mls::member::EpochExporter& exporter) {
  auto older = channel.keys.find(EpochKey::of(channel.at()));
  if (!channel.shared() || older == channel.keys.end()) return std::optional<record::Link>{};
  record::GroupEpoch newer{channel.at().group_id, channel.at().epoch.next()};
  TRY(auto newer_key, archive_key_of(exporter, newer));
  return std::optional(content::seal_link(newer_key, newer, older->second, channel.at(), *state.random));
}

void queue_commit(CoreState& state, Channel& channel, const mls::member::CommitBundle& bundle,
                  const std::vector<DeviceId>& added, std::optional<record::Link> link) {
  record::CommitBody body{part_of(channel, bundle.commit), part_of(channel, *bundle.group_info), std::nullopt, added,
                          std::move(link)};
  if (bundle.welcome) body.welcome = part_of(channel, *bundle.welcome);
  channel.member_unsaved = true;
  record::EntryHeader header = header_here(state, channel, state.fresh_id<RecordId>());
  queue_handshake(state, channel, record::sign_entry(header, body, state.identity->key));
}

// Who enters a sealed channel can't open what was said before, its title neither: it is said again.
void repeat_title(CoreState& state, Channel& channel) {
  std::string title = title_of(channel);
  if (channel.shared() || title.empty()) return;
  if (!policy::may_post(channel.policy, state.newest(), state.identity->self.device)) return;
  content::Content info;
  info.time = state.now;
  info.title = title;
  queue_content(state, channel, 0, content::Kind::channel_info, info);
}

Status begin_commit(CoreState& state, Channel& channel, const Work& work) {
  TRY(auto bundle, channel.member->commit(commit_options(channel, work), *state.random));
  auto link = link_to_here(state, channel, channel.member->pending().exporter());
  if (!link) {
    channel.member->drop_pending();
    return std::unexpected(link.error());
  }
  queue_commit(state, channel, bundle, work.add, std::move(*link));
  if (!work.add.empty()) repeat_title(state, channel);
  return {};
}

MembershipFacts membership_facts(const CoreState& state, const Channel& channel) {
  return {state.book.roster.head().seq, EpochKey::of(channel.at()), roster_stale(state), channel.leaving,
          channel.upkeep.shut_out,      channel.upkeep.stranded};
}

bool is_due(const CoreState& state, const PackageRetry& retry) { return retry.at <= state.now; }

// Nobody has to come in or go out, as was found once and can't be otherwise now.
bool settled(const CoreState& state, const Channel& channel) {
  const auto& retries = channel.no_key_package;
  bool asks_again =
      std::any_of(retries.begin(), retries.end(), [&](const auto& asked) { return is_due(state, asked.second); });
  return channel.changes.empty() && !asks_again && channel.settled == membership_facts(state, channel);
}

// A package whose time to be asked for again came, and that nobody wanted, isn't waited for any more.
void settle(const CoreState& state, Channel& channel) {
  std::erase_if(channel.no_key_package, [&](const auto& asked) { return is_due(state, asked.second); });
  channel.settled = membership_facts(state, channel);
}

void fail_changes(CoreState& state, Channel& channel, const Error& why) {
  for (const Change& change : channel.changes) failed(state, change.ticket, why);
  channel.changes.clear();
}

}  // namespace

mls::ExtensionList context_extensions(const policy::ChannelPolicy& policy) {
  mls::ExtensionList extensions;
  mls::RequiredCapabilities required;
  required.extension_types = {policy::policy_extension};
  extensions.set(mls::ExtensionType::required_capabilities, mls::encoded(required));
  extensions.set(policy::policy_extension, policy.encoded());
  return extensions;
}

mls::member::GroupInfoExtensions archive_extension(const Bytes& group_id, Epoch epoch, bool shared) {
  record::GroupEpoch at{group_id, epoch};
  return [at, shared](const mls::member::EpochExporter& exporter) -> Result<mls::ExtensionList> {
    mls::ExtensionList extensions;
    if (!shared) return extensions;
    TRY(auto key, archive_key_of(exporter, at));
    extensions.set(policy::archive_commitment_extension, content::archive_commitment(key, at).view());
    return extensions;
  };
}

bool has_leaves_to_remove(const CoreState& state, const Channel& channel) {
  return !settled(state, channel) && !leaves_to_remove(state, channel).empty();
}

bool advance_membership(CoreState& state, Channel& channel) {
  if (handshake_waits(channel)) return false;  // flush_outbox sends it
  if (channel.last_refusal) {
    fail_changes(state, channel, *channel.last_refusal);
    channel.last_refusal.reset();
  }
  const DeviceId& me = state.identity->self.device;
  if (!policy::admitted_device(channel.policy, state.newest(), me) ||
      channel.leaving.contains(state.identity->self.member)) {
    fail_changes(state, channel, {Code::not_admitted, "", 0, 0});
    return false;
  }
  bool due = path_due(state, channel);
  if (!due && settled(state, channel)) return false;
  Work work;
  work.remove = leaves_to_remove(state, channel);
  gather_changes(state, channel, work);
  gather_further_devices(state, channel, work);
  gather_successors(state, channel, work);
  gather_stranded(state, channel, work);
  if (work.empty() && !due) {
    settle(state, channel);
    return false;
  }
  if (due) gather_idle(state, channel, work);
  if (fetch_packages(state, channel, work.add)) {
    channel.packages_wanted = channel.appending = true;
    return true;
  }
  if (auto begun = begin_commit(state, channel, work); !begun) {
    fail_changes(state, channel, begun.error());
    channel.upkeep.path_at = state.now;  // not at once again for the path alone
  }
  return false;
}

bool may_enter(const CoreState& state, const Channel& channel) {
  bool outside = channel.state == ChannelState::visible || channel.state == ChannelState::out;
  if (!outside || !channel.group || channel.shared() == false) return false;
  // Also a leaf of ours whose Welcome didn't open, or whose state was lost, is taken back this way.
  const DeviceId& me = state.identity->self.device;
  bool back = channel.former.contains(me) || has_leaf(channel, me);
  bool first = channel.policy.self_join && channel.relation != api::Relation::leaf;
  if (!first && !back) return false;
  return policy::admitted_device(channel.policy, state.newest(), me).has_value();
}

bool enter_by_oneself(CoreState& state, Channel& channel) {
  if (!may_enter(state, channel) || handshake_waits(channel) || channel.member) return false;
  auto message = mls::decoded<mls::MlsMessage>(channel.group_info);
  const auto* group_info = message ? message->as<mls::GroupInfo>() : nullptr;
  auto nodes = tree_nodes(*channel.group);
  if (group_info == nullptr || !nodes || !channel.group->check_group_info(*group_info)) return false;
  mls::member::ExternalJoinParameters parameters;
  parameters.identity = leaf_identity(state);
  parameters.tree = &*nodes;
  parameters.lifetime = lifetime_policy();
  parameters.group_info = archive_extension(channel.at().group_id, channel.at().epoch.next(), channel.shared());
  for (const auto& placed : policy::leaves_of(channel.group->tree())) {
    auto identity = policy::LeafIdentity::of(placed.leaf.credential);
    if (identity && identity->device == state.identity->self.device) parameters.replaces = mls::LeafIndex{placed.index};
  }
  auto joined = mls::member::Group::join_externally(*group_info, parameters, *state.random);
  if (!joined) {
    raise(state, {joined.error().code, joined.error().rule, channel.id, std::nullopt, channel.log.head().seq, {}, {}});
    channel.alarmed = true;
    return false;
  }
  channel.member.emplace(std::move(joined->group));
  channel.state = ChannelState::joining;
  channel.unsaved = true;
  queue_commit(state, channel, joined->bundle, {}, std::nullopt);
  return true;
}

}  // namespace encuentro::client::core
