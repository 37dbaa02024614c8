#include "protocol/api/key_package_calls.h"

#include "tests/unit/protocol/api/messages.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("KeyPackage calls read back whole only") {
  SeededRandom random(63);
  check_message(api::KeyPackagesPut{true, {Bytes(80, 1), Bytes(80, 2)}});
  check_message(api::KeyPackagesPutReply{20});
  check_message(api::KeyPackageTake{random.id<DeviceId>(), random.id<ChannelId>()});
  check_message(api::KeyPackageTakeReply{Bytes(80, 3)});
  check_message(api::KeyPackagesLowPush{2});
}

TEST_CASE("too many or too large packages are refused") {
  CHECK(refused(api::KeyPackagesPut{false, std::vector<Bytes>(limits::key_packages_per_put_max + 1)}) ==
        Code::too_large);
  CHECK(refused(api::KeyPackageTakeReply{Bytes(limits::key_package_bytes_max + 1)}) == Code::too_large);
}
