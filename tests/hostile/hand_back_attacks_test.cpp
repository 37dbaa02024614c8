// Attacks on a server that was restored from a backup and is given back what it lost: a member gives it something else.
// Who holds the truth finds it; what the server can tell by itself it refuses.
// Tests: client/core/hand_back.cpp client/core/log_sync.cpp server/service/service_hand_back.cpp
#include <catch2/catch.hpp>

#include "protocol/api/error_reply.h"
#include "protocol/api/hand_back_calls.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

// Everybody is away, and the server is what it was at `backup`.
void restore(Scene& s, const storage::MemoryStore::Snapshot& backup) {
  for (Client* client : {&s.net.secretariat, &s.ar, &s.br, &s.cl}) s.away(*client);
  s.net.world.restore_server(backup);
}

void everybody_comes_back(Scene& s) {
  for (Client* client : {&s.net.secretariat, &s.ar, &s.br}) client->restart();
  s.net.world.settle(minutes(2));
}

// A connection of the thief's own, logged in with the stolen key.
sim::service::Caller log_in(Scene& s, const StolenDevice& thief) {
  auto exporter = s.random.id<api::ExporterValue>();
  auto caller = s.net.world.stranger(exporter);
  auto nonce = s.random.id<api::Nonce>();
  auto greeted = s.net.world.ask(caller, api::request_frame(1, api::Hello{api::protocol_version, nonce}));
  REQUIRE(greeted.size() == 1);
  auto hello = api::decode_message<api::HelloReply>(api::decode_frame(greeted.front())->body);
  REQUIRE(hello);
  const core::Self& self = thief.me().self;
  api::LoginContext context{self.network, nonce, hello->nonce, self.address, self.spki, exporter};
  auto answered = s.net.world.ask(caller, api::request_frame(2, api::sign_login(context, thief.id(), thief.key())));
  REQUIRE(answered.size() == 1);
  REQUIRE(api::decode_frame(answered.front())->type == api::FrameType::reply);
  return caller;
}

// What the server says to these entries after that place; none: it takes them.
Code give(Scene& s, sim::service::Caller caller, const record::LogHead& after, std::vector<Bytes> entries) {
  auto answers = s.net.world.ask(caller, api::request_frame(3, api::HandBack{s.id, after, std::move(entries)}));
  for (const Bytes& answer : answers) {
    auto frame = api::decode_frame(answer);
    if (frame->id != 3) continue;
    if (frame->type == api::FrameType::reply) return Code::none;
    return api::decode_message<api::ErrorReply>(frame->body)->code;
  }
  FAIL("no answer");
  return Code::none;
}

// The entry under the name of a device that didn't sign it.
Bytes written_as(const Bytes& bytes, const DeviceId& device) {
  auto entry = record::decode_log_entry(bytes);
  REQUIRE(entry);
  entry->header.device = device;
  return record::encode(*entry);
}

record::LogHead head_of(Scene& s) { return s.victim.look().channel(s.id)->head; }

// Who was removed after the backup writes in the place of the removal, before anybody who knows better is there.
void removed_member_comes_first(Scene& s) {
  auto backup = s.net.world.backup();
  StolenDevice thief(s.cl);
  auto header = thief.header(s.victim, s.id, s.random);
  Bytes forged = thief.message(header, "nunca salí", s.random);
  s.ar.must(core::RemoveFromChannel{s.id, s.cl.member()});
  std::erase(s.inside, thief.id());  // an honest Commit took it out
  s.chat();
  restore(s, backup);
  CHECK(give(s, log_in(s, thief), header.seen, {forged}) == Code::none);
  everybody_comes_back(s);
  for (const auto& body : s.victim.bodies(s.id)) CHECK(body != "nunca salí");
}

