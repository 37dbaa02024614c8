#include "protocol/policy/leaf.h"

#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::policy;
using tests::rule_of;

TEST_CASE("R-POL-02 to R-POL-07 a leaf is a device of the roster under its own key") {
  tests::TestNetwork net;
  auto laptop = net.add_device(net.founder), sheet = net.add_device(net.founder, roster::DeviceKind::paper);
  auto leaf = [&](const tests::TestDevice& device) {
    return Leaf{LeafIdentity{net.id, device.member, device.id()}.credential(),
                PublicKeyBytes(device.key.public_key.view())};
  };
  auto rule = [&](const Leaf& l) { return rule_of(identify(l, net.roster.newest())); };
  CHECK(rule(leaf(laptop)) == "");
  CHECK(identify(leaf(laptop), net.roster.newest())->device == laptop.id());

  CHECK(rule({mls::Credential::basic(Bytes(48, 1)), {}}) == "R-POL-02");
  CHECK(rule({mls::Credential::basic(Bytes(49, 2)), {}}) == "R-POL-02");
  CHECK(rule({mls::Credential{mls::X509Credential{{Bytes(9, 1)}}}, {}}) == "R-POL-02");
  auto foreign = leaf(laptop);
  foreign.credential = LeafIdentity{net.random.id<NetworkId>(), laptop.member, laptop.id()}.credential();
  CHECK(rule(foreign) == "R-POL-03");
  auto claimed = leaf(laptop);
  claimed.credential = LeafIdentity{net.id, net.random.id<MemberId>(), laptop.id()}.credential();
  CHECK(rule(claimed) == "R-POL-04");
  CHECK(rule(leaf(net.new_device(net.founder.member))) == "R-POL-04");
  auto swapped = leaf(laptop);
  swapped.signature_key = PublicKeyBytes(net.founder.key.public_key.view());
  CHECK(rule(swapped) == "R-POL-05");
  CHECK(rule(leaf(sheet)) == "R-POL-07");
  net.must(net.founder, net.revocation(roster::RevokeTarget::device, laptop.id().view()));
  CHECK(rule(leaf(laptop)) == "R-POL-06");
}
