#include "server/net/websocket_reader.h"

#include <algorithm>

namespace encuentro::server::net {

namespace {

constexpr std::uint8_t op_continuation = 0, op_text = 1, op_binary = 2, op_close = 8, op_ping = 9, op_pong = 10;
constexpr std::size_t control_bytes_max = 125;  // RFC 6455 §5.5

bool is_control(std::uint8_t opcode) { return (opcode & 0x08) != 0; }

WebsocketReader::Event violation(CloseReason reason) { return {WebsocketReader::Kind::violation, {}, reason}; }

// RFC 6455 §7.4: codes that may stand in a close frame.
bool sendable_close_code(unsigned code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

}  // namespace

std::size_t WebsocketReader::Header::length() const {
  if (have < 2) return 2;
  const std::uint8_t length7 = bytes[1] & 0x7f;
  const std::size_t extended = length7 == 126 ? 2 : length7 == 127 ? 8 : 0;
  return 2 + extended + 4;
}

std::uint64_t WebsocketReader::Header::payload_bytes() const {
  const std::uint8_t length7 = bytes[1] & 0x7f;
  if (length7 < 126) return length7;
  std::uint64_t value = 0;
  for (std::size_t i = 2; i < (length7 == 126 ? 4u : 10u); ++i) value = value << 8 | bytes[i];
  return value;
}

std::optional<WebsocketReader::Event> WebsocketReader::next(MutableBytes& input) {
  if (delivered_) {
    delivered_ = false;
    message_ = Bytes();  // "= {}" would keep the memory
  }
  for (;;) {
    while (!header_.complete()) {
      if (input.empty()) return std::nullopt;
      header_.bytes[header_.have++] = input.front();
      input = input.subspan(1);
      // The first two bytes say enough to refuse; an unmasked frame would else be read four bytes too far.
      if (header_.have == 2 && ((header_.bytes[0] & 0x70) != 0 || (header_.bytes[1] & 0x80) == 0)) {
        return violation(CloseReason::protocol_error);
      }
      if (header_.complete()) {
        if (auto refused = judge_header()) return refused;
      }
    }
    if (auto event = take_payload(input)) return event;
    if (header_.complete()) return std::nullopt;  // the rest of this frame hasn't come
  }
}

std::optional<WebsocketReader::Event> WebsocketReader::judge_header() {
  const std::uint64_t payload_bytes = header_.payload_bytes();
  const std::uint8_t length7 = header_.bytes[1] & 0x7f;
  const bool shortest = length7 < 126 || (length7 == 126 ? payload_bytes > 125 : payload_bytes > 0xffff);
  if (!shortest || (payload_bytes >> 63) != 0) return violation(CloseReason::protocol_error);
  if (!is_control(header_.opcode())) return judge_data_header(payload_bytes);
  const std::uint8_t opcode = header_.opcode();
  const bool known = opcode == op_close || opcode == op_ping || opcode == op_pong;
  if (!known || !header_.final() || payload_bytes > control_bytes_max) return violation(CloseReason::protocol_error);
  return std::nullopt;
}

std::optional<WebsocketReader::Event> WebsocketReader::judge_data_header(std::uint64_t payload_bytes) {
  const std::uint8_t opcode = header_.opcode();
  if (opcode == op_text) return violation(CloseReason::not_binary);
  if (opcode != op_binary && opcode != op_continuation) return violation(CloseReason::protocol_error);
  if ((opcode == op_continuation) != in_message_) return violation(CloseReason::protocol_error);
  if (payload_bytes > message_bytes_max_ - std::min(message_bytes_max_, message_.size())) {
    return violation(CloseReason::too_large);
  }
  return std::nullopt;
}

std::optional<WebsocketReader::Event> WebsocketReader::take_payload(MutableBytes& input) {
  const std::uint64_t missing = header_.payload_bytes() - payload_taken_;
  MutableBytes part = input.first(static_cast<std::size_t>(std::min<std::uint64_t>(missing, input.size())));
  input = input.subspan(part.size());
  unmask(part);
  const bool whole = part.size() == missing;

  if (is_control(header_.opcode())) {
    std::copy(part.begin(), part.end(), control_.begin() + static_cast<std::ptrdiff_t>(payload_taken_));
    payload_taken_ += part.size();
    if (!whole) return std::nullopt;
    return finish_control();
  }
  const bool all_in_one = whole && header_.final() && payload_taken_ == 0 && !in_message_;
  if (!all_in_one) message_.insert(message_.end(), part.begin(), part.end());
  payload_taken_ += part.size();
  if (!whole) return std::nullopt;

  const bool final = header_.final();
  header_.have = 0;
  payload_taken_ = 0;
  in_message_ = !final;
  if (!final) return std::nullopt;
  if (all_in_one) return Event{Kind::message, part};
  delivered_ = true;
  return Event{Kind::message, message_};
}

WebsocketReader::Event WebsocketReader::finish_control() {
  const BytesView payload(control_.data(), static_cast<std::size_t>(payload_taken_));
  const std::uint8_t opcode = header_.opcode();
  header_.have = 0;
  payload_taken_ = 0;
  if (opcode == op_ping) return {Kind::ping, payload};
  if (opcode == op_pong) return {Kind::pong, payload};
  if (payload.size() == 1) return violation(CloseReason::protocol_error);
  if (payload.size() >= 2 && !sendable_close_code(static_cast<unsigned>(payload[0] << 8 | payload[1]))) {
    return violation(CloseReason::protocol_error);
  }
  return {Kind::close, payload};
}

void WebsocketReader::unmask(MutableBytes bytes) {
  const std::uint8_t* mask = header_.mask();
  std::size_t place = static_cast<std::size_t>(payload_taken_ & 3);
  for (std::uint8_t& byte : bytes) byte ^= mask[place++ & 3];
}

}  // namespace encuentro::server::net
