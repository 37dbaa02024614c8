#include "server/net/admission.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

ConnectionNumber number(std::uint64_t value) { return ConnectionNumber{value}; }

}  // namespace

TEST_CASE("R73 each remote has its own count before login") {
  Admission admission(100, 2);
  const RemoteBucket here{1};
  const RemoteBucket there{2};
  CHECK(admission.enter(number(1), here).admitted);
  CHECK(admission.enter(number(2), here).admitted);
  CHECK_FALSE(admission.enter(number(3), here).admitted);
  CHECK(admission.enter(number(4), there).admitted);
  admission.prove(number(1));
  admission.prove(number(1));
  CHECK(admission.enter(number(5), here).admitted);
  CHECK_FALSE(admission.enter(number(6), here).admitted);
  admission.leave(number(2));
  CHECK(admission.enter(number(7), here).admitted);
  CHECK(admission.connection_count() == 4);
}

TEST_CASE("R73 over all places the oldest unproved goes, the proved stay") {
  Admission admission(3, 10);
  const RemoteBucket here{1};
  for (std::uint64_t i = 1; i <= 3; ++i) CHECK(admission.enter(number(i), here).admitted);
  admission.prove(number(1));
  const auto fourth = admission.enter(number(4), here);
  CHECK(fourth.admitted);
  CHECK(fourth.evict == number(2));
  const auto fifth = admission.enter(number(5), here);
  CHECK(fifth.evict == number(3));  // not the one on its way out
  admission.prove(number(4));
  admission.prove(number(5));
  CHECK_FALSE(admission.enter(number(6), here).admitted);
  for (const std::uint64_t gone : {2u, 3u}) admission.leave(number(gone));
  CHECK(admission.connection_count() == 3);
  CHECK_FALSE(admission.enter(number(7), here).admitted);
}

TEST_CASE("R82 a bucket is a network under a secret, not an address") {
  const Bytes secret(32, 1);
  const auto bucket = [&](const Bytes& address) { return remote_bucket(address, secret); };
  CHECK(bucket({192, 0, 2, 1}) == bucket({192, 0, 2, 254}));
  CHECK_FALSE(bucket({192, 0, 2, 1}) == bucket({192, 0, 3, 1}));
  Bytes mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 7};
  CHECK(bucket(mapped) == bucket({192, 0, 2, 1}));
  Bytes ipv6(16, 0);
  ipv6[0] = 0x20;
  Bytes neighbour = ipv6;
  neighbour[15] = neighbour[6] = 9;
  CHECK(bucket(ipv6) == bucket(neighbour));
  neighbour[5] = 1;
  CHECK_FALSE(bucket(ipv6) == bucket(neighbour));
  CHECK_FALSE(remote_bucket(Bytes{192, 0, 2, 1}, Bytes(32, 2)) == bucket({192, 0, 2, 1}));
}
