#include "server/net/frame.h"

#include "protocol/base/limits.h"

namespace encuentro::server::net {

namespace {

constexpr std::uint8_t final_binary = 0x82;

// RFC 6455 §5.2, the shortest form of the length; the server never masks.
Bytes header(std::size_t payload_bytes) {
  if (payload_bytes <= 125) return {final_binary, static_cast<std::uint8_t>(payload_bytes)};
  const auto byte = [payload_bytes](int index) { return static_cast<std::uint8_t>(payload_bytes >> (8 * index)); };
  if (payload_bytes <= 0xffff) return {final_binary, 126, byte(1), byte(0)};
  return {final_binary, 127, byte(7), byte(6), byte(5), byte(4), byte(3), byte(2), byte(1), byte(0)};
}

}  // namespace

std::shared_ptr<const Frame> Frame::binary(BytesView payload) {
  ENC_CHECK(payload.size() <= limits::frame_bytes_max);
  Bytes wire = header(payload.size());
  const std::size_t header_bytes = wire.size();
  wire.reserve(header_bytes + payload.size());
  wire.insert(wire.end(), payload.begin(), payload.end());
  return std::shared_ptr<const Frame>(new Frame(std::move(wire), header_bytes));
}

}  // namespace encuentro::server::net
