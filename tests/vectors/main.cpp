// mls-vectors [--type TYPE] [--suite N] FILE...: checks files of the MLS working group's test vectors.
// Exit status: 0 all passed, 1 some failed (also a file that can't be read, or whose type isn't known), 2 wrong use.
#include <array>
#include <cstdio>

#include "protocol/crypto/system_random.h"
#include "tests/vectors/runner.h"

namespace {

using namespace encuentro;
using namespace encuentro::vectors;

struct Arguments {
  const Family* family = nullptr;
  std::optional<std::uint16_t> suite;
  std::vector<std::string> files;
};

int usage() {
  std::fprintf(stderr, "usage: mls-vectors [--type TYPE] [--suite N] FILE...\ntypes:");
  for (const Family& family : families()) std::fprintf(stderr, " %s", std::string(family.type).c_str());
  std::fprintf(stderr, "\n");
  return 2;
}

std::optional<Arguments> parse(int argc, char** argv) {
  Arguments out;
  for (int i = 1; i < argc; ++i) {
    std::string_view argument = argv[i];
    if (argument != "--type" && argument != "--suite") {
      if (argument.starts_with("--")) return std::nullopt;
      out.files.emplace_back(argument);
      continue;
    }
    if (++i == argc) return std::nullopt;
    if (argument == "--type") {
      out.family = family_named(argv[i]);
      if (out.family == nullptr) return std::nullopt;
    } else {
      out.suite = static_cast<std::uint16_t>(std::strtoul(argv[i], nullptr, 10));
    }
  }
  if (out.files.empty()) return std::nullopt;
  return out;
}

std::string base_name(const std::string& path) {
  std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::optional<std::string> read_file(const std::string& path) {
  std::FILE* in = std::fopen(path.c_str(), "rb");
  if (in == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 65536> piece;
  for (std::size_t got = 0; (got = std::fread(piece.data(), 1, piece.size(), in)) > 0;) text.append(piece.data(), got);
  bool whole = std::ferror(in) == 0;
  std::fclose(in);
  return whole ? std::optional(std::move(text)) : std::nullopt;
}

Report failed_file(const char* why) {
  Report report;
  report.failed = 1;
  report.failures.emplace_back(why);
  return report;
}

Report run_file(const Family* family, const std::string& file, std::optional<std::uint16_t> suite, Random& random) {
  if (family == nullptr) return failed_file("the name tells no type; use --type");
  std::optional<std::string> text = read_file(file);
  if (!text) return failed_file("can't be read");
  return run_vectors(*family, *text, suite, random);
}

}  // namespace

int main(int argc, char** argv) {
  std::optional<Arguments> arguments = parse(argc, argv);
  if (!arguments) return usage();
  crypto::SystemRandom random;
  Report total;
  for (const std::string& file : arguments->files) {
    const Family* family = arguments->family != nullptr ? arguments->family : family_of_file(base_name(file));
    Report report = run_file(family, file, arguments->suite, random);
    std::printf("%s: %zu passed, %zu failed", file.c_str(), report.passed, report.failed);
    if (arguments->suite) std::printf(", %zu of other suites left out", report.left_out);
    std::printf("\n");
    for (const std::string& failure : report.failures) std::printf("  %s: %s\n", file.c_str(), failure.c_str());
    total.passed += report.passed;
    total.failed += report.failed;
    total.left_out += report.left_out;
  }
  std::printf("%zu passed, %zu failed", total.passed, total.failed);
  if (arguments->suite) std::printf(", %zu of other suites left out", total.left_out);
  std::printf("\n");
  return total.failed == 0 ? 0 : 1;
}
