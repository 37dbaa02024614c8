#include "client/cli/evidence.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "client/cli/clock.h"

using namespace encuentro;
using namespace encuentro::client;

TEST_CASE("an alarm becomes one file that holds it whole") {
  auto home = std::filesystem::temp_directory_path() / ("encuentro-evidence-" + std::to_string(getpid()));
  core::Alarm alarm;
  alarm.code = Code::fork;
  alarm.rule = "S4";
  alarm.seq = Seq{9};
  alarm.time = *cli::parse_time("2026-11-23T21:04:05Z");
  alarm.evidence = Bytes{1, 2, 3};
  CHECK(cli::keep_evidence(home, alarm) == cli::keep_evidence(home, alarm));
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(home / "evidence")) files.push_back(entry.path());
  REQUIRE(files.size() == 1);
  CHECK(files[0].filename() == "2026-11-23T21:04:05Z-fork.evidence");
  std::ifstream in(files[0], std::ios::binary);
  Bytes bytes((std::istreambuf_iterator<char>(in)), {});
  auto back = core::decode_fields<core::Alarm>(bytes);
  REQUIRE(back);
  CHECK(back->evidence == alarm.evidence);
  CHECK(back->seq == alarm.seq);
  std::filesystem::remove_all(home);
}
