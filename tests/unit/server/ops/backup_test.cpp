#include "server/ops/backup.h"

#include "tests/unit/server/ops/upkeep_fixture.h"

using namespace encuentro;
using namespace encuentro::server;
using namespace encuentro::server::ops;
using namespace encuentro::server::ops::test;

namespace {

constexpr Timestamp now{1'800'000'000'000};

Bytes held(storage::RocksStore& store, const std::string& key) {
  return storage::test::get(store, service::key_package_partition(device()), key).value_or(Bytes{});
}

}  // namespace

TEST_CASE("R84 a backup is checked when it is made, standing still or running") {
  TemporaryDirectory directory;
  {
    auto running = opened(directory.path("store"));
    fill(*running);
    const auto made = back_up(*running, directory.path("from running"));
    REQUIRE(made);
    CHECK(made->storage.clean());
    CHECK(made->roster_entries == 2);
    CHECK(back_up(directory.path("store"), directory.path("x")).error().code == Code::locked);
  }
  const auto made = back_up(directory.path("store"), directory.path("from still"));
  REQUIRE(made);
  CHECK(made->storage.clean());
  CHECK(back_up(directory.path("store"), directory.path("from still")).error().code == Code::already_exists);
  CHECK(back_up(directory.path("none"), directory.path("y")).error().code == Code::not_found);
  CHECK_FALSE(std::filesystem::exists(directory.path("none")));
}

TEST_CASE("R84 what is restored has a new generation and gives out no old key package") {
  TemporaryDirectory directory;
  {
    auto running = opened(directory.path("store"));
    fill(*running);
    REQUIRE(back_up(*running, directory.path("backup")));
  }
  REQUIRE(restore(directory.path("backup"), directory.path("restored"), now));
  auto restored = opened(directory.path("restored"));
  CHECK(restored->generation() == 1'800'000'000);
  const std::string prefix = service::single_use_prefix;
  CHECK(held(*restored, prefix + "a").empty());
  CHECK(held(*restored, prefix + "b").empty());
  CHECK(held(*restored, "last") == bytes("last resort"));
  CHECK(storage::test::read_log(*restored, service::channel_partition(channel())).entries.size() == 3);
  restored.reset();
  CHECK(check(directory.path("restored"))->storage.clean());
  restored = opened(directory.path("restored"));
  const auto marked = [&] {
    return storage::test::get(*restored, service::roster_partition(), service::recovering_key);
  };
  CHECK(marked() == service::recovering_row(now).value);
  REQUIRE(end_recovery(*restored));
  CHECK_FALSE(marked());
  CHECK(end_recovery(*restored));
  restored.reset();
  // A second restore of the same backup is told apart from the first.
  REQUIRE(restore(directory.path("backup"), directory.path("again"), now + seconds(1)));
  CHECK(opened(directory.path("again"))->generation() == 1'800'000'001);
  CHECK_FALSE(std::filesystem::exists(directory.path("again.restoring")));
}

TEST_CASE("R84 a backup with findings isn't restored, and nothing is overwritten") {
  TemporaryDirectory directory;
  Content content;
  content.wrong_channel_entry = 2;
  {
    auto running = opened(directory.path("store"));
    fill(*running, content);
    const auto made = back_up(*running, directory.path("backup"));
    REQUIRE(made);
    CHECK_FALSE(made->storage.clean());
  }
  const auto refused = restore(directory.path("backup"), directory.path("restored"), now);
  REQUIRE_FALSE(refused);
  CHECK(std::string_view(refused.error().rule) == "R84");
  CHECK_FALSE(std::filesystem::exists(directory.path("restored")));
  CHECK(restore(directory.path("none"), directory.path("restored"), now).error().code == Code::not_found);
}

TEST_CASE("a restore into a store that is there is refused") {
  TemporaryDirectory directory;
  auto running = opened(directory.path("store"));
  fill(*running);
  REQUIRE(back_up(*running, directory.path("backup")));
  CHECK(restore(directory.path("backup"), directory.path("store"), now).error().code == Code::already_exists);
  CHECK(restore(directory.path("backup"), directory.path("early"), Timestamp{1000}).error().code == Code::bad_sequence);
}
