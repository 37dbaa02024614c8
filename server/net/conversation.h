// A WebSocket once it is open: one coroutine reads, one writes, and the first ends only after the second. Whatever is
// queued within one turn of the loop goes out together: at once by flush(), and by the writing coroutine when the
// socket is full or the conversation ends. Implements SessionPort over a TlsStream.
#pragma once

#include "server/net/send_queue.h"
#include "server/net/surroundings.h"
#include "server/net/tls_stream.h"
#include "server/net/websocket_reader.h"

namespace encuentro::server::net {

class Conversation final : public SessionPort {
 public:
  Conversation(Surroundings& around, Executor executor, TlsStream& tls, ConnectionNumber connection,
               const SessionInfo& info);

  // Until both sides are done or the stream has ended. `first_bytes`: what came behind the request's head.
  static Task<> run(std::shared_ptr<Conversation> self, Bytes first_bytes);

  // The sweep: pings, silence, stalled writing, the end of draining.
  void check(Timestamp now);

  // By the Flusher, at the end of a turn in which something was queued.
  void flush();

  void send(SharedFrame frame) override;
  bool offer(const SharedFrame& frame) override;
  void logged_in() override;
  void close(CloseReason reason) override;
  void dispatch(std::move_only_function<void()> work) override;

 private:
  Task<> read();
  Task<> write();
  void take(MutableBytes bytes);
  void on_event(const WebsocketReader::Event& event);
  void want_write();
  void write_batch();
  void after_write();

  Surroundings& around_;
  Executor executor_;
  TlsStream& tls_;
  ConnectionNumber connection_;
  SessionInfo info_;
  std::unique_ptr<SessionHandler> handler_;
  WebsocketReader reader_;
  SendQueue queue_;

  Wakeup write_wanted_;
  Wakeup room_;  // the reader waits here while the queue is over its cap
  Wakeup writer_done_;
  bool writer_ended_ = false;
  bool closing_ = false;      // a close frame is queued or written: nothing more is handed to the service
  bool peer_closed_ = false;  // it has said goodbye: both have, the socket may go
  bool unreadable_ = false;   // after a violation no byte means anything
  bool overflowed_ = false;   // R74, until all that is queued is written
  bool flush_wanted_ = false;
  bool reading_paused_ = false;
  bool pinged_ = false;

  Timestamp heard_;     // the last byte from the peer
  Timestamp progress_;  // the last byte taken by the socket, or the moment the queue stopped being empty
  Timestamp closing_since_;
  std::uint64_t sent_bytes_seen_ = 0;
};

}  // namespace encuentro::server::net
