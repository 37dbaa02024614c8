// Tests: client/core/session.cpp client/core/texts.cpp
// A line on which nothing comes any more, a clock that differs, and texts that are kept for the search.
#include "client/core/texts.h"

#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

// What `seconds` of nothing but time do.
void pass(World& world, Duration time) {
  Timestamp until = world.now + time;
  world.settle(time);
  world.now = std::max(world.now, until);
  world.settle(Duration{});
}

}  // namespace

TEST_CASE("a line that went dead without a word is noticed within 30 seconds, and not before") {
  Network net(5);
  net.country("AR");
  Client& ar = net.focal_point("AR");
  net.world.ping_after = seconds(15);
  ar.restart();
  ar.must(core::Sync{});
  REQUIRE(ar.look().session() == core::SessionState::online);
  pass(net.world, minutes(10));
  CHECK(ar.look().session() == core::SessionState::online);  // the server answers each ping

  bool dead = true;
  net.world.tamper = [&](const Client& client, BytesView frame) -> std::optional<Bytes> {
    if (dead && &client == &ar) return std::nullopt;
    return to_bytes(frame);
  };
  Timestamp since = net.world.now;
  while (ar.look().session() == core::SessionState::online && net.world.now - since < minutes(5)) {
    net.world.settle(Duration{});
    net.world.now = net.world.now + seconds(1);
    net.world.settle(Duration{});
  }
  Duration noticed = net.world.now - since;
  CHECK(noticed <= seconds(30));
  CHECK(noticed >= seconds(10));
  dead = false;
  pass(net.world, minutes(1));
  CHECK(ar.look().session() == core::SessionState::online);
}

TEST_CASE("a program that stood still itself asks before it takes the line for dead") {
  Network net(6);
  net.country("AR");
  Client& ar = net.focal_point("AR");
  net.world.ping_after = seconds(15);
  ar.restart();
  ar.must(core::Sync{});
  int hellos = 0;
  net.world.intercept = [&](Client& client, BytesView frame) -> std::optional<Bytes> {
    auto read = api::decode_frame(frame);
    if (&client == &ar && read && read->kind == 1) ++hellos;
    return to_bytes(frame);
  };
  net.world.now = net.world.now + hours(3);
  net.world.settle(Duration{});
  CHECK(ar.look().session() == core::SessionState::online);
  CHECK(hellos == 0);
}

TEST_CASE("a clock that differs by more than five minutes is named with both times, and nothing is signed") {
  for (Duration off : {minutes(6), Duration{-minutes(6).ms}}) {
    Network net(7);
    net.country("AR");
    Client& ar = net.focal_point("AR");
    std::set<std::uint16_t> asked;
    Timestamp told;
    net.world.intercept = [&](Client& client, BytesView frame) -> std::optional<Bytes> {
      auto read = api::decode_frame(frame);
      if (&client == &ar && read) asked.insert(read->kind);
      return to_bytes(frame);
    };
    net.world.tamper = [&](const Client& client, BytesView frame) -> std::optional<Bytes> {
      auto read = api::decode_frame(frame);
      if (&client != &ar || !read || read->type != api::FrameType::reply || read->kind != 1) return to_bytes(frame);
      auto hello = api::decode_message<api::HelloReply>(read->body);
      REQUIRE(hello);
      told = hello->now = net.world.now + off;
      return api::reply_frame(read->id, api::Call::hello, *hello);
    };
    ar.cut();
    core::Done done;
    CHECK(ar.refused(core::Sync{}) == Code::clock_wrong);
    CHECK(asked == std::set<std::uint16_t>{1});  // hello, no login
    // Within five minutes all is well.
    off = minutes(4);
    ar.restart();
    ar.must(core::Sync{});
    CHECK(ar.look().session() == core::SessionState::online);
  }
}

TEST_CASE("the text inside a document is kept sealed, replaced, and forgotten") {
  Network net(8);
  Client& sec = net.secretariat;
  RecordId one = net.world.random.id<RecordId>(), two = net.world.random.id<RecordId>();
  sec.must(core::KeepText{one, "reparación integral"});
  sec.must(core::KeepText{two, "otro"});
  sec.must(core::KeepText{two, "otro texto"});
  CHECK(sec.refused(core::KeepText{one, std::string(core::KeepText::bytes_max + 1, 'x')}) == Code::too_large);
  for (const auto& [row, value] : sec.disk()) {
    CHECK(as_text(value).find("reparaci") == std::string_view::npos);
    CHECK(as_text(row).find("text/") == std::string_view::npos);
  }
  sec.restart();
  CHECK(sec.look().text_of(one) == "reparación integral");
  CHECK(sec.look().text_of(two) == "otro texto");
  std::size_t rows = sec.disk().size();
  sec.must(core::KeepText{one, ""});
  CHECK(sec.disk().size() == rows - 1);
  CHECK(sec.look().text_of(one).empty());
  CHECK(sec.look().kept_texts() == std::vector{two});
}
