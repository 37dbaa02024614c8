// A group as the public half sees it, whose members' signing keys the test holds. Builds messages without
// asking any rule, so that each rule can be broken alone. Path ciphertexts are noise: nobody here opens them.
#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "protocol/mls/public/public_group.h"
#include "protocol/mls/public/rules.h"
#include "protocol/mls/public/transcript.h"

namespace encuentro::mls::testing {

inline constexpr crypto::Suite suite = crypto::encuentro_suite;
inline constexpr ExtensionType odd_extension{0xf001};
inline constexpr ProposalType odd_proposal{0xf002};

class CountingRandom final : public Random {
 public:
  void fill(MutableBytes out) override {
    for (std::uint8_t& byte : out)
      byte = static_cast<std::uint8_t>((state_ = state_ * 6364136223846793005u + 99) >> 56);
  }

 private:
  std::uint64_t state_ = 20261123;
};

inline CountingRandom& random() {
  static CountingRandom instance;
  return instance;
}

inline PublicKeyBytes fresh_key() {
  PublicKeyBytes key;
  key.resize(32);
  random().fill(key.span());
  return key;
}

using EditLeaf = std::function<void(LeafNodeContent&)>;
using EditKeyPackage = std::function<void(KeyPackageContent&)>;

struct Client {
  crypto::SigningKey key = crypto::generate_signing_key(suite, random());

  LeafNodeContent content() const {
    LeafNodeContent leaf;
    leaf.encryption_key = fresh_key();
    leaf.signature_key = key.public_key;
    leaf.credential = Credential::basic(key.public_key.view().first(8));
    leaf.capabilities = {{ProtocolVersion::mls10}, {suite}, {}, {}, {CredentialType::basic}};
    leaf.lifetime = {1'000, 2'000'000};
    return leaf;
  }
  LeafPointer leaf(const EditLeaf& edit = {}, LeafPosition position = {}) const {
    LeafNodeContent leaf = content();
    if (edit) edit(leaf);
    return std::make_shared<const LeafNode>(LeafNode::sign(std::move(leaf), suite, key, position));
  }
  KeyPackage key_package(const EditLeaf& edit = {}, const EditKeyPackage& edit_package = {}) const {
    KeyPackageContent package;
    package.cipher_suite = suite;
    package.init_key = fresh_key();
    package.leaf_node = leaf(edit);
    if (edit_package) edit_package(package);
    return KeyPackage::sign(std::move(package), key);
  }
  Proposal add(const EditLeaf& edit = {}, const EditKeyPackage& edit_package = {}) const {
    return {Add{key_package(edit, edit_package)}};
  }
};

inline Proposal remove(std::uint32_t leaf) { return {Remove{{leaf}}}; }
inline Proposal external_init() { return {ExternalInit{Bytes(32, 7)}}; }
inline Proposal psk(const std::function<void(PreSharedKeyId&)>& edit = {}) {
  PreSharedKeyId id;
  id.psk_id = {1, 2, 3};
  id.psk_nonce.assign(32, 9);
  if (edit) edit(id);
  return {PreSharedKey{id}};
}
inline Proposal extensions(ExtensionList list) { return {GroupContextExtensions{std::move(list)}}; }
inline Proposal reinit(ProtocolVersion version = ProtocolVersion::mls10) {
  return {ReInit{{4, 5}, version, suite, {}}};
}

inline ExtensionList required(RequiredCapabilities capabilities) {
  ExtensionList list;
  list.set(ExtensionType::required_capabilities, encoded(capabilities));
  return list;
}

// How a Commit departs from the one that obeys.
struct CommitEdits {
  bool without_path = false;
  std::function<void(PublicKeyBytes&)> node_key;  // of each path node, before all is hashed
  EditLeaf leaf;                                  // before it is signed
  std::function<void(UpdatePath&)> path;          // after all else
  std::function<void(FramedContent&)> content;    // before it is signed
  std::function<void(AuthenticatedContent&)> signed_content;
  const crypto::SigningKey* leaf_signer = nullptr;  // instead of the committer's key
};

class TestGroup {
 public:
  explicit TestGroup(std::uint32_t members = 1, const ExtensionList& context_extensions = {})
      : group_(first_context(context_extensions), RatchetTree(suite, clients_.emplace_back().leaf()), Digest{}) {
    context_hash();
    for (std::uint32_t i = 1; i < members; ++i) add_member();
  }

