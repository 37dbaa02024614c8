// What waits to be written to one connection: frames shared with other connections, bounded (R74). Control frames
// aren't counted and can't pile up. No I/O; the network's thread only.
#pragma once

#include <vector>

#include "server/net/frame.h"
#include "server/net/session.h"

namespace encuentro::server::net {

class SendQueue {
 public:
  SendQueue(std::size_t bytes_max, std::size_t frames_max) : bytes_max_(bytes_max), frames_max_(frames_max) {}

  void push(SharedFrame frame);
  void push_ping();
  // The last one counts: a peer that floods us with pings gets one pong a write (RFC 6455 §5.5.3).
  void push_pong(BytesView payload);
  // Goes after everything else; the first one counts.
  void push_close(CloseReason reason);

  // Appends wire bytes to `out`: controls, then whole frames, up to `bytes_max` or one frame that is larger. Returns
  // the number of frames.
  std::size_t take(std::size_t bytes_max, Bytes& out);
  void clear();

  bool empty() const { return frames_.empty() && pong_.empty() && !ping_ && close_.empty(); }
  bool over_cap() const { return bytes_ > bytes_max_ || frame_count() > frames_max_; }
  bool over_twice_the_cap() const { return bytes_ > 2 * bytes_max_ || frame_count() > 2 * frames_max_; }
  // For one push more.
  bool has_room(const Frame& frame) const {
    return frame_count() < frames_max_ && bytes_ + frame.wire().size() <= bytes_max_;
  }

 private:
  std::size_t frame_count() const { return frames_.size() - next_; }

  std::size_t bytes_max_;
  std::size_t frames_max_;
  std::vector<SharedFrame> frames_;  // those from next_ on wait; freed once all are taken
  std::size_t next_ = 0;
  std::size_t bytes_ = 0;
  Bytes pong_, close_;
  bool ping_ = false;
};

}  // namespace encuentro::server::net
