#include "server/net/flusher.h"

#include <algorithm>

#include "server/net/conversation.h"

namespace encuentro::server::net {

void Flusher::add(Conversation& conversation) {
  if (waiting_.empty()) asio::post(executor_, [this] { flush(); });
  waiting_.push_back(&conversation);
}

void Flusher::forget(Conversation& conversation) {
  Conversation* const nobody = nullptr;
  for (auto* list : {&waiting_, &flushing_}) std::replace(list->begin(), list->end(), &conversation, nobody);
}

void Flusher::flush() {
  std::swap(waiting_, flushing_);
  for (std::size_t i = 0; i < flushing_.size(); ++i) {
    if (flushing_[i] != nullptr) flushing_[i]->flush();
  }
  flushing_.clear();
}

}  // namespace encuentro::server::net