  PublicGroup& group() { return group_; }
  const Client& client(std::uint32_t leaf) const { return clients_.at(leaf); }
  Client& client(std::uint32_t leaf) { return clients_.at(leaf); }

  // Member 0 adds a new client, which gets the next leaf.
  void add_member(const EditLeaf& edit = {}) {
    Client newcomer;
    must(commit(0, {newcomer.add(edit)}));
    clients_.push_back(std::move(newcomer));
  }

  // A Commit of proposals by value.
  AuthenticatedContent commit(std::uint32_t committer, const std::vector<Proposal>& proposals,
                              const CommitEdits& edits = {}) {
    std::vector<ProposalOrRef> list;
    for (const Proposal& proposal : proposals) list.push_back({proposal});
    return commit_of(committer, std::move(list), edits);
  }
  AuthenticatedContent commit_of(std::uint32_t committer, std::vector<ProposalOrRef> list,
                                 const CommitEdits& edits = {}) {
    return build(Sender::member({committer}), clients_.at(committer).key, std::move(list), edits);
  }
  AuthenticatedContent external_commit(const Client& joiner, const std::vector<Proposal>& proposals,
                                       const CommitEdits& edits = {}) {
    std::vector<ProposalOrRef> list;
    for (const Proposal& proposal : proposals) list.push_back({proposal});
    return build(Sender::new_member_commit(), joiner.key, std::move(list), edits);
  }
  AuthenticatedContent proposal(Sender sender, const crypto::SigningKey& key, Proposal proposal) {
    AuthenticatedContent message;
    message.content = framed(sender);
    message.content.body = std::move(proposal);
    message.sign(suite, key, signs_context(sender.type) ? &group_.context() : nullptr);
    return message;
  }
  AuthenticatedContent member_proposal(std::uint32_t member, Proposal body) {
    return proposal(Sender::member({member}), clients_.at(member).key, std::move(body));
  }
  Proposal update(std::uint32_t member, const EditLeaf& edit = {}) {
    auto update_leaf = [&](LeafNodeContent& leaf) {
      leaf.source = LeafNodeSource::update;
      if (edit) edit(leaf);
    };
    return {Update{clients_.at(member).leaf(update_leaf, {group_.context().group_id, {member}})}};
  }
  FramedContent framed(Sender sender) const {
    FramedContent content;
    content.group_id = group_.context().group_id;
    content.epoch = group_.context().epoch;
    content.sender = sender;
    return content;
  }

  Result<StagedChange> stage(AuthenticatedContent commit, const LifetimePolicy& lifetime = {}) {
    return group_.stage(std::move(commit), lifetime);
  }
  // Stages and merges what must be valid.
  void must(AuthenticatedContent commit) {
    auto staged = stage(std::move(commit));
    if (!staged) FAIL(std::string(name(staged.error().code)) << " " << staged.error().rule);
    group_.merge(std::move(*staged));
  }
  void must_hold(const AuthenticatedContent& message) {
    auto held = group_.handle_proposal(message, {});
    if (!held) FAIL(std::string(name(held.error().code)) << " " << held.error().rule);
  }

 private:
  static GroupContext first_context(const ExtensionList& list) {
    GroupContext context;
    context.cipher_suite = suite;
    context.group_id = {0x67, 0x72};
    context.extensions = list;
    return context;
  }
  // The creator's context has the tree's hash.
  void context_hash() {
    GroupContext context = group_.context();
    RatchetTree tree = group_.tree();
    context.tree_hash = tree.tree_hash();
    group_ = PublicGroup(std::move(context), std::move(tree), Digest{});
  }

