#include "server/net/session.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

// Keeps what is dispatched, as a loop of another thread would.
class LaterPort final : public SessionPort {
 public:
  void send(SharedFrame) override { told.emplace_back("send"); }
  bool offer(const SharedFrame&) override { return true; }
  void logged_in() override { told.emplace_back("logged_in"); }
  void close(CloseReason reason) override { told.push_back("close " + std::to_string(int(reason))); }
  void dispatch(std::move_only_function<void()> work) override { waiting.push_back(std::move(work)); }
  std::vector<std::string> told;
  std::vector<std::move_only_function<void()>> waiting;
};

}  // namespace

TEST_CASE("calls from elsewhere are carried out in order on the network's thread") {
  const auto port = std::make_shared<LaterPort>();
  const SessionRef ref(port, SessionId{4});
  CHECK(ref.id() == SessionId{4});
  ref.logged_in();
  ref.send(Frame::binary({}));
  ref.close(CloseReason::try_later);
  CHECK(port->told.empty());
  for (auto& work : std::exchange(port->waiting, {})) work();
  CHECK(port->told == std::vector<std::string>{"logged_in", "send", "close 1013"});
  CHECK(ref.offer(Frame::binary({})));
}

TEST_CASE("a reference outlives its session") {
  auto port = std::make_shared<LaterPort>();
  const SessionRef ref(port, SessionId{4});
  port.reset();
  ref.send(Frame::binary({}));
  ref.logged_in();
  ref.close(CloseReason::done);
  CHECK_FALSE(ref.offer(Frame::binary({})));
  CHECK_FALSE(SessionRef().offer(Frame::binary({})));
}