// Two that were written at once, of which neither names the other, change places.
void reorder(Scene& s) {
  auto backup = s.net.world.backup();
  auto before = head_of(s);
  core::Send send;
  send.channel = s.id;
  send.body = "a la vez";
  s.said.push_back(send.body);
  CHECK(s.ar.begin(send) > 0);
  CHECK(s.br.begin(send) > 0);
  s.net.world.settle();
  auto entries = s.victim.look().log_entries(s.id);
  REQUIRE(entries.size() == before.seq.value + 2);
  StolenDevice thief(s.cl);
  restore(s, backup);
  CHECK(give(s, log_in(s, thief), before, {entries[before.seq.value + 1], entries[before.seq.value]}) == Code::none);
  everybody_comes_back(s);
}

// Something that never stood there, by a member who is still one.
void forge(Scene& s) {
  auto backup = s.net.world.backup();
  StolenDevice thief(s.cl);
  auto header = thief.header(s.victim, s.id, s.random);
  Bytes forged = thief.message(header, "otra cosa", s.random);
  s.chat();
  restore(s, backup);
  CHECK(give(s, log_in(s, thief), header.seen, {forged}) == Code::none);
  everybody_comes_back(s);
}

}  // namespace

TEST_CASE("hostile: whoever holds the truth finds what was given back in its place") {
  std::vector<Attack> attacks = {
      {"a removed member writes in the place of the removal", "design 4: the log", Code::fork, "S5",
       removed_member_comes_first},
      {"two entries change places", "design 4: the log", Code::fork, "S5", reorder},
      {"something new stands in the place of what was lost", "R84", Code::fork, "S5", forge},
  };
  meet(attacks);
}

TEST_CASE("hostile: altered, forged in another's name, out of order: refused, and the truth comes back") {
  for (std::size_t trial = 0; trial < trials(); ++trial) {
    Scene s(7000 + trial);
    INFO("trial " << trial);
    auto backup = s.net.world.backup();
    auto before = head_of(s);
    StolenDevice thief(s.cl);
    auto header = thief.header(s.victim, s.id, s.random);
    s.say(s.ar, "uno");
    s.say(s.br, "dos");
    auto bodies = s.victim.bodies(s.id);
    auto entries = s.victim.look().log_entries(s.id);
    Bytes first = entries[before.seq.value], second = entries[before.seq.value + 1];
    restore(s, backup);
    auto caller = log_in(s, thief);
    Bytes altered = first;
    altered[s.pick(altered.size())] ^= static_cast<std::uint8_t>(1U << s.pick(8));
    CHECK(give(s, caller, before, {altered}) != Code::none);
    CHECK(give(s, caller, before, {second}) != Code::none);
    CHECK(give(s, caller, before, {second, first}) != Code::none);
    Bytes in_anothers_name =
        written_as(thief.message(header, "en nombre de otro", s.random), s.ar.look().self().device);
    CHECK(give(s, caller, before, {in_anothers_name}) == Code::bad_signature);
    everybody_comes_back(s);
    s.net.world.end_recovery();
    s.say(s.ar, "tres");
    s.net.world.settle();
    bodies.emplace_back("tres");
    CHECK(s.victim.bodies(s.id) == bodies);
    CHECK(s.victim.look().alarms().empty());
  }
}

TEST_CASE("hostile: once the removal is back, who was removed gives nothing back") {
  Scene s(7500);
  auto backup = s.net.world.backup();
  StolenDevice thief(s.cl);
  s.ar.must(core::RemoveFromChannel{s.id, s.cl.member()});
  restore(s, backup);
  auto caller = log_in(s, thief);
  s.ar.restart();
  s.net.world.settle(minutes(1));
  auto header = thief.header(s.victim, s.id, s.random);
  header.at.epoch.value -= 1;
  Code refused = give(s, caller, s.ar.look().channel(s.id)->head, {thief.message(header, "no", s.random)});
  CHECK(refused == Code::epoch_changed);
  // A server that lets him in all the same meets the readers.
  s.br.restart();
  s.net.world.settle(minutes(1));
  s.push_entry(s.victim, thief.message(header, "no", s.random));
  CHECK(s.victim.look().alarms().size() == 1);
}
