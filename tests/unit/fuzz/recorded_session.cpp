#include "tests/unit/fuzz/recorded_session.h"

namespace encuentro::tests {

using namespace client;
namespace service = server::service;

namespace {

constexpr int steps_max = 10'000;

}  // namespace

RecordedSession::RecordedSession() : spki_(random_.id<Hash32>()) {
  service::Ports ports{
      store_, store_, random_, *this, [this](auto work) { work_.push_back(std::move(work)); }, [this] { return now_; }};
  service::Options options;
  options.spki = spki_;
  service_ = std::make_unique<service::Service>(ports, options);
  service_->load([](Result<void> loaded) { REQUIRE(loaded.has_value()); });
  settle();
  put(wasm::Start{now_});
}

void RecordedSession::put(wasm::Call call) {
  const Bytes encoded = core::encode_fields(call);
  codec::Writer w;
  w.u32(static_cast<std::uint32_t>(encoded.size()));
  w.raw(encoded);
  const Bytes framed = w.take();
  script_.insert(script_.end(), framed.begin(), framed.end());
  const bool look = std::holds_alternative<wasm::Look>(call);
  const Bytes answer = door_.call(encoded);
  REQUIRE(answer.front() == 1);
  if (look) return;
  auto effects = core::decode_fields<core::Effects>(BytesView(answer).subspan(1));
  REQUIRE(effects.has_value());
  carry_out(std::move(*effects));
}

void RecordedSession::carry_out(core::Effects effects) {
  opened_.reset();
  wake_at_ = effects.wake_at;
  for (Bytes& frame : effects.send) {
    work_.push_back([this, frame = std::move(frame)] { service_->on_frame(caller_, frame); });
  }
  for (const core::Event& event : effects.show) {
    if (std::holds_alternative<core::Failed>(event) || std::holds_alternative<core::Alarm>(event)) ++failures_;
    const auto* done = std::get_if<core::Done>(&event);
    const auto* link = done == nullptr ? nullptr : std::get_if<core::Invited>(&done->outcome);
    if (link != nullptr) invited_ = link->link;
  }
  for (const core::Transfer& one : effects.transfers) transfer(one);
  if (effects.connect) {
    work_.push_back([this] {
      service_->on_open(caller_, {true, {}});
      put(wasm::Connected{now_});
    });
  }
}

void RecordedSession::transfer(const core::Transfer& transfer) {
  constexpr std::string_view blob_path = "/v1/blob/";
  Bytes hash;
  REQUIRE(transfer.path.starts_with(blob_path));
  REQUIRE(from_hex(std::string_view(transfer.path).substr(blob_path.size()), hash));
  auto answer = [this, number = transfer.number](std::optional<Bytes> body, Code why) {
    work_.push_back([this, number, body = std::move(body), why] { put(wasm::TransferDone{number, body, why, now_}); });
  };
  service::Service::Transfer asked{std::nullopt, BlobId(hash), transfer.token, transfer.body.size()};
  if (transfer.put) {
    return service_->put(asked, transfer.body, [answer](Status status) {
      answer(status ? std::optional<Bytes>(Bytes()) : std::nullopt, status ? Code::none : status.error().code);
    });
  }
  service_->get(asked, [answer](Result<Bytes> bytes) {
    if (bytes) return answer(std::move(*bytes), Code::none);
    answer(std::nullopt, bytes.error().code);
  });
}

void RecordedSession::settle() {
  const Timestamp until = now_ + seconds(20);
  for (int i = 0; i < steps_max; ++i) {
    if (!work_.empty()) {
      auto work = std::move(work_.front());
      work_.pop_front();
      work();
    } else if (!to_client_.empty()) {
      const Bytes frame = std::move(to_client_.front());
      to_client_.pop_front();
      put(wasm::Frame{frame, now_});
    } else if (wake_at_ && *wake_at_ <= until) {
      now_ = std::max(now_, *wake_at_);
      wake_at_.reset();
      put(wasm::Wake{now_});
    } else {
      return;
    }
  }
  FAIL("the session doesn't come to rest");
}

void RecordedSession::found() {
  run(core::FoundNetwork{"localhost:8443", spki_, "Red de prueba", {"Secretaria", "", ""}, "portátil", ""});
}

void RecordedSession::run(core::Command command) {
  put(wasm::Run{++ticket_, std::move(command), now_});
  settle();
}

void RecordedSession::look() {
  for (const views::Question& question :
       {views::Question(views::AskSelf{}), views::Question(views::AskChannels{}), views::Question(views::AskBoards{}),
        views::Question(views::AskDirectory{}), views::Question(views::AskAlarms{})}) {
    put(wasm::Look{question});
  }
}

const core::Core& RecordedSession::opened() const {
  if (opened_) return *opened_;
  core::Options options;
  options.online = false;
  opened_ = std::make_unique<core::Core>(opening_random_, options);
  REQUIRE(opened_->open(door_.rows(), as_bytes(door_.passphrase()), now_).has_value());
  return *opened_;
}

}  // namespace encuentro::tests
