#include "server/ops/check.h"

#include "server/ops/log_check.h"

namespace encuentro::server::ops {
namespace {

std::string line(const storage::Finding& finding) {
  std::string text = "finding: " + std::string(storage::name(finding.what));
  if (!finding.partition.kind.empty()) {
    text += " in " + finding.partition.kind + "/" + to_hex(as_bytes(finding.partition.id));
  }
  if (finding.seq > 0) text += " at " + std::to_string(finding.seq);
  if (!finding.blob.empty()) text += " blob " + finding.blob;
  if (!finding.detail.empty()) text += " (" + finding.detail + ")";
  return text + "\n";
}

}  // namespace

Result<CheckResult> check(const std::string& store) {
  CheckResult result;
  LogCheck logs;
  TRY_OK(storage::check_store(store, logs, result.storage));
  logs.finish(result.storage);
  result.roster_entries = logs.roster_entries();
  return result;
}

std::string describe(const CheckResult& result) {
  const storage::CheckReport& report = result.storage;
  std::string text;
  const auto figure = [&text](const char* name, std::uint64_t value) {
    text += std::string(name) + ": " + std::to_string(value) + "\n";
  };
  figure("partitions", report.partitions);
  figure("log entries", report.entries);
  figure("roster entries", result.roster_entries);
  figure("records", report.records);
  figure("blobs", report.blobs);
  figure("bytes", report.bytes);
  figure("findings", report.findings_count);
  for (const auto& finding : report.findings) text += line(finding);
  return text;
}

}  // namespace encuentro::server::ops
