// The stage of every attack: a network in one process with the real service, three countries in one committee, and a
// hostile server that changes what the service says. Logins, hashes and encodings stay right: an attack counts when it
// is met by the alarm that has its name, not when its bytes can't be read.
#pragma once

#include <functional>
#include <string>

#include "protocol/api/channel_calls.h"
#include "protocol/api/key_package_calls.h"
#include "protocol/api/roster_calls.h"
#include "protocol/api/session.h"
#include "tests/hostile/stolen_device.h"

namespace encuentro::hostile {

struct Scene {
  explicit Scene(std::uint64_t seed, policy::History history = policy::History::shared);

  // From 0 to below `count`, from the seed.
  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random.next() % count); }
  void say(Client& who, const std::string& words);
  // Something is written first, so that no two trials strike at the same place.
  void chat();
  void away(Client& who) {
    who.stop();
    who.cut();
  }
  void back(Client& who) {
    who.restart();
    net.world.settle();
  }
  // An entry that the service never saw, at the place the reader expects next.
  void push_entry(const Client& reader, const Bytes& entry);
  void push_roster(const Client& reader, const roster::RosterEntry& entry);

  // Changes each reply of one kind to the victim. `change` gets the decoded reply.
  template <class Request, class Reply>
  void on_reply(std::function<void(Reply&)> change) {
    auto before = std::move(net.world.tamper);
    net.world.tamper = [this, before, change](const Client& to, BytesView bytes) -> std::optional<Bytes> {
      std::optional<Bytes> arrives = before ? before(to, bytes) : to_bytes(bytes);
      if (!arrives || &to != &victim) return arrives;
      auto frame = api::decode_frame(*arrives);
      bool meant =
          frame && frame->type == api::FrameType::reply && frame->kind == static_cast<std::uint16_t>(Request::call);
      if (!meant) return arrives;
      auto reply = api::decode_message<Reply>(frame->body);
      REQUIRE(reply);
      change(*reply);
      return api::reply_frame(frame->id, Request::call, *reply);
    };
  }
  // Pushes of this kind don't reach the victim.
  void swallow(api::Push kind);

  tests::SeededRandom random;
  sim::Network net;
  Client& ar;
  Client& br;
  Client& cl;
  Client& victim;  // BR
  ChannelId id;
  std::vector<std::string> said;  // by honest people, in this channel
  std::vector<DeviceId> inside;   // of honest people, when the scene began
  policy::ChannelPolicy agreed;   // when the scene began
};

// What of the victim has moved that no honest client has: entries of the roster, people or rules of the channel, words.
enum class Moved : std::uint8_t { roster, people, policy, words };
std::vector<Moved> moved(const Scene& scene);

struct Attack {
  const char* name;
  const char* breaks;  // the requirement or sentence of the design that it tries to break
  Code code;           // the alarm that must meet it
  const char* rule;
  std::function<void(Scene&)> strike;
  // What a stolen device may well do to one reader: it is named as soon as another's word crosses it.
  std::vector<Moved> may_move = {};
};

// Each attack in its seeded trials (20, or as many as ENCUENTRO_TRIALS says): the victim raises that alarm, and holds
// nothing that the honest don't hold.
void meet(const std::vector<Attack>& attacks);
std::size_t trials();

}  // namespace encuentro::hostile
