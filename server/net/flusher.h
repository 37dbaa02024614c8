// Who has something to write at the end of this turn of the loop. Writing once a turn is what lets a burst leave as one
// record; doing it from here spares waking a coroutine for each of a channel's readers. The network's thread only.
#pragma once

#include <vector>

#include "server/net/coroutine.h"

namespace encuentro::server::net {

class Conversation;

class Flusher {
 public:
  explicit Flusher(Executor executor) : executor_(std::move(executor)) {}
  Flusher(const Flusher&) = delete;
  Flusher& operator=(const Flusher&) = delete;

  // Calls conversation.flush() after everything that is already due in the loop. Once a turn: the caller keeps count.
  void add(Conversation& conversation);
  // Before it is destroyed.
  void forget(Conversation& conversation);

 private:
  void flush();

  Executor executor_;
  std::vector<Conversation*> waiting_;
  std::vector<Conversation*> flushing_;
};

}  // namespace encuentro::server::net
