#include "tests/interop/our_client.h"

#include <stdexcept>

namespace encuentro::interop {

using namespace mls;
using namespace mls::member;

namespace {

constexpr std::uint64_t day_s = 24 * 60 * 60;

std::string words_of(const Error& error) {
  return std::string(encuentro::name(error.code)) + " " + error.rule + " (wanted " + std::to_string(error.expected) +
         ", got " + std::to_string(error.got) + ")";
}

// RFC 9420 §13.5: what others must carry and ignore.
constexpr std::uint16_t grease_values[] = {0x0a0a, 0x5a5a, 0xeaea};

Capabilities greased(Capabilities capabilities) {
  for (std::uint16_t value : grease_values) {
    capabilities.cipher_suites.push_back(crypto::Suite{value});
    capabilities.extensions.push_back(ExtensionType{value});
    capabilities.proposals.push_back(ProposalType{value});
    capabilities.credentials.push_back(CredentialType{value});
  }
  return capabilities;
}

ExtensionList grease_extensions() {
  ExtensionList list;
  for (std::uint16_t value : grease_values) list.set(ExtensionType{value}, {});
  return list;
}

}  // namespace

template <class T>
T OurClient::must(Result<T> result, const char* what) const {
  if (!result) throw std::runtime_error(name() + " (ours): " + what + ": " + words_of(result.error()));
  return std::move(*result);
}

OurClient::OurClient(std::string name, crypto::Suite suite, Random& random, std::uint64_t now_s,
                     const std::vector<ExternalPsk>& psks)
    : Participant(std::move(name)),
      suite_(suite),
      random_(random),
      now_s_(now_s),
      psks_(psks),
      identity_{.signing_key = crypto::generate_signing_key(suite, random),
                .credential = Credential::basic(as_bytes(this->name())),
                .capabilities = greased(library_capabilities({suite})),
                .leaf_extensions = grease_extensions()} {}

Lifetime OurClient::own_lifetime() const { return {.not_before_s = now_s_ - 3600, .not_after_s = now_s_ + 28 * day_s}; }

LifetimePolicy OurClient::lifetimes() const {
  return {.now = Timestamp{static_cast<std::int64_t>(now_s_) * 1000}, .total_s_max = 84 * day_s};
}

void OurClient::create(BytesView group_id) {
  CreateParameters parameters{.suite = suite_,
                              .group_id = to_bytes(group_id),
                              .extensions = {},
                              .identity = identity_.duplicate(),
                              .lifetime = own_lifetime(),
                              .options = {}};
  group_ = must(Group::create(std::move(parameters), random_), "create");
}

Bytes OurClient::key_package() {
  waiting_ = KeyPackageSecrets::generate(suite_, identity_, own_lifetime(), grease_extensions(), random_);
  return encoded(MlsMessage{waiting_->key_package});
}

void OurClient::join(BytesView welcome, BytesView tree) {
  auto message = must(decoded<MlsMessage>(welcome), "decode the Welcome");
  if (!message.as<Welcome>()) throw std::runtime_error(name() + ": not a Welcome");
  JoinParameters parameters;
  std::optional<RatchetTreeNodes> nodes;
  if (!tree.empty()) parameters.tree = &nodes.emplace(must(decoded<RatchetTreeNodes>(tree), "decode the tree"));
  parameters.psks = psk_source();
  parameters.lifetime = lifetimes();
  group_ = must(Group::join(*message.as<Welcome>(), std::move(*waiting_), parameters), "join by Welcome");
  waiting_.reset();
}

Published OurClient::group_info(bool with_tree) {
  return {must(group_->group_info({}, with_tree), "group info"), group_->encoded_tree()};
}

Bytes OurClient::join_externally(BytesView group_info, BytesView tree, bool resync) {
  auto message = must(decoded<MlsMessage>(group_info), "decode the GroupInfo");
  if (!message.as<GroupInfo>()) throw std::runtime_error(name() + ": not a GroupInfo");
  std::optional<RatchetTreeNodes> nodes;
  ExternalJoinParameters parameters;
  parameters.identity = identity_.duplicate();
  if (!tree.empty()) parameters.tree = &nodes.emplace(must(decoded<RatchetTreeNodes>(tree), "decode the tree"));
  if (resync) parameters.replaces = group_->own_leaf();
  parameters.lifetime = lifetimes();
  auto joined =
      must(Group::join_externally(*message.as<GroupInfo>(), parameters, random_), "join by an external Commit");
  joined.group.merge_pending();
  group_ = std::move(joined.group);
  return std::move(joined.bundle.commit);
}

Proposal OurClient::proposal_of(const ProposalWish& wish) const {
  switch (wish.kind) {
    case ProposalWish::Kind::add: {
      auto message = must(decoded<MlsMessage>(wish.key_package), "decode the KeyPackage");
      if (!message.as<KeyPackage>()) throw std::runtime_error(name() + ": not a KeyPackage");
      return {Add{*message.as<KeyPackage>()}};
    }
    case ProposalWish::Kind::remove:
      return {Remove{LeafIndex{wish.leaf}}};
    case ProposalWish::Kind::psk: {
      PreSharedKeyId id;
      id.psk_id = wish.psk.id;
      id.psk_nonce = wish.psk.nonce;
      return {PreSharedKey{std::move(id)}};
    }
    case ProposalWish::Kind::update:
      break;
  }
  throw std::runtime_error(name() + ": an Update is proposed by its own call");
}

Bytes OurClient::propose(const ProposalWish& wish, bool in_public) {
  Framing framing{in_public ? WireFormat::public_message : WireFormat::private_message, {}};
  if (wish.kind == ProposalWish::Kind::update) return must(group_->propose_update(framing, random_), "propose Update");
  return must(group_->propose(proposal_of(wish), framing, random_), "propose");
}

Committed OurClient::commit(const std::vector<ProposalWish>& wishes, bool in_public, bool tree_in_welcome) {
  CommitOptions options;
  for (const HeldProposal& held : group_->held_proposals()) options.references.push_back(held.reference);
  for (const ProposalWish& wish : wishes) options.proposals.push_back(proposal_of(wish));
  options.framing.wire_format = in_public ? WireFormat::public_message : WireFormat::private_message;
  options.psks = psk_source();
  options.tree_in_welcome = tree_in_welcome;
  options.lifetime = lifetimes();
  CommitBundle bundle = must(group_->commit(options, random_), "commit");
  if (!group_->is_pending(bundle.commit)) throw std::runtime_error(name() + ": does not know its own Commit");
  group_->merge_pending();
  return {std::move(bundle.commit), std::move(bundle.welcome), group_->encoded_tree()};
}

void OurClient::receive_handshake(BytesView bytes) {
  auto message = must(decoded<MlsMessage>(bytes), "decode a handshake");
  const auto* in_public = message.as<PublicMessage>();
  const auto* in_private = message.as<PrivateMessage>();
  if (!in_public && !in_private) throw std::runtime_error(name() + ": not a handshake");
  ContentType type = in_public ? in_public->content.type() : in_private->content_type;
  if (type == ContentType::proposal) {
    must(group_->handle_proposal(message, lifetimes()), "handle a proposal");
    return;
  }
  StagedCommit staged = must(group_->stage(message, psk_source(), lifetimes()), "stage a Commit");
  group_->merge(std::move(staged));
}

Bytes OurClient::send(BytesView plaintext) {
  return must(group_->protect(plaintext, as_bytes("in clear"), random_), "protect");
}

Bytes OurClient::receive(BytesView bytes) {
  auto message = must(decoded<MlsMessage>(bytes), "decode a message");
  if (!message.as<PrivateMessage>()) throw std::runtime_error(name() + ": not a PrivateMessage");
  OpenedMessage opened = must(group_->unprotect(*message.as<PrivateMessage>()), "unprotect");
  return to_bytes(opened.plaintext.view());
}

View OurClient::view() {
  if (!group_->is_active()) return {};
  return {group_->epoch().value, to_bytes(group_->epoch_authenticator()), group_->own_leaf().value, true};
}

Bytes OurClient::export_secret(std::string_view label, BytesView context, std::size_t size) {
  return to_bytes(must(group_->exporter().derive(label, context, size), "export").view());
}

std::set<std::uint32_t> OurClient::unmerged_leaves() const {
  std::set<std::uint32_t> leaves;
  const RatchetTree& tree = group_->tree();
  for (std::uint32_t node = 1; node < 2 * tree.leaf_count().value; node += 2) {
    const ParentNode* parent = tree.parent(NodeIndex{node});
    if (!parent) continue;
    for (LeafIndex leaf : parent->unmerged_leaves) leaves.insert(leaf.value);
  }
  return leaves;
}

void OurClient::store_and_load() {
  SecretBytes stored = group_->encode();
  group_ = must(Group::decode(stored.view()), "load what was stored");
}

}  // namespace encuentro::interop
