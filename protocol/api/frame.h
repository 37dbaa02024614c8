// One message a WebSocket frame (FORMATS §7): requests with ids, their replies, error replies, and pushes.
// Every message of the other headers is a struct with `encode(Writer&)` and `decode(Reader&)`; a request also
// names its `call`, a push its `push`.
#pragma once

#include "protocol/base/limits.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::api {

inline constexpr std::uint16_t protocol_version = 1;

enum class FrameType : std::uint8_t { request = 1, reply = 2, push = 3, error = 4 };

enum class Call : std::uint16_t {
  hello = 1,
  login = 2,
  login_invite = 3,
  found = 4,
  roster_read = 5,
  roster_append = 6,
  key_packages_put = 7,
  key_package_take = 8,
  channels = 9,
  log_read = 10,
  append = 11,
  subscribe = 12,
  upload_begin = 13,
  download_begin = 14,
  ping = 15,
  blob_begin = 16,
  statement_put = 17,
  statements = 18,
  quota = 19,
  notice_set = 20,
  notice_show = 21,
  hand_back_roster = 22,
  hand_back = 23,
};

enum class Push : std::uint16_t {
  entry = 1,
  roster = 2,
  catch_up = 3,
  closing = 4,
  channel = 5,
  key_packages_low = 6,
};

// struct { uint8 type; uint32 id; uint16 kind; opaque body[rest]; }. `id` is the requester's choice and comes back
// in the reply; 0 in pushes. `kind` is a Call or a Push. `body` points into the frame.
struct Frame {
  FrameType type;
  std::uint32_t id = 0;
  std::uint16_t kind = 0;
  BytesView body;
};

inline constexpr std::size_t frame_header_bytes = 7;

// Errors: too_large (over `bytes_max`, looked at first), truncated, malformed (an unknown type).
Result<Frame> decode_frame(BytesView bytes, std::size_t bytes_max = limits::frame_bytes_max);
void encode_frame_header(codec::Writer& w, FrameType type, std::uint32_t id, std::uint16_t kind);

template <class Request>
Bytes request_frame(std::uint32_t id, const Request& request) {
  codec::Writer w;
  encode_frame_header(w, FrameType::request, id, static_cast<std::uint16_t>(Request::call));
  request.encode(w);
  return w.take();
}

template <class Reply>
Bytes reply_frame(std::uint32_t id, Call call, const Reply& reply) {
  codec::Writer w;
  encode_frame_header(w, FrameType::reply, id, static_cast<std::uint16_t>(call));
  reply.encode(w);
  return w.take();
}

template <class Message>
Bytes push_frame(const Message& message) {
  codec::Writer w;
  encode_frame_header(w, FrameType::push, 0, static_cast<std::uint16_t>(Message::push));
  message.encode(w);
  return w.take();
}

// The whole body as one message, nothing left over.
template <class Message>
Result<Message> decode_message(BytesView body) {
  return codec::decode_all<Message>(body, [](codec::Reader& r) { return Message::decode(r); });
}

// A body without fields.
struct Empty {
  void encode(codec::Writer&) const {}
  static Result<Empty> decode(codec::Reader&) { return Empty{}; }
};

}  // namespace encuentro::api
