// A server that lies: the harness changes what the real service sends, with chains, numbers and forms kept right where
// it can. Each lie is raised by its own name and nothing of it is taken.
#include "client/core/history.h"
#include "client/core/log_sync.h"
#include "client/core/replay.h"
#include "client/core/roster_sync.h"
#include "protocol/api/channel_calls.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using Words = std::vector<std::string>;

namespace {

// A channel of two, in which BR reads what AR writes.
struct Pair {
  Network net;
  Client& ar;
  Client& br;
  ChannelId id;

  explicit Pair(std::uint64_t seed)
      : net(seed), ar((net.country("AR"), net.focal_point("AR"))), br((net.country("BR"), net.focal_point("BR"))) {
    core::CreateChannel create;
    create.title = "Dos";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR", "BR"};
    id = ar.get<core::ChannelCreated>(create).channel;
    ar.must(core::AddToChannel{id, br.member()});
  }
  void say(Client& who, const std::string& words) {
    core::Send send;
    send.channel = id;
    send.body = words;
    who.must(send);
  }
  // Changes the pages of the log that BR reads.
  void on_pages(std::function<void(api::LogReadReply&)> change) {
    net.world.tamper = [this, change](const Client& to, BytesView bytes) -> std::optional<Bytes> {
      auto frame = api::decode_frame(bytes);
      bool page = frame && frame->type == api::FrameType::reply &&
                  frame->kind == static_cast<std::uint16_t>(api::Call::log_read);
      if (&to != &br || !page) return to_bytes(bytes);
      auto reply = api::decode_message<api::LogReadReply>(frame->body);
      REQUIRE(reply);
      change(*reply);
      return api::reply_frame(frame->id, api::Call::log_read, *reply);
    };
  }
  void br_is_away(const std::function<void()>& meanwhile) {
    br.stop();
    br.cut();
    meanwhile();
  }
  Code raised() {
    br.restart();
    net.world.settle();
    return br.alarms().empty() ? Code::none : br.alarms().front();
  }
};

}  // namespace

TEST_CASE("hostile: a withheld record is a gap, with its number kept or not") {
  for (bool renumber : {false, true}) {
    Pair p(101);
    p.br_is_away([&] {
      p.say(p.ar, "uno");
      p.say(p.ar, "dos");
    });
    p.on_pages([&](api::LogReadReply& reply) {
      if (reply.items.size() < 2) return;
      reply.items.erase(reply.items.begin());
      if (renumber) {
        for (auto& item : reply.items) --item.seq.value;
      }
    });
    CHECK(p.raised() == Code::gap);
    CHECK(p.br.bodies(p.id).empty());
  }
}

TEST_CASE("hostile: exchanged records are a reordering, with their numbers exchanged too or not") {
  for (bool renumber : {false, true}) {
    Pair p(102);
    p.br_is_away([&] {
      p.say(p.ar, "uno");
      p.say(p.ar, "dos");
    });
    p.on_pages([&](api::LogReadReply& reply) {
      if (reply.items.size() < 2) return;
      std::swap(reply.items[0], reply.items[1]);
      if (renumber) std::swap(reply.items[0].seq, reply.items[1].seq);
    });
    CHECK(p.raised() == Code::reordered);
    CHECK(p.br.bodies(p.id).empty());
  }
}

TEST_CASE("hostile: a record given again at a new place is replayed") {
  Pair p(103);
  p.say(p.ar, "uno");
  Bytes first = p.br.look().log_entries(p.id).back();
  p.br_is_away([&] { p.say(p.ar, "dos"); });
  p.on_pages([&](api::LogReadReply& reply) {
    if (!reply.items.empty()) reply.items[0].entry = first;
  });
  CHECK(p.raised() == Code::replayed);
  CHECK(p.br.bodies(p.id) == Words{"uno"});
}

TEST_CASE("hostile: another past told to another is a fork as soon as an entry crosses") {
  Pair p(104);
  // BR is told that the entry it wrote stands where AR's stands: two pasts of one length.
  Bytes of_ar;
  p.br_is_away([&] {
    p.say(p.ar, "uno");
    of_ar = p.ar.look().log_entries(p.id).back();
    p.say(p.ar, "dos");
  });
  p.on_pages([&](api::LogReadReply& reply) {
    // The first entry is another one by somebody who may write: its bytes differ, the chain that follows doesn't fit.
    if (reply.items.size() == 2) reply.items[0].entry.back() ^= 1;
  });
  CHECK(p.raised() != Code::none);
  auto alarms = p.br.alarms();
  CHECK(std::find(alarms.begin(), alarms.end(), Code::fork) != alarms.end());
  CHECK(p.br.bodies(p.id).empty());
}

TEST_CASE("hostile: a changed record doesn't verify, is shown as refused and raised") {
  Pair p(105);
  p.br_is_away([&] { p.say(p.ar, "uno"); });
  p.on_pages([&](api::LogReadReply& reply) {
    if (!reply.items.empty()) reply.items[0].entry[reply.items[0].entry.size() - 80] ^= 1;
  });
  CHECK(p.raised() == Code::bad_signature);
  CHECK(p.br.bodies(p.id).empty());
}

TEST_CASE("hostile: an old roster, or another one, is noticed") {
  Pair p(106);
  auto entries = p.ar.look().roster_entries();
  p.br_is_away([&] { p.net.country("CL"); });
  p.net.world.tamper = [&](const Client& to, BytesView bytes) -> std::optional<Bytes> {
    auto frame = api::decode_frame(bytes);
    bool page = frame && frame->type == api::FrameType::reply &&
                frame->kind == static_cast<std::uint16_t>(api::Call::roster_read);
    if (&to != &p.br || !page) return to_bytes(bytes);
    auto reply = api::decode_message<api::RosterReadReply>(frame->body);
    REQUIRE(reply);
    if (!reply->entries.empty()) reply->entries.back().back() ^= 1;
    return api::reply_frame(frame->id, api::Call::roster_read, *reply);
  };
  CHECK(p.raised() == Code::bad_signature);
  CHECK(p.br.look().roster_entries().size() == entries.size());
}
