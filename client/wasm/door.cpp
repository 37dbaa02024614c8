#include "client/wasm/door.h"

#include <algorithm>

#include "client/core/wordlist.h"
#include "protocol/roster/link.h"

namespace encuentro::client::wasm {
namespace {

using core::encode_fields;

core::Effects put_in(core::Core& core, const Start& input) { return core.start(input.now); }
core::Effects put_in(core::Core& core, const Connected& input) { return core.on_connected({}, input.now); }
core::Effects put_in(core::Core& core, const Disconnected& input) {
  return core.on_disconnected(Error{Code::unreachable}, input.now);
}
core::Effects put_in(core::Core& core, const Frame& input) { return core.on_frame(input.bytes, input.now); }
core::Effects put_in(core::Core& core, const Wake& input) { return core.on_time(input.now); }
core::Effects put_in(core::Core& core, TransferDone& input) {
  Result<Bytes> answer = input.body ? Result<Bytes>(std::move(*input.body)) : fail(input.why);
  return core.on_transfer(input.number, answer, input.now);
}
core::Effects put_in(core::Core& core, Run& input) {
  return core.run(input.ticket, std::move(input.command), input.now);
}

SecretBytes secret_of(std::string_view passphrase) {
  std::string normal = core::normalized_passphrase(passphrase);
  SecretBytes secret(as_bytes(normal));
  wipe(normal.data(), normal.size());
  return secret;
}

constexpr std::size_t credential_bytes_max = 1023;  // WebAuthn's bound of an id

// Wipes what it was told.
Result<core::ComputerSecret> computer_secret(Bytes& told) {
  if (told.size() != core::ComputerSecret::bytes) return fail(Code::malformed, "secret");
  core::ComputerSecret secret{BytesView(told)};
  wipe(told.data(), told.size());
  return secret;
}

template <class T>
Result<Bytes> encoded(const Result<T>& answer) {
  if (!answer) return std::unexpected(answer.error());
  return encode_fields(*answer);
}

// Whether what there is to search may be another now.
bool brought_something(const core::Effects& effects) {
  return std::any_of(effects.show.begin(), effects.show.end(), [](const core::Event& event) {
    return std::holds_alternative<core::RecordRead>(event) || std::holds_alternative<core::OutboxChanged>(event) ||
           std::holds_alternative<core::RosterChanged>(event) || std::holds_alternative<core::ChannelUpdated>(event);
  });
}

}  // namespace

Result<Bytes> Door::handle(CreateProfile& call) {
  core::Core fresh(*random_, options_);
  TRY(core::Effects effects, fresh.create(secret_of(call.passphrase).view(), call.now));
  search_.reset();
  core_ = std::move(fresh);
  return encode_fields(effects);
}

Result<Bytes> Door::handle(OpenProfile& call) {
  core::Core fresh(*random_, options_);
  TRY(core::Effects effects, fresh.open(std::move(call.rows), secret_of(call.passphrase).view(), call.now));
  search_.reset();
  core_ = std::move(fresh);
  return encode_fields(effects);
}

Result<Bytes> Door::handle(ChangePassphrase& call) {
  if (!core_) return fail(Code::no_profile);
  TRY(core::Effects effects,
      core_->change_passphrase(secret_of(call.old_passphrase).view(), secret_of(call.new_passphrase).view()));
  return encode_fields(effects);
}

Result<Bytes> Door::handle(OpenByComputer& call) {
  TRY(core::ComputerSecret secret, computer_secret(call.secret));
  core::Core fresh(*random_, options_);
  TRY(core::Effects effects, fresh.open_by_computer(std::move(call.rows), secret, call.now));
  search_.reset();
  core_ = std::move(fresh);
  return encode_fields(effects);
}

Result<Bytes> Door::handle(KeepComputer& call) {
  if (!core_) return fail(Code::no_profile);
  TRY(core::ComputerSecret secret, computer_secret(call.secret));
  if (call.credential.empty() || call.credential.size() > credential_bytes_max)
    return fail(Code::malformed, "credential");
  TRY(core::Effects effects,
      core_->keep_computer(secret_of(call.passphrase).view(), {std::move(call.credential), call.salt}, secret));
  return encode_fields(effects);
}

Result<Bytes> Door::handle(ForgetComputer&) {
  if (!core_) return fail(Code::no_profile);
  return encode_fields(core_->forget_computer());
}

Result<Bytes> Door::handle(Look& call) {
  if (!core_) return fail(Code::no_profile);
  const auto* sought = std::get_if<views::AskSearch>(&call.question);
  if (sought == nullptr || !core_->has_identity()) return views::answer(*core_, call.question);
  if (!search_) search_.emplace(*core_);
  return encode_fields(views::findings(*core_, *search_, *sought));
}

Result<Bytes> Door::handle(ProposePassphrase&) {
  std::array<std::uint8_t, (core::passphrase_words * core::word_bits + 7) / 8> bytes;
  random_->fill(bytes);
  return encode_fields(core::words_for(bytes, core::passphrase_words));
}

Result<Bytes> Door::handle(NormalPassphrase& call) { return encode_fields(core::normalized_passphrase(call.typed)); }

Result<Bytes> Door::handle(ReadLink& call) {
  TRY(roster::InviteLink link, roster::InviteLink::parse(call.link));
  std::string words = core::words_for(link.fingerprint.view(), views::fingerprint_words);
  return encode_fields(LinkRead{link.network_name, link.address, words, link.purpose});
}

Result<Bytes> Door::handle(RunAct& call) {
  if (!core_) return fail(Code::no_profile);
  TRY(core::Post post, post_of(call.act, files_, call.now, call.zone));
  return carried(core_->run(call.ticket, std::move(post), call.now));
}

Result<Bytes> Door::handle(BeginUpload& call) { return encoded(files_.begin(call, *random_)); }
Result<Bytes> Door::handle(MeasureChunk& call) {
  TRY_OK(files_.measure(call));
  return encode_fields(Bytes());
}
Result<Bytes> Door::handle(EndMeasure& call) { return encoded(files_.end_measure(call)); }
Result<Bytes> Door::handle(ResumeUpload& call) {
  if (!core_) return fail(Code::no_profile);
  return encoded(files_.resume(call, *core_));
}
Result<Bytes> Door::handle(SealChunk& call) { return encoded(files_.seal(call)); }
Result<Bytes> Door::handle(ChunkThrough& call) { return encoded(files_.through(call)); }
Result<Bytes> Door::handle(SealList& call) { return encoded(files_.seal_list(call)); }
Result<Bytes> Door::handle(BeginDownload& call) {
  if (!core_) return fail(Code::no_profile);
  return encoded(files_.begin(call, *core_));
}
Result<Bytes> Door::handle(OpenList& call) { return encoded(files_.open_list(call)); }
Result<Bytes> Door::handle(OpenChunk& call) { return encoded(files_.open(call)); }

template <class Input>
Result<Bytes> Door::handle(Input& input) {
  if (!core_) return fail(Code::no_profile);
  return carried(put_in(*core_, input));
}

Bytes Door::carried(const core::Effects& effects) {
  noticed(effects);
  return encode_fields(effects);
}

void Door::noticed(const core::Effects& effects) {
  if (brought_something(effects)) search_.reset();
}

Result<Bytes> Door::answer(Call& call) {
  return std::visit([&](auto& known) { return handle(known); }, call);
}

void Door::shut() {
  search_.reset();
  core_.reset();
  files_ = Files();
}

Bytes Door::call(BytesView encoded) {
  auto call = core::decode_fields<Call>(encoded);
  return as_told(call ? answer(*call) : Result<Bytes>(std::unexpected(call.error())));
}

Bytes as_told(const Result<Bytes>& answer) {
  Bytes out{static_cast<std::uint8_t>(answer.has_value())};
  if (!answer) {
    const Error& why = answer.error();
    const Bytes failure = encode_fields(core::Failure{why.code, why.rule, why.expected, why.got});
    out.insert(out.end(), failure.begin(), failure.end());
    return out;
  }
  out.insert(out.end(), answer->begin(), answer->end());
  return out;
}

}  // namespace encuentro::client::wasm
