#include "bench/mls_scene.h"

#include <algorithm>

namespace encuentro::bench {

using namespace mls;
using namespace mls::member;

namespace {

constexpr Lifetime lifetime{0, 4'000'000'000};

template <class T>
T sure(Result<T> result) {
  ENC_CHECK(result.has_value());
  return std::move(*result);
}

MemberIdentity new_identity(crypto::Suite suite, Random& random) {
  crypto::SigningKey key = crypto::generate_signing_key(suite, random);
  Credential credential = Credential::basic(key.public_key.view().first(16));
  return {std::move(key), std::move(credential), library_capabilities({suite}), {}};
}

// The bits of `value` in reverse, for a power of two `end` above it.
std::uint32_t reversed(std::uint32_t value, std::uint32_t end) {
  std::uint32_t out = 0;
  for (std::uint32_t bit = 1; bit < end; bit <<= 1) out = out << 1 | ((value & bit) != 0 ? 1 : 0);
  return out;
}

// One state that plays all members in turn: an epoch's secrets are everybody's, only leaf and path keys differ.
class Rotation {
 public:
  Rotation(crypto::Suite suite, std::uint32_t members, Random& random) : suite_(suite), random_(random) {
    CreateParameters parameters;
    parameters.suite = suite;
    parameters.group_id = Bytes(16, 1);
    parameters.identity = new_identity(suite, random);
    parameters.lifetime = lifetime;
    signing_keys_.push_back(parameters.identity.signing_key.duplicate());
    group_.emplace(sure(Group::create(std::move(parameters), random)));
    leaf_keys_.push_back(GroupState::of(*group_).keys->path.leaf_key().duplicate());
    while (signing_keys_.size() < members) add_some(members);
  }

  void commit_as(std::uint32_t leaf) {
    GroupState state = GroupState::take(std::move(*group_));
    state.own_leaf = LeafIndex{leaf};
    state.signing_key = signing_keys_[leaf].duplicate();
    state.keys->path = PathKeys(LeafIndex{leaf}, leaf_keys_[leaf].duplicate());
    group_ = GroupState::group(std::move(state));
    ENC_CHECK(group_->commit({}, random_).has_value());
    group_->merge_pending();
    leaf_keys_[leaf] = path().leaf_key().duplicate();
  }
  const PathKeys& path() const { return GroupState::of(*group_).keys->path; }
  // A copy of the state as member `leaf`, with the parents' keys that `known` holds.
  Group member(std::uint32_t leaf, const std::vector<const PathKeys*>& known) const {
    GroupState state = sure(GroupState::decode(group_->encode().view()));
    state.own_leaf = LeafIndex{leaf};
    state.signing_key = signing_keys_[leaf].duplicate();
    state.keys->path = PathKeys(LeafIndex{leaf}, leaf_keys_[leaf].duplicate());
    for (const PathStep& step : state.shared.tree().direct_path(LeafIndex{leaf})) {
      for (const PathKeys* keys : known) {
        if (const auto* key = keys->at(step.node)) state.keys->path.set(step.node, key->duplicate());
      }
    }
    ENC_CHECK(state.keys->path.check_against(state.shared.tree()).has_value());
    return GroupState::group(std::move(state));
  }

 private:
  void add_some(std::uint32_t members) {
    CommitOptions options;
    options.tree_in_welcome = false;
    while (signing_keys_.size() < members && options.proposals.size() < 500) {
      MemberIdentity identity = new_identity(suite_, random_);
      KeyPackageSecrets own = KeyPackageSecrets::generate(suite_, identity, lifetime, {}, random_);
      options.proposals.push_back({Add{own.key_package}});
      signing_keys_.push_back(std::move(identity.signing_key));
      leaf_keys_.push_back(std::move(own.encryption_key));
    }
    ENC_CHECK(group_->commit(options, random_).has_value());
    group_->merge_pending();
  }

  crypto::Suite suite_;
  Random& random_;
  std::optional<Group> group_;
  std::vector<crypto::SigningKey> signing_keys_;
  std::vector<crypto::HpkePrivateKey> leaf_keys_;
};

}  // namespace

MlsScene mls_scene(crypto::Suite suite, std::uint32_t members, Random& random) {
  Rotation rotation(suite, members, random);
  const std::uint32_t far = members / 2;
  // In the order of reversed bits, each half of each subtree gets its first commit early: a path is encrypted to every
  // member below a node that nobody has set yet.
  for (std::uint32_t i = 0; i < members; ++i) {
    const std::uint32_t leaf = reversed(i, members);
    if (leaf > 1 && leaf != far) rotation.commit_as(leaf);
  }
  rotation.commit_as(0);
  rotation.commit_as(far);
  const PathKeys far_path = rotation.path().duplicate();
  if (far != 1) rotation.commit_as(1);
  const PathKeys near_path = rotation.path().duplicate();
  // What was set last counts: the far member's keys first.
  return {rotation.member(0, {&near_path}), rotation.member(1, {&near_path}),
          rotation.member(far, {&far_path, &near_path}), new_identity(suite, random)};
}

}  // namespace encuentro::bench
