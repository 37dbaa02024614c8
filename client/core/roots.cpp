#include "client/core/roots.h"

#include <algorithm>

#include "client/core/statements.h"
#include "protocol/base/limits.h"
#include "protocol/base/sorting.h"

namespace encuentro::client::core {
namespace {

constexpr std::size_t own_max = 8;

Result<roster::RootSet> root_set(const ProposeRoots& command) {
  roster::RootSet set;
  set.threshold = command.threshold;
  for (const Bytes& bytes : command.keys) {
    if (bytes.size() != crypto::Ed25519PublicKey::bytes) return fail(Code::malformed, "root key");
    set.keys.emplace_back(BytesView(bytes));
  }
  put_in_order(set.keys);
  bool twice = std::adjacent_find(set.keys.begin(), set.keys.end()) != set.keys.end();
  if (twice || set.keys.empty() || set.keys.size() > limits::roots_max) return fail(Code::malformed, "root keys");
  if (set.threshold == 0 || set.threshold > set.keys.size()) return fail(Code::malformed, "threshold");
  return set;
}

}  // namespace

void make_root_key(CoreState& state, std::uint32_t ticket) {
  if (state.options.device_kind != roster::DeviceKind::native) {
    return failed(state, ticket, {Code::not_allowed, "root key", 0, 0});
  }
  auto& keys = state.identity->root_keys;
  if (keys.size() >= own_max) return failed(state, ticket, {Code::too_many, "root keys", own_max, keys.size()});
  keys.push_back(crypto::ed25519_generate(*state.random));
  state.identity->self.holds_root = true;
  state.vault->put("_identity", state.identity->encode().view());
  done(state, ticket, RootKeyMade{to_bytes(keys.back().public_key.view())});
}

void propose_roots(CoreState& state, std::uint32_t ticket, const ProposeRoots& command) {
  auto set = root_set(command);
  if (!set) return failed(state, ticket, set.error());
  propose(state, ticket, [set = *set](CoreState&) { return Result<roster::Body>(roster::RootsBody{set}); });
}

}  // namespace encuentro::client::core
