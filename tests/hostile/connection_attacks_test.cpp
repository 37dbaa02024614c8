// Attacks on the connection itself: a login that is passed on, a server that serves another network or has forgotten
// everything.
// Tests: client/core/session.cpp server/service/service_login.cpp
#include <catch2/catch.hpp>

#include "protocol/api/error_reply.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

void serve_another_network(Scene& s) {
  auto other = s.random.id<NetworkId>();
  s.on_reply<api::Hello, api::HelloReply>([other](api::HelloReply& reply) { reply.network = other; });
  s.back(s.victim);
  CHECK(s.victim.look().session() != core::SessionState::online);
}

void forget_everything(Scene& s) {
  s.on_reply<api::Hello, api::HelloReply>([](api::HelloReply& reply) {
    reply.founded = false;
    reply.network = {};
    reply.roster = {};
  });
  s.back(s.victim);
}

}  // namespace

TEST_CASE("hostile: a server of another network, or of none any more, is named") {
  std::vector<Attack> attacks = {
      {"serves another network", "E2: the network is the link's", Code::wrong_network, "network",
       serve_another_network},
      {"has forgotten the network", "design 3: a client starts from the fingerprint", Code::server_rolled_back,
       "network", forget_everything},
  };
  meet(attacks);
}

// The client talks to a server in between, which asks the real one for its nonce, lets the client sign it, and passes
// the login on over its own connection. The transport's exporter is another one there.
TEST_CASE("hostile: a login that is answered for another server is refused by it") {
  for (std::size_t trial = 0; trial < trials(); ++trial) {
    Scene s(5000 + trial);
    Bytes login;
    api::ExporterValue own = s.random.id<api::ExporterValue>();
    sim::service::Caller between = s.net.world.stranger(own);
    s.net.world.intercept = [&](Client& from, BytesView bytes) -> std::optional<Bytes> {
      auto frame = api::decode_frame(bytes);
      if (&from != &s.victim || !frame) return to_bytes(bytes);
      if (frame->kind == static_cast<std::uint16_t>(api::Call::hello)) {
        auto answers = s.net.world.ask(between, to_bytes(bytes));
        REQUIRE(answers.size() == 1);
        s.net.world.tell(from, answers.front());
        return std::nullopt;
      }
      if (frame->kind == static_cast<std::uint16_t>(api::Call::login)) login = to_bytes(bytes);
      return std::nullopt;
    };
    s.victim.restart();
    s.net.world.settle(milliseconds(100));
    REQUIRE(!login.empty());
    auto answers = s.net.world.ask(between, login);
    REQUIRE(answers.size() == 1);
    auto frame = api::decode_frame(answers.front());
    REQUIRE(frame);
    REQUIRE(frame->type == api::FrameType::error);
    auto error = api::decode_message<api::ErrorReply>(frame->body);
    REQUIRE(error);
    CHECK(error->error().code == Code::bad_signature);
  }
}
