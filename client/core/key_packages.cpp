#include "client/core/key_packages.h"

#include <algorithm>

#include "client/core/session.h"
#include "protocol/api/key_package_calls.h"
#include "protocol/base/limits.h"
#include "protocol/policy/leaf.h"

namespace encuentro::client::core {
namespace {

// KeyPackages that may be used more than once say so (draft-ietf-mls-extensions; FORMATS §7).
constexpr auto last_resort_extension = static_cast<mls::ExtensionType>(0x000A);
constexpr std::uint8_t last_resort_bit = 1;
constexpr std::uint8_t retired_bit = 2;
constexpr std::size_t held_wanted = 12;
constexpr std::size_t held_least = 6;

std::string row_of(BytesView reference) { return "kp/" + to_hex(reference); }

Bytes stored(const HeldKeyPackage& held) {
  SecretBytes secrets = held.secrets.encode();
  codec::Writer w;
  w.u8(static_cast<std::uint8_t>((held.last_resort ? last_resort_bit : 0) | (held.retired ? retired_bit : 0)));
  w.raw(secrets.view());
  return w.take();
}

// Whether somebody who takes it within the next weeks can still use it.
bool fresh(const CoreState& state, const HeldKeyPackage& held) {
  if (held.retired) return false;
  constexpr Duration worth_keeping = days(14);
  auto until_s = held.secrets.key_package.leaf()->lifetime.not_after_s;
  return until_s > static_cast<std::uint64_t>(std::max<std::int64_t>((state.now + worth_keeping).ms, 0) / 1000);
}

// What has grown old isn't counted; it stays, since a Welcome for it may be waiting in a log.
std::size_t one_time_count(const CoreState& state) {
  return static_cast<std::size_t>(
      std::count_if(state.key_packages.begin(), state.key_packages.end(),
                    [&](const auto& held) { return !held.second.last_resort && fresh(state, held.second); }));
}

bool has_last_resort(const CoreState& state) {
  return std::any_of(state.key_packages.begin(), state.key_packages.end(),
                     [&](const auto& held) { return held.second.last_resort && fresh(state, held.second); });
}

// Stored before it is sent: a Welcome for it may come as soon as the server has it.
void put(CoreState& state, std::size_t count, bool last_resort) {
  api::KeyPackagesPut request;
  request.last_resort = last_resort;
  mls::member::MemberIdentity identity = leaf_identity(state);
  mls::ExtensionList extensions;
  if (last_resort) extensions.set(last_resort_extension, BytesView{});
  for (std::size_t i = 0; i < count; ++i) {
    auto secrets = mls::member::KeyPackageSecrets::generate(crypto::encuentro_suite, identity, leaf_lifetime(state.now),
                                                            extensions, *state.random);
    request.packages.push_back(mls::encoded(mls::MlsMessage{secrets.key_package}));
    Bytes reference = to_bytes(secrets.key_package.reference().view());
    HeldKeyPackage held{last_resort, false, std::move(secrets)};
    Bytes value = stored(held);
    state.vault->put(row_of(reference), value);
    wipe(value.data(), value.size());
    state.key_packages.emplace(std::move(reference), std::move(held));
  }
  state.putting_key_packages = true;
  call(state, request, [](CoreState& s, const Answer&) { s.putting_key_packages = false; });
}

}  // namespace

mls::member::MemberIdentity leaf_identity(const CoreState& state) {
  const Self& self = state.identity->self;
  policy::LeafIdentity identity{self.network, self.member, self.device};
  return {crypto::to_mls(state.identity->key),
          identity.credential(),
          // RFC 9420 §10 has the extensions of KeyPackages in this list too.
          mls::member::library_capabilities(
              {crypto::encuentro_suite},
              {policy::policy_extension, policy::archive_commitment_extension, last_resort_extension}),
          {}};
}

mls::Lifetime leaf_lifetime(Timestamp now) {
  auto now_s = static_cast<std::uint64_t>(std::max<std::int64_t>(now.ms, 0) / 1000);
  constexpr std::uint64_t before_s = 3600;  // clocks differ
  std::uint64_t from = now_s > before_s ? now_s - before_s : 0;
  return {from, from + limits::key_package_lifetime_days_max * 86400};
}

// The past is replayed, so the time of a leaf isn't asked; its length is.
mls::LifetimePolicy lifetime_policy() {
  return {std::nullopt, std::uint64_t{limits::key_package_lifetime_days_max} * 86400};
}

void advance_key_packages(CoreState& state) {
  if (!ready(state) || state.putting_key_packages || !state.identity->entered) return;
  std::size_t held = one_time_count(state);
  if (!has_last_resort(state)) {
    put(state, 1, true);
  } else if (held < held_least) {
    put(state, held_wanted - held, false);
  }
}

void retire_key_packages(CoreState& state) {
  for (auto& [reference, held] : state.key_packages) {
    held.retired = true;
    Bytes value = stored(held);
    state.vault->put(row_of(reference), value);
    wipe(value.data(), value.size());
  }
}

void key_packages_low(CoreState& state, std::uint32_t held) {
  if (!state.putting_key_packages && held < held_least) put(state, held_wanted - held, false);
}

std::optional<mls::member::KeyPackageSecrets> take_key_package(CoreState& state, const mls::Welcome& welcome) {
  for (const auto& secrets : welcome.secrets) {
    auto found = state.key_packages.find(to_bytes(secrets.new_member.view()));
    if (found == state.key_packages.end()) continue;
    mls::member::KeyPackageSecrets taken = std::move(found->second.secrets);
    // Also the last resort goes: its replacement is put at once.
    state.vault->erase(row_of(found->first));
    state.key_packages.erase(found);
    return taken;
  }
  return std::nullopt;
}

bool was_used(const CoreState& state, const mls::KeyPackage& package) {
  return state.used_packages.contains(to_bytes(package.reference().view()));
}

void note_used(CoreState& state, const mls::KeyPackage& package) {
  if (package->extensions.contains(last_resort_extension)) return;
  Bytes reference = to_bytes(package.reference().view());
  state.vault->put("used/" + to_hex(reference), reference);
  state.used_packages.insert(std::move(reference));
}

Status load_used_package(CoreState& state, BytesView reference) {
  state.used_packages.insert(to_bytes(reference));
  return {};
}

Status load_key_package(CoreState& state, BytesView value) {
  codec::Reader r(value);
  TRY(std::uint8_t bits, r.u8());
  TRY(auto secrets, mls::member::KeyPackageSecrets::decode(r.rest()));
  Bytes reference = to_bytes(secrets.key_package.reference().view());
  state.key_packages.emplace(std::move(reference), HeldKeyPackage{(bits & last_resort_bit) != 0,
                                                                  (bits & retired_bit) != 0, std::move(secrets)});
  return {};
}

}  // namespace encuentro::client::core
