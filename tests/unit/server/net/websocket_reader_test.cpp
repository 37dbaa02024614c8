#include "server/net/websocket_reader.h"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::server::net;
using Kind = WebsocketReader::Kind;

namespace {

constexpr std::size_t bytes_max = 70000;

// A masked frame; `length7` forces a form of the length.
Bytes frame(std::uint8_t first, BytesView payload, int length7 = -1) {
  const std::size_t size = payload.size();
  const int form = length7 >= 0 ? length7 : size <= 125 ? static_cast<int>(size) : size <= 0xffff ? 126 : 127;
  Bytes out{first, static_cast<std::uint8_t>(0x80 | form)};
  const int extended = form == 126 ? 2 : form == 127 ? 8 : 0;
  for (int i = extended - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(std::uint64_t{size} >> (8 * i)));
  static constexpr std::uint8_t mask[4] = {0xde, 0xad, 0xbe, 0xef};
  out.insert(out.end(), mask, mask + 4);
  for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<std::uint8_t>(payload[i] ^ mask[i & 3]));
  return out;
}

struct Told {
  Kind kind;
  Bytes payload;
  CloseReason reason;
  friend bool operator==(const Told&, const Told&) = default;
};

// All events of a stream cut in pieces of `piece` bytes.
std::vector<Told> read(const Bytes& stream, std::size_t piece, std::size_t max = bytes_max) {
  WebsocketReader reader(max);
  std::vector<Told> told;
  for (std::size_t place = 0; place < stream.size(); place += piece) {
    Bytes part(stream.begin() + static_cast<std::ptrdiff_t>(place),
               stream.begin() + static_cast<std::ptrdiff_t>(std::min(stream.size(), place + piece)));
    MutableBytes input = part;
    while (const auto event = reader.next(input)) {
      told.push_back({event->kind, to_bytes(event->payload), event->reason});
      if (event->kind == Kind::violation || event->kind == Kind::close) return told;
    }
  }
  return told;
}

CloseReason violation(const Bytes& stream) {
  const auto told = read(stream, stream.size());
  REQUIRE(told.size() == 1);
  REQUIRE(told.front().kind == Kind::violation);
  CHECK(read(stream, 1) == told);
  return told.front().reason;
}

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("messages of every form of length, cut anywhere") {
  for (const std::size_t size : {0u, 1u, 125u, 126u, 0xffffu, 0x10000u}) {
    Bytes payload(size);
    for (std::size_t i = 0; i < size; ++i) payload[i] = static_cast<std::uint8_t>(i * 31);
    const Bytes stream = frame(0x82, payload) + frame(0x82, payload);
    const std::vector<Told> both(2, Told{Kind::message, payload, CloseReason::done});
    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{1000}, stream.size()}) {
      CHECK(read(stream, piece) == both);
    }
  }
}

TEST_CASE("fragments with controls between them") {
  const Bytes stream = frame(0x02, as_bytes("one ")) + frame(0x89, as_bytes("p")) + frame(0x00, {}) + frame(0x8a, {}) +
                       frame(0x80, as_bytes("two")) + frame(0x82, as_bytes("next"));
  const std::vector<Told> expected = {{Kind::ping, {'p'}, CloseReason::done},
                                      {Kind::pong, {}, CloseReason::done},
                                      {Kind::message, to_bytes(as_bytes("one two")), CloseReason::done},
                                      {Kind::message, to_bytes(as_bytes("next")), CloseReason::done}};
  CHECK(read(stream, 1) == expected);
  CHECK(read(stream, stream.size()) == expected);
}

TEST_CASE("any number of empty fragments in one read") {
  Bytes stream = frame(0x02, {});
  for (int i = 0; i < 20000; ++i) stream = std::move(stream) + frame(0x00, {});
  stream = std::move(stream) + frame(0x80, as_bytes("end"));
  CHECK(read(stream, stream.size()) == std::vector<Told>{{Kind::message, {'e', 'n', 'd'}, CloseReason::done}});
}