  // Applies what it can of the proposals to a copy of the tree.
  void apply(RatchetTree& tree, TreeChange& change, const std::vector<ProposalOrRef>& list, Sender committer,
             std::vector<LeafIndex>& added) {
    std::vector<std::pair<const Proposal*, Sender>> all;
    for (const ProposalOrRef& entry : list) {
      if (const auto* value = std::get_if<Proposal>(&entry.value)) all.emplace_back(value, committer);
      if (const auto* reference = std::get_if<ProposalRef>(&entry.value)) {
        if (const auto* held = group_.proposals().find(*reference))
          all.emplace_back(held->proposal.get(), held->sender);
      }
    }
    for (auto [proposal, sender] : all) {
      const Update* update = proposal->as<Update>();
      if (update && sender.type == SenderType::member) tree.update(change, sender.leaf(), update->leaf_node);
    }
    for (auto [proposal, sender] : all) {
      const Remove* gone = proposal->as<Remove>();
      if (gone && tree.leaf(gone->removed)) tree.remove(change, gone->removed);
    }
    for (auto [proposal, sender] : all) {
      if (const Add* add = proposal->as<Add>()) added.push_back(tree.add(change, add->key_package->leaf_node));
    }
    std::sort(added.begin(), added.end());
  }

  UpdatePath make_path(RatchetTree& tree, TreeChange& change, LeafIndex at, const Client& signer,
                       const std::vector<LeafIndex>& added, const CommitEdits& edits) {
    UpdatePath path;
    std::vector<PublicKeyBytes> keys;
    for (const PathStep& step : tree.filtered_direct_path(at)) {
      UpdatePathNode node;
      node.encryption_key = fresh_key();
      if (edits.node_key) edits.node_key(node.encryption_key);
      node.encrypted_path_secret.resize(tree.resolution_without(step.copath, added).size());
      for (auto& ciphertext : node.encrypted_path_secret) ciphertext = {Bytes(32, 1), Bytes(48, 2)};
      keys.push_back(node.encryption_key);
      path.nodes.push_back(std::move(node));
    }
    LeafNodeContent leaf = signer.content();
    leaf.source = LeafNodeSource::commit;
    leaf.parent_hash = tree.set_path(change, at, keys);
    if (edits.leaf) edits.leaf(leaf);
    const crypto::SigningKey& key = edits.leaf_signer ? *edits.leaf_signer : signer.key;
    path.leaf_node =
        std::make_shared<const LeafNode>(LeafNode::sign(std::move(leaf), suite, key, {group_.context().group_id, at}));
    if (edits.path) edits.path(path);
    return path;
  }

  AuthenticatedContent build(Sender sender, const crypto::SigningKey& key, std::vector<ProposalOrRef> list,
                             const CommitEdits& edits) {
    Commit commit;
    RatchetTree tree = group_.tree();
    TreeChange change = tree.begin();
    std::vector<LeafIndex> added;
    apply(tree, change, list, sender, added);
    if (!edits.without_path) {
      bool joins = sender.type == SenderType::new_member_commit;
      LeafIndex at = joins ? tree.make_room(change) : sender.leaf();
      commit.path = make_path(tree, change, at, Client{key.duplicate()}, added, edits);
    }
    commit.proposals = std::move(list);
    AuthenticatedContent message;
    message.content = framed(sender);
    message.content.body = std::move(commit);
    if (edits.content) edits.content(message.content);
    message.sign(suite, key, &group_.context());
    message.auth.confirmation_tag = Digest(Bytes(32, 3));
    if (edits.signed_content) edits.signed_content(message);
    return message;
  }

  std::vector<Client> clients_;  // by leaf index
  PublicGroup group_;
};

// That a result is the refusal by that rule and no other.
template <class T>
void refused(const Result<T>& result, Rule rule) {
  REQUIRE_FALSE(result.has_value());
  CHECK(std::string(result.error().rule) == text_of(rule).name);
  CHECK(result.error().code == text_of(rule).code);
}

template <class T>
void accepted(const Result<T>& result) {
  if (!result) FAIL(std::string(name(result.error().code)) << " " << result.error().rule);
  CHECK(result.has_value());
}

}  // namespace encuentro::mls::testing
