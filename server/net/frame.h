// One message to clients, framed once: the WebSocket header (RFC 6455 §5.2: final, binary, unmasked) and the payload
// stand in one block that every subscriber's queue shares. A transport without WebSocket takes the payload alone.
#pragma once

#include <memory>

#include "protocol/base/bytes.h"

namespace encuentro::server::net {

class Frame {
 public:
  // `payload` is one api Frame, at most limits::frame_bytes_max (programmer error above).
  static std::shared_ptr<const Frame> binary(BytesView payload);

  BytesView wire() const { return wire_; }
  BytesView payload() const { return BytesView(wire_).subspan(header_bytes_); }

 private:
  Frame(Bytes wire, std::size_t header_bytes) : wire_(std::move(wire)), header_bytes_(header_bytes) {}

  Bytes wire_;
  std::size_t header_bytes_;
};

using SharedFrame = std::shared_ptr<const Frame>;

}  // namespace encuentro::server::net
