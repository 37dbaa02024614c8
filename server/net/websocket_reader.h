// What a client's bytes mean once it speaks WebSocket (RFC 6455 §5): bytes in, events out, no I/O. Refuses text, every
// reserved bit (so compression), unmasked and over-long frames; lengths are judged before memory is taken, and memory
// grows with what has come, not with what was declared (R66, R72). Holds none between messages.
#pragma once

#include <array>
#include <optional>

#include "protocol/base/bytes.h"
#include "server/net/session.h"

namespace encuentro::server::net {

class WebsocketReader {
 public:
  enum class Kind : std::uint8_t { message, ping, pong, close, violation };
  struct Event {
    Kind kind;
    BytesView payload;                       // message, ping, pong; ends with the next call
    CloseReason reason = CloseReason::done;  // violation: what to close with
  };

  explicit WebsocketReader(std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max) {}
  void set_message_bytes_max(std::size_t bytes) { message_bytes_max_ = bytes; }

  // Takes bytes from the front of `input` (unmasking them in place) up to the next event. nullopt: all was taken and
  // more is needed. After a violation or a close nothing may be read any more.
  std::optional<Event> next(MutableBytes& input);

 private:
  // The header of the frame being read.
  struct Header {
    std::array<std::uint8_t, 14> bytes{};
    std::size_t have = 0;
    std::size_t length() const;  // as far as it can be told
    bool complete() const { return have >= 2 && have == length(); }
    bool final() const { return (bytes[0] & 0x80) != 0; }
    std::uint8_t opcode() const { return bytes[0] & 0x0f; }
    std::uint64_t payload_bytes() const;
    const std::uint8_t* mask() const { return bytes.data() + length() - 4; }
  };

  std::optional<Event> judge_header();
  std::optional<Event> judge_data_header(std::uint64_t payload_bytes);
  std::optional<Event> take_payload(MutableBytes& input);
  Event finish_control();
  void unmask(MutableBytes bytes);

  std::size_t message_bytes_max_;
  Header header_;
  std::uint64_t payload_taken_ = 0;
  bool in_message_ = false;  // a first fragment has been read and the last not
  bool delivered_ = false;   // message_ was handed out by the last call
  Bytes message_;
  std::array<std::uint8_t, 125> control_{};
};

}  // namespace encuentro::server::net
