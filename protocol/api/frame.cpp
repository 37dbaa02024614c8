#include "protocol/api/frame.h"

namespace encuentro::api {

Result<Frame> decode_frame(BytesView bytes, std::size_t bytes_max) {
  if (bytes.size() > bytes_max) return fail(Code::too_large, "frame", bytes_max, bytes.size());
  codec::Reader r(bytes);
  Frame frame{};
  TRY(frame.type, r.number<FrameType>());
  if (frame.type < FrameType::request || frame.type > FrameType::error) {
    return fail(Code::malformed, "frame type", 0, static_cast<std::uint64_t>(frame.type));
  }
  TRY(frame.id, r.u32());
  TRY(frame.kind, r.u16());
  frame.body = r.rest();
  return frame;
}

void encode_frame_header(codec::Writer& w, FrameType type, std::uint32_t id, std::uint16_t kind) {
  w.number(type);
  w.u32(id);
  w.u16(kind);
}

}  // namespace encuentro::api
