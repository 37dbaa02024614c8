// Attacks on adding people: the KeyPackage the server hands out isn't the device's, or was handed out before.
// Tests: client/core/key_packages.cpp client/core/commit_work.cpp
#include <catch2/catch.hpp>

#include "protocol/mls/public/message.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

Bytes package_of(const mls::KeyPackage& package) { return mls::encoded(mls::MlsMessage{package}); }

mls::member::KeyPackageSecrets made_up(Scene& s, const core::Self& named, mls::Lifetime lifetime) {
  mls::member::MemberIdentity identity{
      crypto::to_mls(crypto::ed25519_generate(s.random)),
      policy::LeafIdentity{named.network, named.member, named.device}.credential(),
      mls::member::library_capabilities({crypto::encuentro_suite},
                                        {policy::policy_extension, policy::archive_commitment_extension}),
      {}};
  return mls::member::KeyPackageSecrets::generate(crypto::encuentro_suite, identity, lifetime, {}, s.random);
}

// The victim makes a committee of its own and adds AR, while the server gives `package` for it.
void add_with(Scene& s, const Bytes& package) {
  s.on_reply<api::KeyPackageTake, api::KeyPackageTakeReply>(
      [package](api::KeyPackageTakeReply& reply) { reply.package = package; });
  core::CreateChannel create;
  create.title = "Otro";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR", "BR", "CL"};
  auto made = s.victim.get<core::ChannelCreated>(create).channel;
  CHECK(s.victim.begin(core::AddToChannel{made, s.ar.member()}) > 0);
  s.net.world.settle(milliseconds(100));
  CHECK(s.victim.look().channel(made)->devices.size() == 1);
}

std::uint64_t seconds_of(Timestamp time) { return static_cast<std::uint64_t>(time.ms / 1000); }

void swap_for_own_key(Scene& s) {
  auto now = seconds_of(s.net.world.now);
  add_with(s, package_of(made_up(s, s.ar.look().self(), {now - 60, now + 86400}).key_package));
}

// A right one, of somebody else's device, taken from the server past the clients.
void swap_for_another_device(Scene& s) {
  Bytes other;
  s.net.world.tamper = [&](const Client& to, BytesView bytes) -> std::optional<Bytes> {
    auto frame = api::decode_frame(bytes);
    if (&to == &s.ar && frame && frame->kind == static_cast<std::uint16_t>(api::Call::key_package_take)) {
      if (auto reply = api::decode_message<api::KeyPackageTakeReply>(frame->body)) other = reply->package;
    }
    return to_bytes(bytes);
  };
  core::CreateChannel create;
  create.title = "Con Chile";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR", "CL"};
  auto made = s.ar.get<core::ChannelCreated>(create).channel;
  s.ar.must(core::AddToChannel{made, s.cl.member()});
  REQUIRE(!other.empty());
  s.net.world.tamper = nullptr;
  add_with(s, other);
}

// AR's own, which its Commits in a channel of both have used.
void hand_out_used(Scene& s) {
  Bytes used;
  s.net.world.tamper = [&](const Client& to, BytesView bytes) -> std::optional<Bytes> {
    auto frame = api::decode_frame(bytes);
    if (&to == &s.cl && frame && frame->kind == static_cast<std::uint16_t>(api::Call::key_package_take)) {
      if (auto reply = api::decode_message<api::KeyPackageTakeReply>(frame->body)) used = reply->package;
    }
    return to_bytes(bytes);
  };
  core::CreateChannel create;
  create.title = "Antes";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR", "BR", "CL"};
  auto made = s.cl.get<core::ChannelCreated>(create).channel;
  s.cl.must(core::AddToChannel{made, s.br.member()});
  s.cl.must(core::AddToChannel{made, s.ar.member()});
  REQUIRE(!used.empty());
  s.net.world.tamper = nullptr;
  add_with(s, used);
}

}  // namespace

TEST_CASE("hostile: a KeyPackage that isn't the device's, or was used, adds nobody") {
  std::vector<Attack> attacks = {
      {"swaps a KeyPackage for one of its own key", "R36; R75: checked against the roster", Code::invalid_key_package,
       "R-POL-05", swap_for_own_key},
      {"swaps a KeyPackage for another device's", "R2: typed identifiers", Code::invalid_key_package, "another device",
       swap_for_another_device},
      {"hands out a used KeyPackage", "design 4: KeyPackages are used once", Code::key_package_used, "R75",
       hand_out_used},
  };
  meet(attacks);
}
