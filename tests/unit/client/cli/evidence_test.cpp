#include "client/cli/evidence.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "client/cli/clock.h"

using namespace encuentro;
using namespace encuentro::client;

TEST_CASE("an alarm becomes one file that holds it whole, with the roster") {
  auto home = std::filesystem::temp_directory_path() / ("encuentro-evidence-" + std::to_string(getpid()));
  core::Alarm alarm;
  alarm.code = Code::fork;
  alarm.rule = "S4";
  alarm.seq = Seq{9};
  alarm.time = *cli::parse_time("2026-11-23T21:04:05Z");
  alarm.evidence = Bytes{1, 2, 3};
  verify::EvidenceFile file;
  file.alarm = core::encode_fields(alarm);
  file.roster = {{1, 2}};
  CHECK(cli::keep_evidence(home, alarm, file) == cli::keep_evidence(home, alarm, file));
  // Another alarm of the same second is another file.
  alarm.evidence = Bytes{4};
  verify::EvidenceFile second = file;
  second.alarm = core::encode_fields(alarm);
  cli::keep_evidence(home, alarm, second);
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(home / "evidence")) files.push_back(entry.path());
  REQUIRE(files.size() == 2);
  std::set<Bytes> alarms;
  for (const auto& place : files) {
    CHECK(place.filename().string().starts_with("2026-11-23T21:04:05Z-fork-"));
    std::ifstream in(place, std::ios::binary);
    Bytes bytes((std::istreambuf_iterator<char>(in)), {});
    auto back = verify::decode_evidence_file(bytes);
    REQUIRE(back);
    CHECK(back->roster == file.roster);
    alarms.insert(back->alarm);
  }
  CHECK(alarms == std::set{file.alarm, second.alarm});
  std::filesystem::remove_all(home);
}

TEST_CASE("a file of before, that holds the alarm alone, is read, and without a profile it shows nothing") {
  cli::Catalogue words(cli::Language::es);
  cli::Output output(words, true);
  core::Alarm alarm;
  alarm.code = Code::fork;
  auto told = cli::tell_evidence(core::encode_fields(alarm), nullptr, output);
  REQUIRE(told);
  CHECK_FALSE(*told);
  CHECK_FALSE(cli::tell_evidence(Bytes{1, 2, 3}, nullptr, output));
}
