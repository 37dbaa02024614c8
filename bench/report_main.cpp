// bench-report: the annual report over 2,000 initiatives, as Markdown and as PDF, by the real command; and opening the
// profile alone, which is in both. Seconds.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "bench/command_line.h"
#include "protocol/base/check.h"

namespace {

using namespace encuentro;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int initiatives = 2000;

template <class Work>
double seconds_of(Work work) {
  auto begun = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

void write_list(const fs::path& file) {
  nlohmann::json list = nlohmann::json::array();
  for (int i = 0; i < initiatives; ++i) {
    char date[16];
    std::snprintf(date, sizeof date, "2016-%02d", 1 + i % 12);
    list.push_back({{"date", date},
                    {"country", "*"},
                    {"theme", "Tema " + std::to_string(i % 17)},
                    {"title", "Iniciativa " + std::to_string(i)},
                    {"text", "Tres jornadas de formación con docentes de varias provincias, número " +
                                 std::to_string(i) + ", y materiales para el aula."}});
  }
  std::ofstream(file) << list.dump();
}

}  // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  std::string folder = "bench-report-XXXXXX";
  ENC_CHECK(::mkdtemp(folder.data()) != nullptr);
  {
    bench::ServerProcess server(folder);
    bench::CommandLine person(folder, server);
    person.run({"channel", "create", "Memoria", "--kind", "network"});
    fs::path list = fs::path(folder) / "list.json";
    write_list(list);
    double filed = seconds_of([&] { person.run({"initiative", "import", "Memoria", list.string()}); });
    std::printf("file %d initiatives          %7.2f s\n", initiatives, filed);
    double open = seconds_of([&] { person.run({"--offline", "whoami"}); });
    std::printf("open the profile             %7.2f s\n", open);
    nlohmann::json told;
    double markdown = seconds_of([&] { told = person.run({"--offline", "report", "2016"}); });
    std::printf("report as Markdown           %7.2f s, %d initiatives\n", markdown, told["initiatives"].get<int>());
    std::string pdf = (fs::path(folder) / "2016.pdf").string();
    double paper = seconds_of([&] { person.run({"--offline", "report", "2016", "--format", "pdf", "-o", pdf}); });
    std::printf("report as PDF                %7.2f s, %.1f MiB\n", paper,
                static_cast<double>(fs::file_size(pdf)) / (1 << 20));
  }
  fs::remove_all(folder);
}