TEST_CASE("what RFC 6455 forbids") {
  CHECK(violation({0x82, 0x01}) == CloseReason::protocol_error);  // not masked
  for (const int bit : {0x40, 0x20, 0x10}) {                      // reserved bits
    CHECK(violation({static_cast<std::uint8_t>(0x82 | bit), 0x80}) == CloseReason::protocol_error);
  }
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {  // reserved opcodes
    CHECK(violation(frame(static_cast<std::uint8_t>(0x80 | opcode), {})) == CloseReason::protocol_error);
  }
  CHECK(violation(frame(0x82, Bytes(5), 126)) == CloseReason::protocol_error);  // lengths not the shortest
  CHECK(violation(frame(0x82, Bytes(5), 127)) == CloseReason::protocol_error);
  CHECK(violation(frame(0x82, Bytes(0xffff), 127)) == CloseReason::protocol_error);
  CHECK(violation(frame(0x09, {})) == CloseReason::protocol_error);                    // a control frame in fragments
  CHECK(violation(frame(0x89, Bytes(126))) == CloseReason::protocol_error);            // a large one
  CHECK(violation(frame(0x80, {})) == CloseReason::protocol_error);                    // goes on with nothing
  CHECK(violation(frame(0x02, {}) + frame(0x82, {})) == CloseReason::protocol_error);  // begins in the middle
  CHECK(violation(frame(0x88, Bytes{1})) == CloseReason::protocol_error);              // half a close code
}

TEST_CASE("R66 text is refused, whole or in fragments") {
  CHECK(violation(frame(0x81, as_bytes("a"))) == CloseReason::not_binary);
  CHECK(violation(frame(0x01, as_bytes("a"))) == CloseReason::not_binary);
}

TEST_CASE("close codes") {
  const auto kind = [](unsigned code) {
    const Bytes payload{static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)};
    return read(frame(0x88, payload), 1).at(0).kind;
  };
  for (const unsigned good : {1000u, 1001u, 1002u, 1003u, 1007u, 1011u, 1014u, 3000u, 4999u}) {
    CHECK(kind(good) == Kind::close);
  }
  for (const unsigned bad : {0u, 999u, 1004u, 1005u, 1006u, 1015u, 1100u, 2999u, 5000u, 65535u}) {
    CHECK(kind(bad) == Kind::violation);
  }
  CHECK(read(frame(0x88, {}), 1).at(0).kind == Kind::close);
}

TEST_CASE("R72 the limit counts the whole message and is judged at the header") {
  CHECK(read(frame(0x82, Bytes(100)), 7, 100).at(0).kind == Kind::message);
  const Bytes over = frame(0x82, Bytes(101));
  CHECK(read(Bytes(over.begin(), over.begin() + 6), 6, 100).at(0).reason == CloseReason::too_large);
  const Bytes fragments = frame(0x02, Bytes(60)) + frame(0x80, Bytes(41));
  const auto told = read(fragments, fragments.size(), 100);
  REQUIRE(told.size() == 1);
  CHECK(told[0].reason == CloseReason::too_large);
  // The length bomb: 2^62 bytes declared, and one with the forbidden highest bit.
  CHECK(violation({0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}) == CloseReason::too_large);
  CHECK(violation({0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}) == CloseReason::protocol_error);
}

TEST_CASE("random bytes never do more than be refused") {
  tests::SeededRandom random(7);
  std::size_t violations = 0;
  for (int round = 0; round < 20000; ++round) {
    Bytes stream(64);
    random.fill(stream);
    const auto told = read(stream, 1 + static_cast<std::size_t>(round % 64), 1000);
    for (const Told& one : told) CHECK(one.payload.size() <= 1000);
    violations += !told.empty() && told.back().kind == Kind::violation ? 1 : 0;
  }
  CHECK(violations > 15000);
}
