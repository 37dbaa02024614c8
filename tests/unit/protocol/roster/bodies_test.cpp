#include "protocol/roster/bodies.h"

#include "tests/support/decoder_checks.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::code_of;

namespace {

std::vector<Body> one_of_each() {
  tests::TestNetwork net;
  auto device = net.new_device(net.random.id<MemberId>());
  auto invite = net.new_invite(net.grant(Role::focal_point, "XA"));
  invite.body.device_kind = DeviceKind::browser;
  invite.body.grant.until = net.now;
  RoleBody relief;
  relief.member = device.member;
  relief.action = RoleAction::relieve;
  relief.grant = net.grant(Role::focal_point, "XA");
  relief.successor = net.founder.member;
  return {
      *net.genesis.decoded_body(),
      RootsBody{{1, {net.root.public_key}}},
      net.country("XA"),
      MemberBody{device.member, net.name()},
      relief,
      invite.body,
      AcceptBody{invite.body.id, device.member, net.record_of(device)},
      DeviceBody{device.member, DeviceAction::re_enter, net.record_of(device), Bytes(60, 1)},
      net.revocation(RevokeTarget::member, device.member.view(), 3),
      ServerBody{net.random.id<Hash32>(), net.random.id<Hash32>(), {"a.example:443", "b.example:443"}},
      ReleaseBody{"1.0", {net.random.id<Hash32>()}},
  };
}

}  // namespace

TEST_CASE("every body reads back and refuses what is cut or longer") {
  for (const Body& body : one_of_each()) {
    auto type = type_of(body);
    CAPTURE(static_cast<int>(type));
    auto again = [&](BytesView bytes) -> Result<Bytes> {
      TRY(Body decoded, decode_body(type, bytes));
      return encode_body(decoded);
    };
    tests::check_decoder(encode_body(body), again);
    tests::check_canonical(encode_body(body), again);
  }
  CHECK(decode_body(EntryType::checkpoint, {}).has_value());
  CHECK(code_of(decode_body(EntryType::checkpoint, Bytes{0})) == Code::trailing_bytes);
  CHECK(code_of(decode_body(static_cast<EntryType>(13), {})) == Code::unknown_kind);
}

TEST_CASE("a grant is what its role allows") {
  auto decodes = [](RoleGrant grant) {
    codec::Writer w;
    grant.encode(w);
    return codec::decode_all<RoleGrant>(w.view(), RoleGrant::decode).has_value();
  };
  using tests::TestNetwork;
  CHECK(decodes(TestNetwork::grant(Role::secretariat)));
  CHECK_FALSE(decodes(TestNetwork::grant(Role::secretariat, "XA")));
  CHECK_FALSE(decodes(TestNetwork::grant(Role::partner, "XA")));
  CHECK_FALSE(decodes(TestNetwork::grant(Role::focal_point)));
  CHECK_FALSE(decodes(TestNetwork::grant(Role::delegate)));
  CHECK(decodes(TestNetwork::grant(Role::alumni)));
  auto participant = TestNetwork::grant(Role::participant);
  CHECK_FALSE(decodes(participant));
  participant.scope = ChannelId{};
  CHECK_FALSE(decodes(participant));
  participant.until = Timestamp{5};
  CHECK(decodes(participant));
  auto delegate = TestNetwork::grant(Role::delegate, "XA");
  delegate.principal = true;
  CHECK_FALSE(decodes(delegate));
  delegate.principal = false;
  delegate.scope = ChannelId{};
  CHECK_FALSE(decodes(delegate));
}

TEST_CASE("root sets are ascending, distinct and reachable") {
  tests::SeededRandom random(3);
  auto a = random.id<Ed25519PublicKey>(), b = random.id<Ed25519PublicKey>();
  if (b < a) std::swap(a, b);
  auto decodes = [](const RootSet& set) {
    codec::Writer w;
    set.encode(w);
    return codec::decode_all<RootSet>(w.view(), RootSet::decode).has_value();
  };
  CHECK(decodes({2, {a, b}}));
  CHECK_FALSE(decodes({0, {a, b}}));
  CHECK_FALSE(decodes({3, {a, b}}));
  CHECK_FALSE(decodes({1, {b, a}}));
  CHECK_FALSE(decodes({1, {a, a}}));
  CHECK_FALSE(decodes({1, {}}));
}
