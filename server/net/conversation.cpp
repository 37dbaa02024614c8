#include "server/net/conversation.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>

namespace encuentro::server::net {

namespace {

constexpr std::size_t batch_bytes = 64 * limits::KiB;
constexpr std::size_t turn_bytes_max = 64 * limits::KiB;  // read by one connection before others have their turn

// One for each thread, not each connection: used only between two suspensions.
thread_local std::array<std::uint8_t, 16 * limits::KiB> read_bytes;
thread_local Bytes write_bytes;

}  // namespace

Conversation::Conversation(Surroundings& around, Executor executor, TlsStream& tls, ConnectionNumber connection,
                           const SessionInfo& info)
    : around_(around),
      executor_(executor),
      tls_(tls),
      connection_(connection),
      info_(info),
      reader_(limits::frame_before_login_bytes_max),
      queue_(around.options.caps.queue_bytes, around.options.caps.queue_frames),
      write_wanted_(executor),
      room_(executor),
      writer_done_(executor),
      heard_(steady_now()),
      progress_(heard_) {}

Task<> Conversation::run(std::shared_ptr<Conversation> self, Bytes first_bytes) {
  const SessionRef ref(self, self->info_.id);
  self->around_.note(Event::session_opened, self->info_.id);
  self->handler_ = self->around_.doors.sessions();
  self->around_.hub.add(ref);
  self->handler_->on_open(ref, self->info_);
  asio::co_spawn(self->executor_, self->write(), [raw = self.get()](std::exception_ptr) {
    raw->writer_ended_ = true;
    if (raw->peer_closed_) raw->tls_.close();
    raw->room_.notify();
    raw->writer_done_.notify();
  });
  self->take(first_bytes);
  first_bytes = Bytes();  // this frame lives as long as the conversation
  co_await self->read();

  self->around_.hub.remove(self->info_.id);
  self->handler_->on_closed();
  self->handler_.reset();
  self->tls_.close();
  self->write_wanted_.notify();
  if (!self->writer_ended_) co_await self->writer_done_.wait();
  self->around_.flusher.forget(*self);
  // Work posted by another thread may still hold this object, but the stream goes with its connection.
  self->closing_ = true;
  self->around_.note(Event::session_closed, self->info_.id);
}

Task<> Conversation::read() {
  for (std::size_t this_turn = 0;;) {
    reading_paused_ = queue_.over_cap() && !closing_;
    if (reading_paused_) {
      if (writer_ended_) co_return;
      co_await room_.wait();
      continue;
    }
    const auto got = tls_.try_read(read_bytes);
    if (!got) {
      this_turn = 0;
      co_await tls_.wait_readable();
      continue;
    }
    if (*got == 0) co_return;
    heard_ = steady_now();
    pinged_ = false;
    if (around_.doors.observer) around_.doors.observer->on_received(*got);
    take(MutableBytes(read_bytes).first(*got));
    this_turn += *got;
    if (this_turn >= turn_bytes_max) {
      this_turn = 0;
      co_await asio::post(executor_, awaited);
    }
  }
}

// While closing, what still comes is read and forgotten: closing a socket with unread bytes would reset it and could
// take our last words away from the peer. Only its own goodbye counts then.
void Conversation::take(MutableBytes bytes) {
  while (!unreadable_ && !peer_closed_) {
    const auto event = reader_.next(bytes);
    if (!event) return;
    on_event(*event);
  }
}

void Conversation::on_event(const WebsocketReader::Event& event) {
  switch (event.kind) {
    case WebsocketReader::Kind::message:
      if (!closing_) handler_->on_frame(event.payload);
      return;
    case WebsocketReader::Kind::ping:
      if (closing_) return;
      queue_.push_pong(event.payload);
      want_write();
      return;
    case WebsocketReader::Kind::pong:
      return;
    case WebsocketReader::Kind::close:
      peer_closed_ = true;
      close(CloseReason::done);
      if (writer_ended_) tls_.close();
      return;
    case WebsocketReader::Kind::violation:
      unreadable_ = true;
      if (!closing_) around_.note(Event::refused_frame, info_.id);
      close(event.reason);
      return;
  }
}

// Whatever this turn has queued; what the socket doesn't take is the writing coroutine's.
void Conversation::flush() {
  flush_wanted_ = false;
  while (!queue_.empty() && tls_.drained() && !tls_.ended()) write_batch();
  if (tls_.drained() && !tls_.ended()) after_write();
  if (!tls_.drained() || tls_.ended() || closing_) write_wanted_.notify();
}

Task<> Conversation::write() {
  while (!tls_.ended()) {
    if (!tls_.drained()) {
      const bool drained = co_await tls_.drain();
      if (!drained) co_return;
    } else if (!queue_.empty()) {
      write_batch();
    } else if (closing_) {
      tls_.shutdown();
      co_return;
    } else {
      after_write();
      co_await write_wanted_.wait();
    }
  }
}

void Conversation::write_batch() {
  const std::uint64_t records_before = tls_.sent().records;
  write_bytes.clear();
  const std::size_t frames = queue_.take(batch_bytes, write_bytes);
  tls_.write(write_bytes);
  if (around_.doors.observer) {
    around_.doors.observer->on_written(write_bytes.size(), frames, tls_.sent().records - records_before);
  }
}

void Conversation::want_write() {
  if (!std::exchange(flush_wanted_, true)) around_.flusher.add(*this);
}

// Everything queued is with the socket.
void Conversation::after_write() {
  room_.notify();
  if (!std::exchange(overflowed_, false)) return;
  if (handler_ && !closing_) handler_->on_drained();
}

void Conversation::send(SharedFrame frame) {
  if (closing_ || tls_.ended()) return;
  if (queue_.empty()) progress_ = steady_now();
  queue_.push(std::move(frame));
  if (queue_.over_twice_the_cap()) {
    around_.note(Event::overflow, info_.id);
    queue_.clear();
    close(CloseReason::try_later);
    return;
  }
  want_write();
}

bool Conversation::offer(const SharedFrame& frame) {
  if (closing_ || tls_.ended()) return false;
  if (!overflowed_ && queue_.has_room(*frame)) {
    if (queue_.empty()) progress_ = steady_now();
    queue_.push(frame);
    want_write();
    return true;
  }
  if (!std::exchange(overflowed_, true)) {
    around_.note(Event::overflow, info_.id);
    if (handler_) handler_->on_overflow();
  }
  return false;
}

void Conversation::logged_in() {
  reader_.set_message_bytes_max(limits::frame_bytes_max);
  around_.admission.prove(connection_);
}

void Conversation::close(CloseReason reason) {
  if (closing_) return;
  closing_ = true;
  closing_since_ = steady_now();
  queue_.push_close(reason);
  want_write();
  room_.notify();
}

void Conversation::dispatch(std::move_only_function<void()> work) { asio::dispatch(executor_, std::move(work)); }

void Conversation::check(Timestamp now) {
  if (tls_.ended()) return;
  const Deadlines& deadlines = around_.options.deadlines;
  const bool moved = std::exchange(sent_bytes_seen_, tls_.sent().bytes) != tls_.sent().bytes;
  const bool waiting = !queue_.empty() || !tls_.drained();
  if (moved || !waiting) progress_ = now;
  // Who takes what we write is there, though we don't listen to it just now.
  if (moved && reading_paused_) heard_ = now;

  if (closing_ && now - closing_since_ > deadlines.drain) {
    tls_.close();
  } else if (now - progress_ > deadlines.write_stalled) {
    around_.note(Event::write_stalled, info_.id);
    tls_.close();
  } else if (now - heard_ > deadlines.silent) {
    around_.note(Event::silent, info_.id);
    tls_.close();
  } else if (now - heard_ > deadlines.ping_after && !std::exchange(pinged_, true)) {
    queue_.push_ping();
    want_write();
  }
  if (tls_.ended()) {
    write_wanted_.notify();
    room_.notify();
  }
}

}  // namespace encuentro::server::net
