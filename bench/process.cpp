#include "bench/process.h"

#include <time.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "protocol/base/check.h"

namespace encuentro::bench {

double cpu_us_of(pid_t process) {
  clockid_t clock = 0;
  timespec time{};
  ENC_CHECK(::clock_getcpuclockid(process, &clock) == 0 && ::clock_gettime(clock, &time) == 0);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double resident_bytes_of(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/statm");
  double all = 0;
  double resident = 0;
  in >> all >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

std::map<std::string, double> thread_cpu_us_of(pid_t process) {
  std::map<std::string, double> times;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
    std::string name;
    double run_ns = 0;
    std::getline(std::ifstream(thread.path() / "comm"), name);
    std::ifstream(thread.path() / "schedstat") >> run_ns;
    times[name] += run_ns / 1000;
  }
  return times;
}

}  // namespace encuentro::bench
