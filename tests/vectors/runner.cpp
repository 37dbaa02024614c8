#include "tests/vectors/runner.h"

namespace encuentro::vectors {

namespace {

void count(Report& report, std::size_t place, const Verdict& verdict) {
  if (verdict) {
    ++report.passed;
    return;
  }
  ++report.failed;
  report.failures.push_back("case " + std::to_string(place) + ": " + verdict.error());
}

bool of_other_suite(const Json& vector, std::optional<std::uint16_t> only_suite) {
  return only_suite && vector.is_object() && vector.contains("cipher_suite") &&
         vector["cipher_suite"] != Json(*only_suite);
}

}  // namespace

Report run_vectors(const Family& family, std::string_view json_text, std::optional<std::uint16_t> only_suite,
                   Random& random) {
  Report report;
  Json cases = Json::parse(json_text, nullptr, false);
  if (cases.is_object()) cases = Json::array({cases});
  if (!cases.is_array() || cases.empty()) {
    count(report, 0, std::unexpected(cases.is_array() ? "no case in it" : "not a JSON array of cases"));
    return report;
  }
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (of_other_suite(cases[i], only_suite)) {
      ++report.left_out;
      continue;
    }
    count(report, i, family.verify(Fields(cases[i]), random));
  }
  return report;
}

}  // namespace encuentro::vectors
