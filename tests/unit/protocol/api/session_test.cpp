#include "protocol/api/session.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

namespace {

struct Sides {
  SeededRandom random{61};
  crypto::Ed25519Key key = crypto::ed25519_generate(random);
  DeviceId device = random.id<DeviceId>();
  InviteId invite = random.id<InviteId>();
  api::LoginContext context{random.id<NetworkId>(),  random.id<api::Nonce>(),
                            random.id<api::Nonce>(), "host:8443",
                            random.id<api::Spki>(),  random.id<api::ExporterValue>()};
};

}  // namespace

TEST_CASE("session messages read back whole only") {
  Sides s;
  check_message(api::Hello{1, s.context.client_nonce});
  check_message(api::HelloReply{
      1, s.context.server_nonce, true, s.context.network, Timestamp{5}, {RosterSeq{3}, s.random.id<Hash32>()}});
  check_message(api::sign_login(s.context, s.device, s.key));
  check_message(api::sign_login_invite(s.context, s.invite, s.key));
  check_message(api::LoginReply{{RosterSeq{3}, s.random.id<Hash32>()}, 2});
  check_message(api::Ping{});
  check_message(api::PingReply{Timestamp{7}});
}

TEST_CASE("texts over their limits, other flags and times beyond the calendar are refused") {
  Sides s;
  api::Login login = api::sign_login(s.context, s.device, s.key);
  login.address = std::string(limits::address_bytes_max + 1, 'a');
  CHECK(refused(login) == Code::too_large);
  Bytes late(8, 0xff);
  CHECK(code_of(api::decode_message<api::PingReply>(late)) == Code::malformed);
  Bytes reply = message_bytes(api::HelloReply{});
  reply[34] = 2;
  CHECK(code_of(api::decode_message<api::HelloReply>(reply)) == Code::malformed);
}

TEST_CASE("a login holds for one connection, one device, one server only") {
  Sides s;
  api::Login login = api::sign_login(s.context, s.device, s.key);
  CHECK(api::verify_login(s.context, login, s.key.public_key));
  auto elsewhere = [&](auto change) {
    api::LoginContext context = s.context;
    change(context);
    return code_of(api::verify_login(context, login, s.key.public_key));
  };
  CHECK(elsewhere([&](auto& c) { c.network = s.random.id<NetworkId>(); }) == Code::bad_signature);
  CHECK(elsewhere([&](auto& c) { c.client_nonce = s.random.id<api::Nonce>(); }) == Code::bad_signature);
  CHECK(elsewhere([&](auto& c) { c.server_nonce = s.random.id<api::Nonce>(); }) == Code::bad_signature);
  CHECK(elsewhere([](auto& c) { c.address = "other:8443"; }) == Code::bad_signature);
  CHECK(elsewhere([&](auto& c) { c.spki = s.random.id<api::Spki>(); }) == Code::bad_signature);
  CHECK(elsewhere([&](auto& c) { c.exporter = s.random.id<api::ExporterValue>(); }) == Code::bad_signature);
  login.device = s.random.id<DeviceId>();
  CHECK(code_of(api::verify_login(s.context, login, s.key.public_key)) == Code::bad_signature);
}

TEST_CASE("an invite's login is no device's, even with the same key and id") {
  Sides s;
  api::LoginInvite by_link = api::sign_login_invite(s.context, s.invite, s.key);
  CHECK(api::verify_login_invite(s.context, by_link, s.key.public_key));
  api::Login same{DeviceId(s.invite.view()), by_link.address, by_link.spki, by_link.signature};
  CHECK(code_of(api::verify_login(s.context, same, s.key.public_key)) == Code::bad_signature);
}
