#include "server/net/send_queue.h"

#include <utility>

namespace encuentro::server::net {

namespace {

constexpr std::uint8_t final_close = 0x88, final_ping = 0x89, final_pong = 0x8a;
constexpr std::size_t kept_capacity = 8;  // an idle connection holds no more places than this

void append(Bytes& out, BytesView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

}  // namespace

void SendQueue::push(SharedFrame frame) {
  bytes_ += frame->wire().size();
  frames_.push_back(std::move(frame));
}

void SendQueue::push_ping() { ping_ = true; }

void SendQueue::push_pong(BytesView payload) {
  ENC_CHECK(payload.size() <= 125);
  pong_ = {final_pong, static_cast<std::uint8_t>(payload.size())};
  append(pong_, payload);
}

void SendQueue::push_close(CloseReason reason) {
  if (!close_.empty()) return;
  const auto code = static_cast<std::uint16_t>(reason);
  close_ = {final_close, 2, static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)};
}

std::size_t SendQueue::take(std::size_t bytes_max, Bytes& out) {
  if (!pong_.empty()) append(out, std::exchange(pong_, {}));
  if (std::exchange(ping_, false)) append(out, Bytes{final_ping, 0});

  std::size_t taken = 0;
  while (next_ < frames_.size()) {
    const BytesView wire = frames_[next_]->wire();
    if (taken > 0 && out.size() + wire.size() > bytes_max) return taken;
    append(out, wire);
    bytes_ -= wire.size();
    frames_[next_++] = nullptr;
    ++taken;
  }
  next_ = 0;
  frames_.clear();
  if (frames_.capacity() > kept_capacity) frames_ = std::vector<SharedFrame>();
  append(out, std::exchange(close_, {}));
  return taken;
}

void SendQueue::clear() {
  frames_ = std::vector<SharedFrame>();
  next_ = bytes_ = 0;
  ping_ = false;
  pong_ = Bytes();
  close_ = Bytes();
}

}  // namespace encuentro::server::net
