#include "client/cli/evidence.h"

#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "client/cli/clock.h"
#include "client/core/wordlist.h"
#include "client/verify/evidence_check.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::cli {
namespace {

using nlohmann::json;

constexpr std::size_t words_count = 4;

std::string hex_of(BytesView bytes) { return to_hex(bytes); }

std::string_view word_of(verify::Verdict verdict) {
  return verdict == verify::Verdict::proven ? "proven" : verdict == verify::Verdict::genuine ? "genuine" : "nothing";
}

std::string_view word_of(verify::Contradiction contradiction) {
  switch (contradiction) {
    case verify::Contradiction::none:
      return "none";
    case verify::Contradiction::log:
      return "log";
    case verify::Contradiction::author:
      return "author";
    case verify::Contradiction::roster:
      return "roster";
  }
  return "";
}

json json_of(const verify::ShownEntry& entry) {
  return {{"channel", hex_of(entry.channel.view())},
          {"id", hex_of(entry.id.view())},
          {"device", hex_of(entry.device.view())},
          {"member", entry.member ? hex_of(entry.member->view()) : std::string()},
          {"seen", entry.seen.seq.value},
          {"seen_hash", hex_of(entry.seen.hash.view())},
          {"roster", entry.roster.seq.value},
          {"genuine", entry.signature == Code::none},
          {"signature", std::string(name(entry.signature))}};
}

std::string text_of(const verify::ShownEntry& entry, const core::Core* own, const Catalogue& words) {
  auto known = own != nullptr && entry.member ? own->name_of(*entry.member) : std::nullopt;
  return "\n  " + (known ? known->name : hex_of(entry.device.view()).substr(0, 8)) + "  " +
         hex_of(entry.id.view()).substr(0, 8) + "  " +
         words.text(entry.signature == Code::none ? "evidence.signed" : "evidence.unsigned");
}

// A file of before carries the alarm alone: then only a profile of that network says whose signatures are in it.
Result<verify::EvidenceFile> read_file(BytesView bytes, const core::Core* own) {
  auto file = verify::decode_evidence_file(bytes);
  if (file || !core::decode_fields<core::Alarm>(bytes)) return file;
  verify::EvidenceFile bare;
  bare.alarm = to_bytes(bytes);
  if (own == nullptr) return bare;
  bare.network = own->self().network;
  bare.fingerprint = own->self().fingerprint;
  bare.roster = own->roster_entries();
  return bare;
}

// Two people's rosters that differ are a proof by themselves.
Result<std::optional<RosterSeq>> parted(const verify::EvidenceFile& file, const core::Core* own) {
  if (own == nullptr) return std::optional<RosterSeq>();
  if (file.fingerprint != own->self().fingerprint) return fail(Code::wrong_network, "evidence");
  return verify::parted_at(own->roster_entries(), file.roster, file.fingerprint);
}

}  // namespace

std::filesystem::path keep_evidence(const std::filesystem::path& home, const core::Alarm& alarm,
                                    const verify::EvidenceFile& file) {
  std::filesystem::path folder = home / "evidence";
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  chmod(folder.c_str(), 0700);
  constexpr std::size_t short_digits = 8;
  std::string stem = rfc3339(alarm.time) + "-" + std::string(name(alarm.code));
  if (alarm.channel) {
    stem += "-" + hex_of(alarm.channel->view()).substr(0, short_digits) + "-" + std::to_string(alarm.seq.value);
  }
  // Two alarms of one second are two files.
  stem += "-" + hex_of(crypto::sha256({file.alarm}).view()).substr(0, short_digits);
  std::filesystem::path place = folder / (stem + ".evidence");
  if (!std::filesystem::exists(place)) {
    Bytes bytes = verify::encode(file);
    std::ofstream(place, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
  return place;
}

void say_alarm(const core::Alarm& alarm, const std::filesystem::path& file, const std::string& title, Output& output) {
  nlohmann::json extra = {{"alarm", true}, {"evidence", file.string()}};
  if (alarm.channel) extra["channel"] = to_hex(alarm.channel->view());
  // A restore has words of its own; the rules of other alarms are for experts.
  const char* rule = alarm.rule == "restored" ? "restored" : "";
  output.error(Error{alarm.code, rule, 0, alarm.seq.value}, {}, extra);
  if (title.empty()) {
    output.say("alarm.file", {{"file", file.string()}});
  } else {
    output.say("alarm.channel_file", {{"title", title}, {"file", file.string()}});
  }
}

Result<bool> tell_evidence(BytesView bytes, const core::Core* own, Output& output) {
  TRY(verify::EvidenceFile file, read_file(bytes, own));
  TRY(auto alarm, core::decode_fields<core::Alarm>(file.alarm));
  TRY(auto parted_at, parted(file, own));
  json object = {{"alarm", std::string(name(alarm.code))},
                 {"rule", alarm.rule},
                 {"seq", alarm.seq.value},
                 {"time", rfc3339(alarm.time)},
                 {"fingerprint", hex_of(file.fingerprint.view())},
                 {"roster_entries", file.roster.size()},
                 {"channel", alarm.channel ? hex_of(alarm.channel->view()) : std::string()},
                 {"entries", json::array()}};
  std::string text = rfc3339(alarm.time) + "  " + output.words().error_text(Error{alarm.code});
  verify::EvidenceReport report;
  if (auto judged = verify::check_evidence(alarm.evidence, file.roster, file.fingerprint)) report = std::move(*judged);
  for (const verify::ShownEntry& entry : report.entries) {
    object["entries"].push_back(json_of(entry));
    text += text_of(entry, own, output.words());
  }
  if (parted_at) {
    report.verdict = verify::Verdict::proven;
    report.contradiction = verify::Contradiction::roster;
    object["parted_at"] = parted_at->value;
  }
  std::string verdict(word_of(report.verdict));
  object["verdict"] = verdict;
  object["contradiction"] = std::string(word_of(report.contradiction));
  object["genuine"] = report.verdict != verify::Verdict::nothing;
  text += "\n" + output.words().text("evidence.verdict." + verdict);
  if (report.contradiction != verify::Contradiction::none) {
    text += " " + output.words().text("evidence.contradiction." + std::string(word_of(report.contradiction)));
  }
  output.line(object, text);
  if (own == nullptr) {
    output.say("evidence.compare", {{"words", core::words_for(file.fingerprint.view(), words_count)},
                                    {"fingerprint", hex_of(file.fingerprint.view())}});
  }
  return report.verdict != verify::Verdict::nothing;
}

}  // namespace encuentro::client::cli
