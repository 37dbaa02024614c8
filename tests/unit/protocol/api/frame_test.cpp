#include "protocol/api/frame.h"

#include "protocol/api/session.h"
#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("a frame says what it is, for whom, and holds the rest as body") {
  SeededRandom random(60);
  api::Hello hello{api::protocol_version, random.id<api::Nonce>()};
  Bytes bytes = api::request_frame(7, hello);
  auto frame = api::decode_frame(bytes);
  REQUIRE(frame);
  CHECK(frame->type == api::FrameType::request);
  CHECK(frame->id == 7);
  CHECK(frame->kind == static_cast<std::uint16_t>(api::Call::hello));
  CHECK(api::decode_message<api::Hello>(frame->body)->nonce == hello.nonce);
  for (std::size_t n = 0; n < api::frame_header_bytes; ++n) {
    CHECK(code_of(api::decode_frame(BytesView(bytes).first(n))) == Code::truncated);
  }
}

TEST_CASE("frames over the limit and of unknown types are refused") {
  CHECK(code_of(api::decode_frame(Bytes(limits::frame_bytes_max + 1))) == Code::too_large);
  CHECK(code_of(api::decode_frame(Bytes(10, 1), 9)) == Code::too_large);
  for (std::uint8_t type : {0, 5, 255}) {
    Bytes bytes(api::frame_header_bytes, 0);
    bytes[0] = type;
    CHECK(code_of(api::decode_frame(bytes)) == Code::malformed);
  }
}
