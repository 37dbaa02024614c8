#include "tests/hostile/scene.h"

#include <algorithm>
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

std::string said_of(const std::vector<Moved>& what) {
  constexpr const char* words[] = {"roster ", "people ", "policy ", "words "};
  std::string text;
  for (Moved one : what) text += words[static_cast<std::size_t>(one)];
  return text.empty() ? "nothing, where it should have" : text;
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
  inside = ar.look().channel(id)->devices;
  agreed = ar.look().channel(id)->policy;
  chat();
}

void Scene::say(Client& who, const std::string& words) {
  core::Send send;
  send.channel = id;
  send.body = words;
  said.push_back(words);
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

std::vector<Moved> moved(const Scene& scene) {
  std::vector<Moved> found;
  const core::Core& victim = scene.victim.look();
  auto honest = scene.net.secretariat.look().roster_entries(), held = victim.roster_entries();
  bool same = held.size() <= honest.size() && std::equal(held.begin(), held.end(), honest.begin());
  if (!same) found.push_back(Moved::roster);

  // Honest people may have come in while the scene was set; somebody else's device is nobody's.
  auto known = scene.ar.look().channel(scene.id)->devices;
  known.insert(known.end(), scene.inside.begin(), scene.inside.end());
  auto look = victim.channel(scene.id);
  auto is_known = [&](const DeviceId& device) { return std::find(known.begin(), known.end(), device) != known.end(); };
  bool none_lost = std::all_of(scene.inside.begin(), scene.inside.end(), [&](const DeviceId& device) {
    return std::find(look->devices.begin(), look->devices.end(), device) != look->devices.end();
  });
  if (!none_lost || !std::all_of(look->devices.begin(), look->devices.end(), is_known)) found.push_back(Moved::people);
  if (look->policy != scene.agreed) found.push_back(Moved::policy);

  for (const std::string& words : scene.victim.bodies(scene.id)) {
    if (std::find(scene.said.begin(), scene.said.end(), words) == scene.said.end()) {
      found.push_back(Moved::words);
      break;
    }
  }
  return found;
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
      if (auto what = moved(scene); what != attack.may_move) {
        FAIL_CHECK("named, and yet the victim's state has moved: " << said_of(what));
        break;
      }
    }
  }
}

}  // namespace encuentro::hostile
