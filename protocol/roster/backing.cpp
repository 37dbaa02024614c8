// Counts who stands behind a body.
#include <set>
#include <tuple>

#include "protocol/base/sorting.h"
#include "protocol/roster/rules.h"

namespace encuentro::roster {

namespace {

const InviteRow* invite_of(const State& state, const Body& body, const std::array<std::uint8_t, 16>& key) {
  const auto* accept = std::get_if<AcceptBody>(&body);
  if (accept == nullptr || accept->invite != InviteId(key)) return nullptr;
  auto found = state.invites.find(accept->invite);
  return found == state.invites.end() ? nullptr : &found->second;
}

// The key a backing signature claims to be by; nullopt if there is none of that name here.
std::optional<Ed25519PublicKey> key_of(const Scene& scene, const Body& body, const BackingSignature& signature) {
  switch (signature.kind) {
    case BackingKind::root: {
      const auto* genesis = std::get_if<GenesisBody>(&body);
      const RootSet& roots = genesis != nullptr ? genesis->roots : scene.view.roots();
      const auto* key = roots.find(RootKeyId(signature.key));
      return key == nullptr ? std::nullopt : std::optional(*key);
    }
    case BackingKind::device: {
      auto device = scene.view.device(DeviceId(signature.key));
      bool own_sheet = device && device->kind == DeviceKind::paper;
      if (!device || device->standing != Standing::full) return std::nullopt;
      // A paper device speaks only as the sheet of the person who re-enters.
      const auto* entering = std::get_if<DeviceBody>(&body);
      if (own_sheet && (entering == nullptr || entering->member != device->member)) return std::nullopt;
      // And once: a sheet that has vouched is used up (R-ROS-15).
      if (own_sheet && !scene.state.devices.at(device->id).vouched.empty()) return std::nullopt;
      return device->key;
    }
    case BackingKind::invite_link: {
      const auto* invite = invite_of(scene.state, body, signature.key);
      return invite == nullptr ? std::nullopt : std::optional(invite->body.link_key);
    }
    case BackingKind::invite_code: {
      const auto* invite = invite_of(scene.state, body, signature.key);
      return invite == nullptr ? std::nullopt : invite->body.code_key;
    }
    case BackingKind::new_device: {
      const auto* entering = std::get_if<DeviceBody>(&body);
      bool itself = entering != nullptr && entering->device.id() == DeviceId(signature.key);
      return itself ? std::optional(entering->device.key) : std::nullopt;
    }
  }
  return std::nullopt;
}

Error refusal(BackingKind kind) {
  switch (kind) {
    case BackingKind::invite_link:
      return {Code::bad_signature, "R-ROS-35"};
    case BackingKind::invite_code:
      return {Code::wrong_code, "R-ROS-36"};
    case BackingKind::new_device:
      return {Code::bad_signature, "R-ROS-41"};
    default:
      return {Code::bad_signature, "R-ROS-12"};
  }
}

void count(Consents& consents, const BackingSignature& signature) {
  switch (signature.kind) {
    case BackingKind::root:
      ++consents.roots;
      break;
    case BackingKind::device:
      consents.devices.push_back(DeviceId(signature.key));
      break;
    case BackingKind::invite_link:
      consents.link = true;
      break;
    case BackingKind::invite_code:
      consents.code = true;
      break;
    case BackingKind::new_device:
      consents.new_device = true;
      break;
  }
}

}  // namespace

Result<Consents> count_consents(const Scene& scene, const Body& body, unsigned kinds_taken) {
  Consents consents;
  const auto& backing = scene.entry.backing;
  if (!backing) return consents;
  if (backing->expires < scene.entry.time) return fail(Code::expired, "R-ROS-09");
  if (scene.state.statements.contains(backing->id)) return fail(Code::replayed, "R-ROS-10");

  // In the order of the kinds: the link before the code, so that only who holds the link can try codes (R6).
  auto ordered = backing->signatures;
  put_in_order(ordered, [](const auto& a, const auto& b) { return std::tie(a.kind, a.key) < std::tie(b.kind, b.key); });
  std::set<std::pair<BackingKind, std::array<std::uint8_t, 16>>> seen;
  for (const auto& signature : ordered) {
    if ((kinds_taken & takes(signature.kind)) == 0) return fail(Code::not_allowed, "R-ROS-11");
    if (!seen.emplace(signature.kind, signature.key).second) return fail(Code::duplicate, "R-ROS-12");
    auto key = key_of(scene, body, signature);
    if (!key) return fail(Code::bad_signature, "R-ROS-12");
    if (!verify_statement(*key, scene.entry.network, scene.entry.statement(), signature.signature)) {
      return std::unexpected(refusal(signature.kind));
    }
    count(consents, signature);
  }
  return consents;
}

Status demand_roots(const Scene& scene, const Consents& consents) {
  std::size_t threshold = scene.view.roots().threshold;
  if (consents.roots < threshold) return fail(Code::threshold_not_met, "R-ROS-13", threshold, consents.roots);
  return {};
}

}  // namespace encuentro::roster
