// Whatever a client sends as WebSocket: in whatever pieces it comes, the same events come out of it, and none is above
// what the reader was told to take.
#include <vector>

#include "server/net/websocket_reader.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using server::net::CloseReason;
using server::net::WebsocketReader;

namespace {

struct Happened {
  WebsocketReader::Kind kind;
  CloseReason reason;
  Bytes payload;
  friend bool operator==(const Happened&, const Happened&) = default;
};

// `piece(left)`: how many of the bytes that are left come next.
template <class Piece>
std::vector<Happened> read_in_pieces(BytesView stream, std::size_t message_bytes_max, Piece piece) {
  WebsocketReader reader(message_bytes_max);
  std::vector<Happened> happened;
  while (!stream.empty()) {
    Bytes arrived = to_bytes(stream.first(piece(stream.size())));  // a block of its own: unmasked in place
    stream = stream.subspan(arrived.size());
    MutableBytes input(arrived);
    while (auto event = reader.next(input)) {
      happened.push_back({event->kind, event->reason, to_bytes(event->payload)});
      ENC_CHECK(event->payload.size() <= std::max<std::size_t>(message_bytes_max, 125));
      if (event->kind == WebsocketReader::Kind::violation || event->kind == WebsocketReader::Kind::close) {
        return happened;
      }
    }
    ENC_CHECK(input.empty());
  }
  return happened;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t message_bytes_max = std::size_t{1} << (data[0] % 18);
  const BytesView stream(data + 2, size - 2);
  const auto whole = read_in_pieces(stream, message_bytes_max, [](std::size_t left) { return left; });
  tests::SeededRandom random(data[1]);
  const std::size_t longest = 1 + random.next() % 64;
  const auto cut = read_in_pieces(stream, message_bytes_max, [&](std::size_t left) {
    return std::min<std::size_t>(left, 1 + random.next() % longest);
  });
  ENC_CHECK(cut == whole);
  ENC_CHECK(read_in_pieces(stream, message_bytes_max, [](std::size_t) { return std::size_t{1}; }) == whole);
  return 0;
}
