#include "client/cli/evidence.h"

#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "client/cli/clock.h"

namespace encuentro::client::cli {

std::filesystem::path keep_evidence(const std::filesystem::path& home, const core::Alarm& alarm) {
  std::filesystem::path folder = home / "evidence";
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  chmod(folder.c_str(), 0700);
  std::string stem = rfc3339(alarm.time) + "-" + std::string(name(alarm.code));
  if (alarm.channel) stem += "-" + to_hex(alarm.channel->view()).substr(0, 8) + "-" + std::to_string(alarm.seq.value);
  std::filesystem::path file = folder / (stem + ".evidence");
  if (!std::filesystem::exists(file)) {
    Bytes bytes = core::encode_fields(alarm);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  return file;
}

void say_alarm(const core::Alarm& alarm, const std::filesystem::path& file, const std::string& title, Output& output) {
  nlohmann::json extra = {{"alarm", true}, {"evidence", file.string()}};
  if (alarm.channel) extra["channel"] = to_hex(alarm.channel->view());
  output.error(Error{alarm.code, "", 0, alarm.seq.value}, {}, extra);
  if (title.empty()) {
    output.say("alarm.file", {{"file", file.string()}});
  } else {
    output.say("alarm.channel_file", {{"title", title}, {"file", file.string()}});
  }
}

}  // namespace encuentro::client::cli
