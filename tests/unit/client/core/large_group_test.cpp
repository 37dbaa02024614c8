// A group so large that a part of a Commit is a blob (over 32 KiB): named by hash, put and fetched beside the
// connection, refused when it is other bytes.
// Tests: client/core/blobs.cpp server/service/service_transfers.cpp
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

std::size_t blobs_in(const Client& client, const ChannelId& id) {
  std::size_t count = 0;
  for (const Bytes& bytes : client.look().log_entries(id)) {
    auto entry = record::decode_log_entry(bytes);
    auto body = entry->parsed();
    const auto* commit = std::get_if<record::CommitBody>(&*body);
    if (commit == nullptr) continue;
    count += commit->commit.is_blob() ? 1U : 0U;
    count += commit->group_info.is_blob() ? 1U : 0U;
    count += commit->welcome && commit->welcome->is_blob() ? 1U : 0U;
  }
  return count;
}

}  // namespace

TEST_CASE("large group: Commits above 32 KiB travel as blobs, and other bytes are named") {
  constexpr std::size_t people = 110;
  Network net(8100);
  net.country("AR");
  Client& ar = net.quick_focal_point("AR");
  core::CreateChannel create;
  create.title = "Grande";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR"};
  std::vector<Client*> delegates;
  for (std::size_t i = 0; i < people; ++i) {
    core::Invite invite;
    invite.role = roster::Role::delegate;
    invite.country = "AR";
    Client& person = net.enter(ar, "d" + std::to_string(i), invite, false);
    ar.must(core::Confirm{person.member(), std::nullopt});
    person.stop();
    person.cut();
    delegates.push_back(&person);
    create.members.push_back(person.member());
  }
  auto id = ar.get<core::ChannelCreated>(create).channel;
  CHECK(blobs_in(ar, id) > 0);
  CHECK(ar.look().channel(id)->devices.size() == people + 1);
  core::Send send;
  send.channel = id;
  send.body = "somos muchos";
  ar.must(send);

  Client& first = *delegates.front();
  net.world.tamper_blob = [](Bytes& bytes) { bytes[bytes.size() / 2] ^= 1; };
  first.restart();
  net.world.settle();
  CHECK(first.alarms() == std::vector<Code>{Code::bad_tag});
  CHECK(first.bodies(id).empty());
  net.world.tamper_blob = nullptr;
  for (Client* person : {&first, delegates.back()}) {
    person->restart();
    net.world.settle();
    CHECK(person->look().channel(id)->state == core::ChannelState::in);
    CHECK(person->bodies(id) == std::vector<std::string>{"somos muchos"});
  }
}
