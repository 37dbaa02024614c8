#include "server/net/frame.h"

#include <catch2/catch.hpp>

#include "protocol/base/limits.h"

using namespace encuentro;
using namespace encuentro::server::net;

TEST_CASE("the length takes its shortest form") {
  struct Sample {
    std::size_t payload_bytes;
    Bytes header;
  };
  const Sample samples[] = {
      {0, {0x82, 0}},
      {125, {0x82, 125}},
      {126, {0x82, 126, 0, 126}},
      {0xffff, {0x82, 126, 0xff, 0xff}},
      {0x10000, {0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0}},
      {limits::frame_bytes_max, {0x82, 127, 0, 0, 0, 0, 0, 2, 0, 0}},
  };
  for (const Sample& sample : samples) {
    const Bytes payload(sample.payload_bytes, 0x5a);
    const SharedFrame frame = Frame::binary(payload);
    CHECK(to_bytes(frame->wire().first(sample.header.size())) == sample.header);
    CHECK(frame->wire().size() == sample.header.size() + payload.size());
    CHECK(equal(frame->payload(), payload));
  }
}
