#include "client/core/core.h"

#include <algorithm>

#include "client/core/alarms.h"
#include "client/core/channel_acts.h"
#include "client/core/core_state.h"
#include "client/core/directory.h"
#include "client/core/drafts.h"
#include "client/core/entering.h"
#include "client/core/erasing.h"
#include "client/core/hand_back.h"
#include "client/core/key_packages.h"
#include "client/core/log_sync.h"
#include "client/core/notices.h"
#include "client/core/outbox.h"
#include "client/core/paper_access.h"
#include "client/core/places.h"
#include "client/core/posts.h"
#include "client/core/re_entry.h"
#include "client/core/records.h"
#include "client/core/roots.h"
#include "client/core/roster_acts.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/statements.h"
#include "client/core/sync.h"
#include "client/core/texts.h"
#include "client/core/transfers.h"

namespace encuentro::client::core {
namespace {

// Groups and public states are written once an input, however many entries moved them.
void save_channels(CoreState& state) {
  for (auto& [id, channel] : state.channels) {
    if (channel->unsaved) store_channel(*state.vault, *channel);
    if (channel->member_unsaved) store_member(*state.vault, *channel);
    channel->unsaved = channel->member_unsaved = false;
  }
}

std::optional<Timestamp> next_wake(const CoreState& state) {
  std::optional<Timestamp> earliest;
  for (auto wake :
       {session_wake(state), logs_wake(state), roster_wake(state), hand_back_wake(state), statements_wake(state)}) {
    if (wake && (!earliest || *wake < *earliest)) earliest = wake;
  }
  return earliest;
}

Effects finish(CoreState& state) {
  if (!state.vault) return std::exchange(state.effects, {});
  advance(state);
  save_channels(state);
  state.effects.store = state.vault->take();
  state.effects.wake_at = next_wake(state);
  if (state.effects.disconnect) state.effects.send.clear();  // they were for the connection that ends
  return std::exchange(state.effects, {});
}

Status load_row(CoreState& state, std::string_view name, BytesView value) {
  if (name == "_identity") {
    TRY(auto identity, Identity::decode(value));
    state.identity = std::move(identity);
    return {};
  }
  if (name == "_re_entry") {
    TRY(state.re_entry, roster::PendingStatement::decode(value));
    return {};
  }
  if (name == "server") return load_server_past(state, value);
  if (name.starts_with("alarm/") || name.starts_with("aside/")) return load_alarm(state, name, value);
  if (name.starts_with("used/")) return load_used_package(state, value);
  if (name.starts_with("kp/")) return load_key_package(state, value);
  if (name.starts_with("draft/")) return load_draft(state, value);
  if (name.starts_with("transfer/")) return load_transfer(state, name, value);
  if (name.starts_with("text/")) return load_text(state, name, value);
  if (name.starts_with("roster/")) return load_roster_entry(state, value);
  if (!name.starts_with("ch/") || !state.identity) return fail(Code::malformed, "row name");
  constexpr std::size_t id_hex = 2 * ChannelId::bytes;
  Bytes id;
  std::string_view rest = name.substr(3);
  if (rest.size() < id_hex + 2 || !from_hex(rest.substr(0, id_hex), id)) return fail(Code::malformed, "row name");
  return load_channel_row(channel_for(state, ChannelId(id)), rest.substr(id_hex + 1), value);
}

// This program may be newer than the one that set records aside.
void reopen_unknown(CoreState& state) {
  auto is_unknown = [](const Record& record) { return record.reading == Reading::unknown; };
  for (auto& [id, channel] : state.channels) {
    if (std::any_of(channel->records.begin(), channel->records.end(), is_unknown)) open_closed_records(state, *channel);
  }
}

// What every command but entering needs.
bool has_entered(const CoreState& state) {
  return state.identity && state.identity->entered && !state.book.roster.empty();
}

struct Run {
  CoreState& state;
  std::uint32_t ticket;

