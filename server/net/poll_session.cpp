#include "server/net/poll_session.h"

#include <boost/asio/dispatch.hpp>

namespace encuentro::server::net {

namespace {

constexpr std::size_t batch_bytes = 64 * limits::KiB;

void append_message(Bytes& out, BytesView message) {
  const auto size = static_cast<std::uint32_t>(message.size());
  for (const unsigned shift : {24u, 16u, 8u, 0u}) out.push_back(static_cast<std::uint8_t>(size >> shift));
  out.insert(out.end(), message.begin(), message.end());
}

}  // namespace

PollSession::PollSession(Surroundings& around, Executor executor, const SessionInfo& info)
    : around_(around),
      executor_(executor),
      info_(info),
      message_bytes_max_(limits::frame_before_login_bytes_max),
      arrived_(executor),
      heard_(steady_now()) {}

void PollSession::begin() {
  const SessionRef ref(weak_from_this(), info_.id);
  around_.note(Event::session_opened, info_.id);
  handler_ = around_.doors.sessions();
  around_.hub.add(ref);
  handler_->on_open(ref, info_);
}

void PollSession::end() {
  if (std::exchange(ended_, true)) return;
  closing_ = true;
  around_.hub.remove(info_.id);
  handler_->on_closed();
  handler_.reset();
  queue_.clear();
  queue_bytes_ = 0;
  arrived_.notify();
  around_.note(Event::session_closed, info_.id);
}

bool PollSession::take(BytesView message) {
  heard_ = steady_now();
  if (closing_) return true;  // read and forgotten, as the other side will learn
  if (over(1)) return false;
  handler_->on_frame(message);
  return true;
}

Task<std::optional<Bytes>> PollSession::next(std::shared_ptr<PollSession> self) {
  self->heard_ = steady_now();
  if (self->queue_.empty() && !self->closing_) {
    self->waiting_ = true;
    self->waiting_since_ = self->heard_;
    co_await self->arrived_.wait();
    self->waiting_ = false;
  }
  if (self->ended_ || (self->closing_ && self->queue_.empty())) co_return std::nullopt;
  co_return self->take_queued();
}

Bytes PollSession::take_queued() {
  Bytes out;
  while (!queue_.empty()) {
    const BytesView message = queue_.front()->payload();
    if (!out.empty() && out.size() + message.size() > batch_bytes) return out;
    append_message(out, message);
    queue_bytes_ -= queue_.front()->wire().size();
    queue_.pop_front();
  }
  if (std::exchange(overflowed_, false) && !closing_) handler_->on_drained();
  return out;
}

bool PollSession::check(Timestamp now) {
  const Deadlines& deadlines = around_.options.deadlines;
  if (waiting_) {
    if (now - waiting_since_ > deadlines.ping_after) arrived_.notify();
    return true;
  }
  if (closing_) return now - closing_since_ <= deadlines.drain;
  if (now - heard_ <= deadlines.silent) return true;
  around_.note(Event::silent, info_.id);
  return false;
}

bool PollSession::over(std::size_t times) const {
  const Caps& caps = around_.options.caps;
  return queue_bytes_ > times * caps.queue_bytes || queue_.size() > times * caps.queue_frames;
}

void PollSession::push(const SharedFrame& frame) {
  queue_bytes_ += frame->wire().size();
  queue_.push_back(frame);
  arrived_.notify();
}

void PollSession::send(SharedFrame frame) {
  if (closing_) return;
  push(frame);
  if (!over(2)) return;
  around_.note(Event::overflow, info_.id);
  queue_.clear();
  queue_bytes_ = 0;
  close(CloseReason::try_later);
}

bool PollSession::offer(const SharedFrame& frame) {
  if (closing_) return false;
  const Caps& caps = around_.options.caps;
  const bool room = queue_.size() < caps.queue_frames && queue_bytes_ + frame->wire().size() <= caps.queue_bytes;
  if (!overflowed_ && room) {
    push(frame);
    return true;
  }
  if (!std::exchange(overflowed_, true)) {
    around_.note(Event::overflow, info_.id);
    handler_->on_overflow();
  }
  return false;
}

void PollSession::logged_in() {
  proved_ = true;
  message_bytes_max_ = limits::frame_bytes_max;
  around_.polls.prove(info_.id);
}

void PollSession::close(CloseReason) {
  if (std::exchange(closing_, true)) return;
  closing_since_ = steady_now();
  arrived_.notify();
}

void PollSession::dispatch(std::move_only_function<void()> work) { asio::dispatch(executor_, std::move(work)); }

}  // namespace encuentro::server::net
