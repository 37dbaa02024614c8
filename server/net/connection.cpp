#include "server/net/connection.h"

namespace encuentro::server::net {

Connection::Connection(Surroundings& around, Executor executor, Socket socket, SSL_CTX* context,
                       ConnectionNumber number, RemoteBucket remote, bool loopback)
    : around_(around),
      executor_(executor),
      tls_(std::move(socket), context),
      number_(number),
      remote_(remote),
      loopback_(loopback),
      watch_{steady_now() + around.options.deadlines.handshake, Event::handshake_late} {}

Task<> Connection::run(std::shared_ptr<Connection> self) {
  const bool secure = co_await self->tls_.handshake();
  if (!secure) {
    self->around_.note(Event::handshake_failed);
    co_return;
  }
  auto requests = std::make_unique<Requests>(self->around_, self->executor_, self->tls_, self->watch_, self->number_,
                                             self->remote_, self->loopback_);
  const std::optional<Upgrade> upgrade = co_await requests->serve();
  if (!upgrade) {
    co_await self->linger();
    co_return;
  }
  SessionInfo info;
  info.id = SessionId{++self->around_.last_session};
  info.remote = self->remote_;
  info.loopback = self->loopback_;
  info.browser = upgrade->browser;
  // A page can't learn its connection's exporter, so its login is signed over zeros; a native client's never is.
  if (!info.browser) info.exporter = self->tls_.login_exporter();
  self->conversation_ = std::make_shared<Conversation>(self->around_, self->executor_, self->tls_, self->number_, info);
  Bytes rest = requests->take_rest();
  requests.reset();
  co_await Conversation::run(self->conversation_, std::move(rest));
}

// The peer may still be sending a body we refused; closing now would reset the connection and lose our answer.
Task<> Connection::linger() {
  watch_ = {steady_now() + around_.options.deadlines.drain, Event::closed};
  tls_.shutdown();
  Bytes forgotten(4 * limits::KiB);
  while (co_await tls_.read_some(forgotten) > 0) {
  }
}

void Connection::check(Timestamp now) {
  if (conversation_) {
    conversation_->check(now);
  } else if (now > watch_.deadline && !tls_.ended()) {
    if (watch_.if_late != Event::closed) around_.note(watch_.if_late);
    close();
  }
}

void Connection::stop() {
  if (conversation_) {
    conversation_->close(CloseReason::going_away);
  } else if (watch_.if_late != Event::write_stalled) {
    close();
  }
}

void Connection::close() { tls_.close(); }

}  // namespace encuentro::server::net
