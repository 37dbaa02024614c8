#include "server/ops/log_check.h"

#include "tests/unit/server/ops/upkeep_fixture.h"

using namespace encuentro;
using namespace encuentro::server;
using namespace encuentro::server::ops;
using namespace encuentro::server::ops::test;
using storage::Finding;

namespace {

storage::CheckReport walked(const Content& content, std::uint64_t& roster_entries) {
  TemporaryDirectory directory;
  fill(*opened(directory.path("store")), content);
  LogCheck logs;
  storage::CheckReport report;
  REQUIRE(storage::check_store(directory.path("store"), logs, report));
  logs.finish(report);
  roster_entries = logs.roster_entries();
  return report;
}

}  // namespace

TEST_CASE("a roster that verifies and chains that hold have no findings") {
  std::uint64_t roster_entries = 0;
  CHECK(walked({}, roster_entries).clean());
  CHECK(roster_entries == 2);
}

TEST_CASE("a hash that doesn't belong where it stands is found, also at the first entry") {
  std::uint64_t roster_entries = 0;
  const std::uint64_t wrong = GENERATE(1u, 2u, 3u);
  Content content;
  content.wrong_channel_entry = wrong;
  const auto report = walked(content, roster_entries);
  REQUIRE_FALSE(report.clean());
  std::set<std::uint64_t> places;
  for (const auto& finding : report.findings) {
    CHECK(finding.what == Finding::What::content);
    CHECK(finding.detail == "chain");
    CHECK(finding.partition == service::channel_partition(channel()));
    places.insert(finding.seq);
  }
  CHECK(places.contains(wrong));
}

TEST_CASE("a roster entry that doesn't verify is found where it stands") {
  std::uint64_t roster_entries = 0;
  Content content;
  content.wrong_roster_entry = 2;
  const auto report = walked(content, roster_entries);
  REQUIRE(report.findings_count == 1);
  CHECK(report.findings[0].detail == "roster");
  CHECK(report.findings[0].seq == 2);
  CHECK(roster_entries == 1);
}

TEST_CASE("channels without a roster can't be right") {
  std::uint64_t roster_entries = 0;
  Content content;
  content.roster_entries = 0;
  const auto report = walked(content, roster_entries);
  REQUIRE(report.findings_count == 1);
  CHECK(report.findings[0].detail == "chain");
}

TEST_CASE("a stored entry that can't be read and a channel id that is none are found") {
  TemporaryDirectory directory;
  {
    auto store = opened(directory.path("store"));
    fill(*store);
    stored(*store, {service::channel_partition(channel()), {}, {storage::Append{bytes("short"), bytes("x")}}});
    stored(*store, {{"ch", "too short"}, {}, {storage::Append{bytes("r"), bytes("x")}}});
  }
  LogCheck logs;
  storage::CheckReport report;
  REQUIRE(storage::check_store(directory.path("store"), logs, report));
  logs.finish(report);
  std::set<std::string> details;
  for (const auto& finding : report.findings) details.insert(finding.detail);
  CHECK(details == std::set<std::string>{"stored_entry", "channel_id"});
}
