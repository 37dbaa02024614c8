// The fuzz targets' first inputs: what a small real session says, and one of each kind. They are made here, so that
// they can be made anew when a format changes (FUZZ_CORPUS=fuzz/corpus names the folder to write into), and each is
// shown to be good input.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "client/verify/proof_file.h"
#include "fuzz/api_messages.h"
#include "protocol/content/initiative.h"
#include "protocol/content/meeting.h"
#include "protocol/content/signed_content.h"
#include "protocol/record/log_entry.h"
#include "protocol/roster/invite_keys.h"
#include "protocol/roster/pending.h"
#include "tests/unit/fuzz/recorded_session.h"

using namespace encuentro;
using namespace encuentro::client;
using tests::RecordedSession;

namespace {

void write_seed(const std::string& target, const std::string& name, BytesView bytes) {
  const char* corpus = std::getenv("FUZZ_CORPUS");
  if (corpus == nullptr) return;
  const std::filesystem::path folder = std::filesystem::path(corpus) / target;
  std::filesystem::create_directories(folder);
  std::ofstream out(folder / name, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

// Founded, a country, a committee, two messages, looked at.
RecordedSession& session() {
  static RecordedSession& recorded = *[] {
    auto* made = new RecordedSession();
    made->found();
    made->run(core::AddCountry{"XA", "País", roster::CountryStatus::member, roster::Voice::any, {}, "acta 1"});
    made->run(core::Invite{roster::Role::focal_point, "XA", true, {}, {}, {"Ana", "", ""}, {}, false, ""});
    core::CreateChannel create;
    create.title = "Mesa";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"XA"};
    made->run(create);
    const ChannelId channel = made->core_channels().back();
    made->run(core::Send{channel, "hola", {}, {}, {}});
    made->run(core::SetTitle{channel, "Mesa de trabajo"});
    made->look();
    return made;
  }();
  return recorded;
}

template <class... Messages>
std::size_t write_messages(fuzz::MessageList<Messages...>) {
  std::uint8_t number = 0;
  std::size_t readable = 0;
  auto one = [&](auto message) {
    codec::Writer w;
    w.u8(number++);
    message.encode(w);
    const Bytes bytes = w.take();
    readable += api::decode_message<decltype(message)>(BytesView(bytes).subspan(1)).has_value() ? 1 : 0;
    write_seed("api_fuzz", "message-" + std::to_string(number - 1), bytes);
  };
  (one(Messages{}), ...);
  return readable;
}

content::Content message() {
  content::Content item;
  item.time = fuzz::session_start;
  item.zone = "America/Lima";
  item.media_type = "text/markdown";
  item.title = "Reunión";
  item.body = "**hola**";
  return item;
}

}  // namespace

TEST_CASE("seed: a client's whole session goes through its door and opens again") {
  const Bytes& script = session().script();
  CHECK(script.size() > 4000);
  CHECK(session().failures() == 0);
  fuzz::DoorSession again;
  again.run(script);
  CHECK(again.opens_again());
  write_seed("client_door_fuzz", "founding", script);
}

TEST_CASE("seed: roster and log entries of a session, and its export") {
  const auto roster = session().roster_entries();
  REQUIRE(roster.size() == 3);
  for (std::size_t i = 0; i < roster.size(); ++i) {
    CHECK(roster::RosterEntry::decode(roster[i]).has_value());
    write_seed("roster_entry_fuzz", "entry-" + std::to_string(i), roster[i]);
  }
  std::vector<Bytes> files = {verify::framed(roster)};
  for (const ChannelId& channel : session().core_channels()) {
    const auto entries = session().log_entries(channel);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      CHECK(record::decode_log_entry(entries[i]).has_value());
      write_seed("log_entry_fuzz", to_hex(channel.view()).substr(0, 4) + "-" + std::to_string(i), entries[i]);
    }
    files.push_back(verify::framed(entries));
    files.push_back(verify::framed_words({}));
  }
  REQUIRE(files.size() > 1);
  write_seed("foreign_proof_fuzz", "export", verify::framed(files));
  core::Alarm alarm;
  alarm.code = Code::fork;
  alarm.rule = "head";
  alarm.evidence = session().log_entries(session().core_channels().back()).front();
  const Bytes evidence = core::encode_fields(alarm);
  CHECK(core::decode_fields<core::Alarm>(evidence).has_value());
  write_seed("foreign_proof_fuzz", "alarm", evidence);
}

TEST_CASE("seed: one of each message of the connection") {
  CHECK(write_messages(fuzz::ApiMessages{}) > fuzz::ApiMessages::count / 2);
}

TEST_CASE("seed: items, signed and typed") {
  tests::SeededRandom random(5);
  content::Initiative initiative;
  initiative.country = "XA";
  initiative.date = "2017-06";
  initiative.title = "Capacitación";
  content::Meeting meeting;
  meeting.start = meeting.end = "2026-11-30";
  meeting.title = "Reunión";
  std::size_t number = 0;
  for (content::Content item : {message(), content::content_of(initiative), content::content_of(meeting)}) {
    item.time = fuzz::session_start;
    const Bytes bytes = content::encode(item);
    CHECK(content::decode_content(bytes).has_value());
    write_seed("content_fuzz", "item-" + std::to_string(number++), bytes);
  }
  CHECK(content::initiative_of(content::content_of(initiative)).has_value());
  CHECK(content::meeting_of(content::content_of(meeting)).has_value());
}

TEST_CASE("seed: an invitation's link, a channel's policy, a statement on its way") {
  const std::string& link = session().invited();
  CHECK(roster::InviteLink::parse(link).has_value());
  write_seed("invite_link_fuzz", "link", as_bytes(link));
  for (const ChannelId& channel : session().core_channels()) {
    const Bytes policy = session().policy_bytes(channel);
    CHECK(policy::ChannelPolicy::decode_all(policy).has_value());
    write_seed("channel_policy_fuzz", to_hex(channel.view()).substr(0, 4), policy);
  }
}