  void operator()(const FoundNetwork& c) { found_network(state, ticket, c); }
  void operator()(const Join& c) { join_network(state, ticket, c); }
  void operator()(const AddCountry& c) { add_country(state, ticket, c); }
  void operator()(const Invite& c) { invite(state, ticket, c); }
  void operator()(const Confirm& c) { confirm(state, ticket, c); }
  void operator()(const AddDevice& c) { add_device(state, ticket, c); }
  void operator()(const RevokeDevice& c) { revoke_device(state, ticket, c); }
  void operator()(const RevokeMember& c) { revoke_member(state, ticket, c); }
  void operator()(const CreateChannel& c) { create_channel(state, ticket, c); }
  void operator()(const AddToChannel& c) { add_to_channel(state, ticket, c); }
  void operator()(const RemoveFromChannel& c) { remove_from_channel(state, ticket, c); }
  void operator()(const LeaveChannel& c) { leave_channel(state, ticket, c); }
  void operator()(const AcceptAdmission& c) { accept_admission(state, ticket, c); }
  void operator()(const Announce& c) { announce(state, ticket, c); }
  void operator()(const Send& c) { send_message(state, ticket, c); }
  void operator()(const Edit& c) { edit(state, ticket, c); }
  void operator()(const React& c) { react(state, ticket, c); }
  void operator()(const Mark& c) { mark(state, ticket, c); }
  void operator()(const Acknowledge& c) { acknowledge(state, ticket, c); }
  void operator()(const Withdraw& c) { withdraw(state, ticket, c); }
  void operator()(const SetTitle& c) { set_title(state, ticket, c); }
  void operator()(const Post& c) { post(state, ticket, c); }
  void operator()(const Sync&) { sync(state, ticket); }
  void operator()(const AllowTransfer& c) { allow_transfer(state, ticket, c); }
  void operator()(const KeepTransfer& c) { keep_transfer(state, ticket, c); }
  void operator()(const ForgetTransfer& c) { forget_transfer(state, ticket, c); }
  void operator()(const RestartChannel& c) { restart_channel(state, ticket, c); }
  void operator()(const EraseUploads& c) { erase_uploads(state, ticket, c); }
  void operator()(const ReadQuota&) { read_quota(state, ticket); }
  void operator()(const SetNotices& c) { set_notices(state, ticket, c); }
  void operator()(const ShowNotices&) { show_notices(state, ticket); }
  void operator()(const Retry& c) { retry(state, ticket, c); }
  void operator()(const Discard& c) { discard(state, ticket, c); }
  void operator()(const KeepDraft& c) { keep_draft(state, ticket, c); }
  void operator()(const PutAlarmAside& c) { put_alarm_aside(state, ticket, c); }
  void operator()(const MakeRootKey&) { make_root_key(state, ticket); }
  void operator()(const ProposeRoots& c) { propose_roots(state, ticket, c); }
  void operator()(const Approve& c) { approve(state, ticket, c); }
  void operator()(const SetCountryStatus& c) { set_country_status(state, ticket, c); }
  void operator()(const RevokeInvite& c) { revoke_invite(state, ticket, c); }
  void operator()(const Relieve& c) { relieve(state, ticket, c); }
  void operator()(const EndRole& c) { end_role(state, ticket, c); }
  void operator()(const AddSheet& c) { add_sheet(state, ticket, c); }
  void operator()(const MakeReEntryLink& c) { make_re_entry_link(state, ticket, c); }
  void operator()(const ConfirmReEntry& c) { confirm_re_entry(state, ticket, c); }
  void operator()(const KeepText& c) { keep_text(state, ticket, c); }
  void operator()(const SetServer& c) { set_server(state, ticket, c); }
};

}  // namespace

Core::Core(Random& random, Options options) : state_(std::make_unique<CoreState>()) {
  state_->random = &random;
  state_->options = options;
}
Core::~Core() = default;
Core::Core(Core&&) noexcept = default;
Core& Core::operator=(Core&&) noexcept = default;

Result<Effects> Core::create(BytesView passphrase, Timestamp now) {
  state_->now = now;
  TRY(Vault vault, Vault::create(passphrase, state_->options.passphrase_cost, *state_->random));
  state_->vault = std::move(vault);
  return finish(*state_);
}

namespace {

// `open` is given what takes each row, and gives the vault.
template <class Open>
Status load_vault(CoreState& state, Timestamp now, Open open) {
  state.now = now;
  auto each = [&](std::string_view name, BytesView value) { return load_row(state, name, value); };
  TRY(Vault vault, open(each));
  state.vault = std::move(vault);
  state.rolled_back = std::any_of(state.alarms.begin(), state.alarms.end(),
                                  [](const auto& kept) { return kept.second.alarm.code == Code::rolled_back; });
  state.effects = {};
  reopen_unknown(state);
  return {};
}

}  // namespace

Result<Effects> Core::open(std::vector<Row> rows, BytesView passphrase, Timestamp now) {
  TRY_OK(load_vault(*state_, now,
                    [&](const auto& each) { return Vault::open(std::move(rows), passphrase, *state_->random, each); }));
  return finish(*state_);
}

Result<Effects> Core::open_by_computer(std::vector<Row> rows, const ComputerSecret& secret, Timestamp now) {
  TRY_OK(load_vault(*state_, now, [&](const auto& each) {
    return Vault::open_by_computer(std::move(rows), secret, *state_->random, each);
  }));
  return finish(*state_);
}

Result<Effects> Core::keep_computer(BytesView passphrase, const ComputerKey& key, const ComputerSecret& secret) {
  TRY_OK(state_->vault->keep_computer(passphrase, key, secret));
  return finish(*state_);
}

Effects Core::forget_computer() {
  state_->vault->forget_computer();
  return finish(*state_);
}

Result<Effects> Core::change_passphrase(BytesView old_passphrase, BytesView new_passphrase) {
  TRY_OK(state_->vault->change_passphrase(old_passphrase, new_passphrase));
  return finish(*state_);
}

Effects Core::start(Timestamp now) {
  state_->now = now;
  connect(*state_);
  return finish(*state_);
}

Effects Core::on_connected(const api::ExporterValue& exporter, Timestamp now) {
  state_->now = now;
  connection_opened(*state_, exporter);
  return finish(*state_);
}

Effects Core::on_disconnected(const Error& why, Timestamp now) {
  state_->now = now;
  connection_ended(*state_, why);
  return finish(*state_);
}

Effects Core::on_frame(BytesView frame, Timestamp now) {
  state_->now = now;
  frame_received(*state_, frame);
  return finish(*state_);
}

Effects Core::on_time(Timestamp now) {
  state_->now = now;
  session_time(*state_);
  return finish(*state_);
}

Effects Core::on_transfer(std::uint32_t number, const Result<Bytes>& answer, Timestamp now) {
  state_->now = now;
  auto found = state_->transfers.find(number);
  if (found != state_->transfers.end()) {
    auto on_answer = std::move(found->second);
    state_->transfers.erase(found);
    on_answer(*state_, answer);
  }
  return finish(*state_);
}

Effects Core::run(std::uint32_t ticket, Command command, Timestamp now) {
  CoreState& state = *state_;
  state.now = now;
  bool entering = std::holds_alternative<FoundNetwork>(command) || std::holds_alternative<Join>(command);
  if (state.rolled_back) {
    failed(state, ticket, {Code::rolled_back, "S5", 0, 0});
  } else if (state.re_entry && std::holds_alternative<Sync>(command)) {
    sync(state, ticket);  // done once two people have confirmed
  } else if (!entering && !has_entered(state)) {
    failed(state, ticket, state.re_entry ? Error{Code::provisional, "E8", 0, 0} : Error{Code::no_profile, "", 0, 0});
  } else {
    std::visit(Run{state, ticket}, command);
  }
  return finish(state);
}

}  // namespace encuentro::client::core
