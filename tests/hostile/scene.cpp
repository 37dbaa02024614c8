#include "tests/hostile/scene.h"

#include <cstdlib>

namespace encuentro::hostile {
namespace {

core::CreateChannel committee(policy::History history) {
  core::CreateChannel create;
  create.title = "Comité";
  create.kind = policy::ChannelKind::committee;
  create.history = history;
  create.countries = {"AR", "BR", "CL"};
  return create;
}

Client& enter(sim::Network& net, const char* country) {
  net.country(country);
  return net.quick_focal_point(country);
}

std::string raised_by(const Client& client) {
  std::string text;
  for (const core::Alarm& alarm : client.look().alarms()) {
    text += std::string(name(alarm.code)) + " (" + alarm.rule + ") ";
  }
  return text;
}

bool raised(const Client& client, const Attack& attack) {
  for (const core::Alarm& alarm : client.look().alarms()) {
    if (alarm.code == attack.code && alarm.rule == attack.rule) return true;
  }
  return false;
}

}  // namespace

Scene::Scene(std::uint64_t seed, policy::History history)
    : random(seed * 977 + 1), net(seed), ar(enter(net, "AR")), br(enter(net, "BR")), cl(enter(net, "CL")), victim(br) {
  id = ar.get<core::ChannelCreated>(committee(history)).channel;
  ar.must(core::AddToChannel{id, br.member()});
  ar.must(core::AddToChannel{id, cl.member()});
  chat();
}

void Scene::say(Client& who, const std::string& words) {
  core::Send send;
  send.channel = id;
  send.body = words;
  who.must(send);
}

void Scene::chat() {
  for (std::size_t i = pick(3) + 1; i > 0; --i) say(pick(2) == 0 ? ar : br, "antes " + std::to_string(i));
}

void Scene::push_entry(const Client& reader, const Bytes& entry) {
  Seq next = reader.look().channel(id)->head.seq.next();
  net.world.tell(reader, api::push_frame(api::EntryPush{id, {next, net.world.now, entry}}));
  net.world.settle();
}

void Scene::push_roster(const Client& reader, const roster::RosterEntry& entry) {
  net.world.tell(reader, api::push_frame(api::RosterPush{entry.encode()}));
  net.world.settle();
}

void Scene::swallow(api::Push kind) {
  auto before = std::move(net.world.tamper);
  net.world.tamper = [this, before, kind](const Client& to, BytesView bytes) -> std::optional<Bytes> {
    std::optional<Bytes> arrives = before ? before(to, bytes) : to_bytes(bytes);
    if (!arrives || &to != &victim) return arrives;
    auto frame = api::decode_frame(*arrives);
    bool meant = frame && frame->type == api::FrameType::push && frame->kind == static_cast<std::uint16_t>(kind);
    return meant ? std::nullopt : arrives;
  };
}

std::size_t trials() {
  const char* wish = std::getenv("ENCUENTRO_TRIALS");
  return wish == nullptr ? 20 : std::strtoul(wish, nullptr, 10);
}

void meet(const std::vector<Attack>& attacks) {
  for (const Attack& attack : attacks) {
    // What only the decoder refuses says nothing about what the attack is aimed at.
    REQUIRE(static_cast<unsigned>(attack.code) >= 200);
    for (std::size_t trial = 0; trial < trials(); ++trial) {
      Scene scene(1000 + trial);
      INFO(attack.name << " [" << attack.breaks << "], trial " << trial);
      attack.strike(scene);
      scene.net.world.settle();
      if (!raised(scene.victim, attack)) {
        FAIL_CHECK("not met: want " << name(attack.code) << " (" << attack.rule
                                    << "), raised: " << raised_by(scene.victim));
        break;
      }
    }
  }
}

}  // namespace encuentro::hostile
