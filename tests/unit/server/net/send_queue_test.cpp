#include "server/net/send_queue.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

SharedFrame frame(std::size_t payload_bytes) { return Frame::binary(Bytes(payload_bytes, 'x')); }

}  // namespace

TEST_CASE("frames leave in order, whole, up to the batch") {
  SendQueue queue(1000, 100);
  for (const char letter : {'a', 'b', 'c'}) queue.push(Frame::binary(Bytes(10, static_cast<std::uint8_t>(letter))));
  Bytes out;
  CHECK(queue.take(24, out) == 2);
  CHECK(out.size() == 24);
  CHECK(out[2] == 'a');
  CHECK(out[14] == 'b');
  CHECK_FALSE(queue.empty());
  out.clear();
  CHECK(queue.take(24, out) == 1);
  CHECK(out.size() == 12);
  CHECK(queue.empty());
}

TEST_CASE("a frame larger than the batch leaves alone") {
  SendQueue queue(100000, 100);
  queue.push(frame(5000));
  queue.push(frame(5000));
  Bytes out;
  CHECK(queue.take(100, out) == 1);
  CHECK(out.size() == 5004);
}

TEST_CASE("controls: one pong, before the frames; close, after all; none between the bytes of a frame") {
  SendQueue queue(1000, 100);
  queue.push_close(CloseReason::try_later);
  queue.push_close(CloseReason::done);
  queue.push(frame(1));
  queue.push_pong(as_bytes("1"));
  queue.push_pong(as_bytes("2"));
  queue.push_ping();
  Bytes out;
  CHECK(queue.take(1000, out) == 1);
  CHECK(out == Bytes{0x8a, 1, '2', 0x89, 0, 0x82, 1, 'x', 0x88, 2, 0x03, 0xf5});
  CHECK(queue.empty());
}

TEST_CASE("close waits for the last batch") {
  SendQueue queue(1000, 100);
  queue.push(frame(10));
  queue.push(frame(10));
  queue.push_close(CloseReason::done);
  Bytes out;
  CHECK(queue.take(12, out) == 1);
  CHECK(out.size() == 12);
  CHECK(queue.take(1000, out) == 1);
  CHECK(out[out.size() - 4] == 0x88);
}

TEST_CASE("R74 the caps count bytes and frames, also after some were taken") {
  SendQueue by_bytes(100, 1000);
  by_bytes.push(frame(48));
  CHECK(by_bytes.has_room(*frame(48)));
  CHECK_FALSE(by_bytes.has_room(*frame(49)));
  by_bytes.push(frame(49));
  CHECK(by_bytes.over_cap());
  CHECK_FALSE(by_bytes.over_twice_the_cap());
  by_bytes.push(frame(98));
  CHECK(by_bytes.over_twice_the_cap());
  Bytes out;
  by_bytes.take(1, out);
  CHECK_FALSE(by_bytes.over_twice_the_cap());

  SendQueue by_frames(1000, 2);
  by_frames.push(frame(1));
  CHECK(by_frames.has_room(*frame(1)));
  by_frames.push(frame(1));
  CHECK_FALSE(by_frames.has_room(*frame(1)));
  CHECK_FALSE(by_frames.over_cap());
  by_frames.push(frame(1));
  CHECK(by_frames.over_cap());
  by_frames.clear();
  CHECK(by_frames.empty());
  CHECK(by_frames.has_room(*frame(1)));
}
