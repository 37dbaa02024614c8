// A server that moves to another address and key, among real cores.
#include "client/core/places.h"

#include "protocol/api/server_moved.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

// The server of `net` stands at `address` with that key from now on; connections end.
void stand(Network& net, const std::string& address, const Hash32& spki, bool signpost = false) {
  net.world.address = address;
  net.world.spki = spki;
  net.world.signpost = signpost;
  net.world.restart_server();
}

core::Announce circular(const Network& net) {
  core::Announce announce;
  announce.channel = net.founded.general_board;
  announce.title = "Circular";
  announce.body = "…";
  return announce;
}

}  // namespace

TEST_CASE("a server that moved is found: by who read it in time, and at a signpost by who comes later") {
  Network net(51);
  net.country("XA");
  net.country("XB");
  Client& mar = net.quick_focal_point("XA");
  Client& away = net.quick_focal_point("XB");
  net.world.settle();
  away.stop();
  away.cut();
  const std::string old_address = mar.look().self().address;
  const Hash32 old_key = net.world.spki;
  const Hash32 new_key = net.world.random.id<Hash32>();
  net.secretariat.must(core::SetServer{new_key, std::nullopt, {"new.example:443"}});
  net.world.settle(minutes(1));
  // It isn't there yet: everybody stays.
  CHECK(mar.look().self().address == old_address);
  net.secretariat.must(circular(net));
  stand(net, "new.example:443", new_key);
  net.world.settle(minutes(5));
  CHECK(mar.look().self().address == "new.example:443");
  net.secretariat.must(circular(net));
  net.world.settle();

  // The old host goes on as a signpost.
  stand(net, old_address, old_key, true);
  away.restart();
  net.world.settle(seconds(1));
  stand(net, "new.example:443", new_key);
  net.world.settle(minutes(5));
  CHECK(away.look().self().address == "new.example:443");
  CHECK(away.look().self().spki == new_key);
  CHECK(away.look().records(net.founded.general_board).size() == mar.look().records(net.founded.general_board).size());
  for (Client* client : {&net.secretariat, &mar, &away}) CHECK(client->look().alarms().empty());
}

TEST_CASE("the next key counts beside the present one, and no third") {
  Network net(52);
  net.country("XA");
  Client& mar = net.quick_focal_point("XA");
  const std::string address = mar.look().self().address;
  const Hash32 present = net.world.spki, next = net.world.random.id<Hash32>();
  net.secretariat.must(core::SetServer{present, next, {address}});
  net.world.settle();
  stand(net, address, next);
  net.world.settle(minutes(5));
  CHECK(mar.look().session() == core::SessionState::online);
  CHECK(mar.look().self().spki == next);
  stand(net, address, net.world.random.id<Hash32>());
  net.world.settle(minutes(5));
  CHECK(mar.look().session() == core::SessionState::offline);
  CHECK(mar.look().self().spki == next);
}

TEST_CASE("what is no place") {
  Network net(53);
  const Hash32 key = net.world.spki;
  CHECK(net.secretariat.refused(core::SetServer{key, std::nullopt, {}}) == Code::malformed);
  CHECK(net.secretariat.refused(core::SetServer{key, std::nullopt, {""}}) == Code::malformed);
  CHECK(net.secretariat.refused(core::SetServer{key, std::nullopt, {std::string(300, 'a')}}) == Code::malformed);
  CHECK(net.secretariat.refused(core::SetServer{key, std::nullopt, {"a:1", "b:1", "c:1", "d:1", "e:1"}}) ==
        Code::malformed);
}

TEST_CASE("a signpost takes nothing; what was written waits for the new place") {
  Network net(54);
  const std::string address = net.secretariat.look().self().address;
  stand(net, address, net.world.spki, true);
  net.world.settle(minutes(1));
  std::uint32_t ticket = net.secretariat.begin(circular(net));
  net.world.settle(minutes(1));
  CHECK_FALSE(net.secretariat.answer(ticket).has_value());
  stand(net, address, net.world.spki);
  net.world.settle(minutes(5));
  CHECK(net.secretariat.answer(ticket) == Code::none);
}
