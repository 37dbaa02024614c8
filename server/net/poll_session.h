// A conversation by long polling: what a WebSocket is to one connection, this is to requests that come over any number
// of them. Messages wait here, bounded as in R74, until the client's GET takes them; who doesn't come for them is gone.
#pragma once

#include <deque>

#include "server/net/surroundings.h"

namespace encuentro::server::net {

class PollSession final : public SessionPort, public std::enable_shared_from_this<PollSession> {
 public:
  PollSession(Surroundings& around, Executor executor, const SessionInfo& info);

  void begin();
  SessionId id() const { return info_.id; }

  // One message from the client, at most message_bytes_max() long. False: it has to fetch what waits for it first.
  bool take(BytesView message);
  std::size_t message_bytes_max() const { return message_bytes_max_; }
  bool proved() const { return proved_; }

  // The messages that wait, each behind its length (u32, big-endian); empty when none came for Deadlines::ping_after;
  // nullopt at the session's end. One caller at a time (waiting()); keeps `self` alive.
  static Task<std::optional<Bytes>> next(std::shared_ptr<PollSession> self);
  bool waiting() const { return waiting_; }

  // The sweep. False: it is over.
  bool check(Timestamp now);
  // No handler hears anything any more; whoever waits is told. Not from within a handler's call.
  void end();

  void send(SharedFrame frame) override;
  bool offer(const SharedFrame& frame) override;
  void logged_in() override;
  // What is queued may still be fetched within Deadlines::drain.
  void close(CloseReason reason) override;
  void dispatch(std::move_only_function<void()> work) override;

 private:
  Bytes take_queued();
  void push(const SharedFrame& frame);
  bool over(std::size_t times) const;

  Surroundings& around_;
  Executor executor_;
  SessionInfo info_;
  std::unique_ptr<SessionHandler> handler_;
  std::size_t message_bytes_max_;
  std::deque<SharedFrame> queue_;
  std::size_t queue_bytes_ = 0;
  Wakeup arrived_;
  bool waiting_ = false;
  bool proved_ = false;
  bool closing_ = false;
  bool ended_ = false;
  bool overflowed_ = false;  // R74, until all that is queued was fetched
  Timestamp heard_;          // the last request came
  Timestamp waiting_since_;
  Timestamp closing_since_;
};

}  // namespace encuentro::server::net
