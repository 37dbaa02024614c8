#include "client/cli/ui/keeper.h"

#include "client/cli/clock.h"
#include "client/cli/evidence.h"
#include "client/cli/new_passphrase.h"
#include "client/cli/profile/lock.h"
#include "client/cli/profile/store.h"

namespace encuentro::client::cli::ui {

namespace fs = std::filesystem;

struct Keeper::Open {
  profile::Lock lock;
  profile::Store store;
};

namespace {

constexpr Duration lock_wait = seconds(20);
constexpr Duration unnoticed = seconds(1);  // a short verb beside the page

SecretBytes secret_of(const std::string& typed) { return canonical_passphrase(SecretBytes(as_bytes(typed))); }

Bytes nothing() { return core::encode_fields(Bytes()); }

// Of CreateProfile and OpenProfile; null: neither.
std::string* passphrase_of(wasm::Call& call) {
  if (auto* create = std::get_if<wasm::CreateProfile>(&call)) return &create->passphrase;
  if (auto* open = std::get_if<wasm::OpenProfile>(&call)) return &open->passphrase;
  return nullptr;
}

// A second way to unlock is a browser's: here the profile is the command's, which asks for the passphrase.
bool is_browsers_own(const wasm::Call& call) {
  return std::holds_alternative<wasm::OpenByComputer>(call) || std::holds_alternative<wasm::KeepComputer>(call) ||
         std::holds_alternative<wasm::ForgetComputer>(call);
}

bool is_edges_own(const wasm::Call& call) {
  return std::holds_alternative<wasm::Start>(call) || std::holds_alternative<wasm::Connected>(call) ||
         std::holds_alternative<wasm::Disconnected>(call) || std::holds_alternative<wasm::Frame>(call) ||
         std::holds_alternative<wasm::Wake>(call) || std::holds_alternative<wasm::TransferDone>(call);
}

// The command's clock counts, not the page's.
void set_time(wasm::Call& call) {
  std::visit(
      [](auto& known) {
        if constexpr (requires { known.now; }) known.now = now();
      },
      call);
}

std::optional<std::uint32_t> ticket_of(const wasm::Call& call) {
  if (const auto* run = std::get_if<wasm::Run>(&call)) return run->ticket;
  if (const auto* act = std::get_if<wasm::RunAct>(&call)) return act->ticket;
  return std::nullopt;
}

}  // namespace

Keeper::Keeper(const Globals& globals, Output& output, Random& random, Outside& outside, core::Options options)
    : globals_(globals), output_(output), outside_(outside), door_(random, options) {}
Keeper::~Keeper() = default;

void Keeper::page_entered(const std::string& way_back) {
  lock_up();
  inside_ = true;
  outside_.tell(Welcome{way_back});
  stand(standing());
}

void Keeper::page_left() {
  inside_ = false;
  lock_up();
}

void Keeper::page_said(BytesView message) {
  auto said = core::decode_fields<FromPage>(message);
  // A page of another version: what it wants can't be known, and it waits for no answer that it could read.
  if (!said) return;
  if (pending_ && !std::holds_alternative<LockUp>(*said)) return waiting_.push_back(std::move(*said));
  std::visit([&](auto& known) { handle(known); }, *said);
}

void Keeper::answer(std::uint32_t id, const Result<Bytes>& answer) {
  outside_.tell(Answered{id, wasm::as_told(answer)});
}

void Keeper::handle(Hello&) {}  // the listener's; a second one means nothing

void Keeper::handle(CallCore& said) {
  auto read = core::decode_fields<wasm::Call>(said.call);
  wipe(said.call.data(), said.call.size());  // it may hold a passphrase
  if (!read) return answer(said.id, std::unexpected(read.error()));
  if (passphrase_of(*read) == nullptr) return answer(said.id, call(*read));
  if (auto begun = begin(said.id, *read)) answer(said.id, *begun);
}

void Keeper::handle(MovePiece& said) {
  if (door_.core() == nullptr) return answer(said.id, fail(Code::locked));
  ++moving_;
  auto done = [this, id = said.id, opening = opening_](const Result<Bytes>& moved) {
    if (opening != opening_) return;
    --moving_;
    Code code = moved ? Code::none : moved.error().code;
    // What may pass by itself is one word to the page, as a failed fetch is.
    bool passes = code == Code::overloaded || code == Code::too_many || code == Code::storage_failed;
    if (passes) return answer(id, fail(Code::unreachable));
    answer(id, moved ? Result<Bytes>(core::encode_fields(*moved)) : moved);
  };
  outside_.move(endpoint_, {said.channel, said.blob}, std::move(said.token), std::move(said.body), std::move(done));
}

void Keeper::handle(SetAside& said) {
  auto done = put_aside();
  answer(said.id, done ? Result<Bytes>(nothing()) : std::unexpected(done.error()));
  stand(standing());
}

void Keeper::handle(LockUp&) {
  lock_up();
  stand(standing());
}

Result<Bytes> Keeper::call(wasm::Call& call) {
  if (is_edges_own(call) || is_browsers_own(call)) return fail(Code::not_allowed);
  set_time(call);
  auto ticket = ticket_of(call);
  auto* change = std::get_if<wasm::ChangePassphrase>(&call);
  bool effects_come = ticket || change != nullptr;
  if (ticket) tickets_.insert(*ticket);
  auto answered = door_.answer(call);
  if (!answered && ticket) tickets_.erase(*ticket);
  if (!answered || !effects_come) return answered;
  if (change != nullptr) passphrase_ = secret_of(change->new_passphrase);
  TRY(core::Effects effects, core::decode_fields<core::Effects>(*answered));
  carry(std::move(effects));
  return nothing();
}

std::optional<Result<Bytes>> Keeper::begin(std::uint32_t id, wasm::Call& call) {
  lock_up();
  bool fresh = std::holds_alternative<wasm::CreateProfile>(call);
  if (!fresh && standing() == Stage::empty) return fail(Code::no_profile);
  auto lock = profile::Lock::take(globals_.home, Duration{0});
  if (lock) return open_with(std::move(*lock), call);
  if (lock.error().code != Code::locked) return std::unexpected(lock.error());
  pending_ = Pending{id, std::move(call), now(), true};
  stand(Stage::held);
  output_.say("ui.held");
  outside_.take_profile(++attempt_, false);
  return std::nullopt;
}

void Keeper::profile_taken(std::uint64_t number, Result<profile::Lock> lock) {
  if (number != attempt_ || !pending_) return;
  Pending pending = std::move(*pending_);
  pending_.reset();
  auto opened = lock ? open_with(std::move(*lock), pending.call) : std::unexpected(lock.error());
  if (pending.id) answer(*pending.id, opened);
  if (!opened && pending.id) stand(standing());
  if (!opened && !pending.id) stop_with(opened.error());
  hear_waiting();
}

void Keeper::hear_waiting() {
  for (FromPage& said : std::exchange(waiting_, {})) std::visit([&](auto& known) { handle(known); }, said);
}

Status Keeper::read_rows(Open& open, wasm::Call& call) const {
  bool empty = true;
  auto* opening = std::get_if<wasm::OpenProfile>(&call);
  if (opening != nullptr) opening->rows.clear();
  TRY_OK(open.store.scan({}, [&](BytesView name, BytesView value) {
    empty = false;
    if (opening != nullptr) opening->rows.push_back({to_bytes(name), to_bytes(value)});
    return opening != nullptr;
  }));
  if (opening == nullptr && !empty) return fail(Code::already_exists, "profile");
  if (opening != nullptr && empty) return fail(Code::no_profile);
  return {};
}

Result<Bytes> Keeper::open_with(profile::Lock lock, wasm::Call& call) {
  TRY(profile::Store store, profile::Store::open(globals_.home / "store"));
  Open open{std::move(lock), std::move(store)};
  set_time(call);
  TRY_OK(read_rows(open, call));
  TRY(Bytes answered, door_.answer(call));
  TRY(core::Effects effects, core::decode_fields<core::Effects>(answered));
  std::string& passphrase = *passphrase_of(call);
  passphrase_ = secret_of(passphrase);
  wipe(passphrase.data(), passphrase.size());
  open_ = std::make_unique<Open>(std::move(open));
  ++opening_;
  carry(std::move(effects));
  if (open_ != nullptr && !globals_.offline) carry(door_.core()->start(now()));
  if (open_ == nullptr) return fail(Code::storage_failed);
  stand(Stage::open);
  return nothing();
}

// Whoever forgot the passphrase may remember it: nothing is erased.
Status Keeper::put_aside() {
  lock_up();
  TRY(profile::Lock lock, profile::Lock::take(globals_.home, lock_wait));
  const std::string name = "store.aside-" + std::to_string(now().ms);
  for (const char* part : {"-wal", "-shm", ""}) {
    fs::path from = globals_.home / (std::string("store") + part);
    std::error_code failed;
    if (!fs::exists(from, failed)) continue;
    fs::rename(from, globals_.home / (name + part), failed);
    if (failed) return fail(Code::storage_failed, "profile");
  }
  return {};
}

void Keeper::lock_up() {
  if (open_ != nullptr) outside_.disconnect();
  door_.shut();
  open_.reset();
  passphrase_.reset();
  pending_.reset();
  waiting_.clear();
  ++attempt_;
  tickets_.clear();
  wake_at_.reset();
  moving_ = 0;
  ++line_;
  ++opening_;
}

void Keeper::stand(Stage stage) {
  if (inside_) outside_.tell(Staged{stage});
}

Stage Keeper::standing() const {
  if (open_ != nullptr) return Stage::open;
  std::error_code ignored;
  return fs::exists(globals_.home / "store", ignored) ? Stage::locked : Stage::empty;
}

void Keeper::stop_with(const Error& why) {
  output_.error(why);
  lock_up();
  stand(why.code == Code::storage_full ? Stage::full : Stage::stopped);
}

// In the order of client/core/effects.h; if the store fails nothing of it leaves, and the core is given up.
void Keeper::carry(core::Effects effects) {
  if (open_ == nullptr) return;
  door_.noticed(effects);
  if (auto kept = keep(effects.store); !kept) return stop_with(kept.error());
  for (Bytes& frame : effects.send) outside_.send(std::move(frame));
  for (const core::Transfer& transfer : effects.transfers) start_transfer(transfer);
  for (const core::Event& event : effects.show) show(event);
  if (effects.disconnect) {
    ++line_;
    outside_.disconnect();
  }
  if (effects.wake_at) wake_at_ = effects.wake_at;
  if (effects.connect) connect(*effects.connect);
}

Status Keeper::keep(const core::Transaction& transaction) {
  std::vector<profile::Change> changes;
  changes.reserve(transaction.puts.size() + transaction.erases.size());
  for (const core::Row& row : transaction.puts) changes.push_back({row.name, row.value});
  for (const Bytes& name : transaction.erases) changes.push_back({name, std::nullopt});
  return open_->store.commit(changes);
}

void Keeper::show(const core::Event& event) {
  if (const auto* done = std::get_if<core::Done>(&event)) tickets_.erase(done->ticket);
  if (const auto* failed = std::get_if<core::Failed>(&event)) tickets_.erase(failed->ticket);
  // Kept as a file; the page is what says it.
  if (const auto* alarm = std::get_if<core::Alarm>(&event)) {
    keep_evidence(globals_.home, *alarm, evidence_of(*alarm, *door_.core()));
  }
  outside_.tell(Happened{event});
}

void Keeper::connect(const core::ConnectTo& to) {
  auto endpoint = net::parse_endpoint("wss://" + to.address);
  if (!endpoint) return carry(disconnected(endpoint.error()));
  endpoint->spki = to.spki;
  endpoint_ = *endpoint;
  outside_.connect(++line_, endpoint_);
}

void Keeper::start_transfer(const core::Transfer& transfer) {
  auto done = [this, number = transfer.number, opening = opening_](const Result<Bytes>& answer) {
    if (opening == opening_ && open_ != nullptr) carry(door_.core()->on_transfer(number, answer, now()));
  };
  auto address = net::parse_transfer_path(transfer.path);
  if (!address) return done(std::unexpected(address.error()));
  std::optional<Bytes> body;
  if (transfer.put) body = transfer.body;
  outside_.move(endpoint_, *address, transfer.token, std::move(body), std::move(done));
}

core::Effects Keeper::disconnected(const Error& why) { return door_.core()->on_disconnected(why, now()); }

void Keeper::line_opened(std::uint64_t number, const api::ExporterValue& exporter) {
  if (number != line_ || open_ == nullptr) return;
  // Long polling has no exporter (client/cli/net/connection.h).
  outside_.tell(Lined{exporter == api::ExporterValue{} ? Way::polling : Way::socket});
  carry(door_.core()->on_connected(exporter, now()));
}

void Keeper::line_received(std::uint64_t number, BytesView frame) {
  if (number == line_ && open_ != nullptr) carry(door_.core()->on_frame(frame, now()));
}

void Keeper::line_gone(std::uint64_t number, const Error& why) {
  if (number == line_ && open_ != nullptr) carry(disconnected(why));
}

void Keeper::on_time() {
  if (pending_ && !pending_->told && pending_->since + unnoticed <= now()) {
    pending_->told = true;
    stand(Stage::held);
    output_.say("ui.held");
  }
  if (open_ == nullptr) return;
  if (wake_at_ && *wake_at_ <= now()) {
    wake_at_.reset();
    carry(door_.core()->on_time(now()));
  }
  bool idle = tickets_.empty() && moving_ == 0;
  if (open_ != nullptr && idle && open_->lock.wanted()) give_way();
}

// As `watch` does: all is closed while the other works, and opened again with the passphrase once given.
void Keeper::give_way() {
  wasm::Call again = wasm::OpenProfile{{}, std::string(as_text(passphrase_->view())), now()};
  lock_up();
  pending_ = Pending{std::nullopt, std::move(again), now(), false};
  outside_.take_profile(++attempt_, true);
}

}  // namespace encuentro::client::cli::ui
