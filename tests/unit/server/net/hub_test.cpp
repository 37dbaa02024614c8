#include "server/net/hub.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

class Port final : public SessionPort {
 public:
  void send(SharedFrame frame) override { taken.push_back(std::move(frame)); }
  bool offer(const SharedFrame& frame) override {
    if (full) return false;
    taken.push_back(frame);
    return true;
  }
  void logged_in() override {}
  void close(CloseReason) override {}
  void dispatch(std::move_only_function<void()> work) override { work(); }
  bool full = false;
  std::vector<SharedFrame> taken;
};

ChannelId channel(std::uint8_t letter) { return ChannelId{Bytes(16, letter)}; }

struct Three {
  Three() {
    for (std::uint64_t i = 0; i < 3; ++i) {
      ports.push_back(std::make_shared<Port>());
      hub.add(SessionRef(ports.back(), SessionId{i}));
    }
  }
  Hub hub;
  std::vector<std::shared_ptr<Port>> ports;
};

const SharedFrame frame = Frame::binary(as_bytes("news"));

}  // namespace

TEST_CASE("one frame, shared by who has subscribed") {
  Three three;
  three.hub.subscribe(SessionId{0}, channel(1));
  three.hub.subscribe(SessionId{0}, channel(1));
  three.hub.subscribe(SessionId{1}, channel(1));
  three.hub.subscribe(SessionId{2}, channel(2));
  three.hub.subscribe(SessionId{9}, channel(1));
  CHECK(three.hub.publish(channel(1), frame) == 2);
  CHECK(three.hub.publish(channel(3), frame) == 0);
  CHECK(three.ports[0]->taken.size() == 1);
  CHECK(three.ports[0]->taken[0] == three.ports[1]->taken[0]);
  CHECK(three.ports[2]->taken.empty());
  CHECK(three.hub.publish_to_all(frame) == 3);
}

TEST_CASE("who leaves hears nothing and is forgotten") {
  Three three;
  three.hub.subscribe(SessionId{0}, channel(1));
  three.hub.subscribe(SessionId{1}, channel(1));
  three.hub.unsubscribe(SessionId{0}, channel(1));
  three.hub.unsubscribe(SessionId{0}, channel(1));
  CHECK(three.hub.publish(channel(1), frame) == 1);
  three.hub.remove(SessionId{1});
  three.hub.remove(SessionId{1});
  CHECK(three.hub.publish(channel(1), frame) == 0);
  CHECK(three.hub.subscriber_count(channel(1)) == 0);
  CHECK(three.hub.session_count() == 2);
}

TEST_CASE("a port that is gone takes nothing") {
  Three three;
  three.hub.subscribe(SessionId{0}, channel(1));
  three.ports[0].reset();
  CHECK(three.hub.publish(channel(1), frame) == 0);
}

TEST_CASE("who lags is told in which channels, once") {
  Three three;
  for (const std::uint8_t letter : {1, 2, 3}) three.hub.subscribe(SessionId{0}, channel(letter));
  three.ports[0]->full = true;
  CHECK(three.hub.publish(channel(3), frame) == 0);
  CHECK(three.hub.publish(channel(1), frame) == 0);
  CHECK(three.hub.publish(channel(1), frame) == 0);
  three.ports[0]->full = false;
  CHECK(three.hub.publish(channel(2), frame) == 1);
  CHECK(three.hub.take_lagged(SessionId{0}) == std::vector<ChannelId>{channel(1), channel(3)});
  CHECK(three.hub.take_lagged(SessionId{0}).empty());
  CHECK(three.hub.take_lagged(SessionId{9}).empty());
}
