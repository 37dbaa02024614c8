#include "fuzz/door_session.h"

#include "client/core/wordlist.h"

namespace encuentro::fuzz {

using namespace client;

namespace {

constexpr std::size_t call_bytes_max = 1u << 20;

core::Options options() {
  core::Options options;
  options.passphrase_cost = {1, 8};
  return options;
}

void tame(Timestamp& time) { time.ms &= (std::int64_t{1} << 42) - 1; }

// A spoken code costs a fifth of a second by design, and a profile from elsewhere what its first row says.
bool slow(const wasm::Call& call) {
  if (std::holds_alternative<wasm::OpenProfile>(call) || std::holds_alternative<wasm::OpenByComputer>(call))
    return true;
  const auto* run = std::get_if<wasm::Run>(&call);
  if (run == nullptr) return false;
  if (const auto* join = std::get_if<core::Join>(&run->command)) return !join->code.empty();
  if (const auto* invite = std::get_if<core::Invite>(&run->command)) return invite->with_code;
  const auto* device = std::get_if<core::AddDevice>(&run->command);
  return device != nullptr && device->with_code;
}

bool answers_effects(const wasm::Call& call) {
  return call.index() < 10 || std::holds_alternative<wasm::RunAct>(call) ||
         std::holds_alternative<wasm::KeepComputer>(call) || std::holds_alternative<wasm::ForgetComputer>(call);
}

}  // namespace

DoorSession::DoorSession() : door_(random_, options()) {
  (void)call(core::encode_fields(wasm::Call(wasm::CreateProfile{"seis palabras para la prueba", session_start})));
}

void DoorSession::keep(const core::Effects& effects) {
  for (const core::Row& row : effects.store.puts) rows_[row.name] = row.value;
  for (const Bytes& name : effects.store.erases) rows_.erase(name);
}

Bytes DoorSession::call(BytesView encoded) {
  auto call = core::decode_fields<wasm::Call>(encoded);
  if (!call) return door_.call(encoded);
  if (slow(*call)) return {};
  std::visit(
      [](auto& known) {
        if constexpr (requires { known.now; }) tame(known.now);
      },
      *call);
  Bytes answer = door_.call(core::encode_fields(*call));
  ENC_CHECK(!answer.empty());
  if (answer.front() == 0) {
    ENC_CHECK(core::decode_fields<core::Failure>(BytesView(answer).subspan(1)).has_value());
    return answer;
  }
  if (const auto* created = std::get_if<wasm::CreateProfile>(&*call)) {
    rows_.clear();
    passphrase_ = created->passphrase;
  }
  if (const auto* changed = std::get_if<wasm::ChangePassphrase>(&*call)) passphrase_ = changed->new_passphrase;
  if (!answers_effects(*call)) return answer;
  auto effects = core::decode_fields<core::Effects>(BytesView(answer).subspan(1));
  ENC_CHECK(effects.has_value());
  keep(*effects);
  return answer;
}

void DoorSession::run(BytesView script) {
  codec::Reader r(script);
  while (!r.at_end()) {
    auto length = r.u32();
    if (!length || *length > call_bytes_max) return;
    auto encoded = r.raw(*length);
    if (!encoded) return;
    (void)call(*encoded);
  }
}

std::vector<core::Row> DoorSession::rows() const {
  std::vector<core::Row> rows;
  for (const auto& [name, value] : rows_) rows.push_back({name, value});
  return rows;
}

std::string DoorSession::passphrase() const { return core::normalized_passphrase(passphrase_); }

bool DoorSession::opens_again() const {
  tests::SeededRandom random(2);
  wasm::Door door(random, options());
  wasm::OpenProfile open{rows(), passphrase_, session_start};
  const Bytes answer = door.call(core::encode_fields(wasm::Call(std::move(open))));
  return answer.front() == 1;
}

}  // namespace encuentro::fuzz
