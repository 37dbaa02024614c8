#include "fuzz/mls_network/ledger.h"

#include "protocol/crypto/hash.h"

namespace encuentro::fuzz {

using namespace mls;
using namespace mls::member;

History history_of_birth(BytesView group_id) { return crypto::hash(suite, {group_id}); }
History history_after(const History& before, BytesView signed_commit) {
  return crypto::hash(suite, {before.view(), signed_commit});
}

Bytes signed_content(GroupState& maker, const MlsMessage& message) {
  if (const auto* readable = message.as<PublicMessage>()) return encoded(readable->authenticated());
  const auto& sealed = *message.as<PrivateMessage>();
  auto sender = open_sender_data(sealed, suite, maker.keys->secrets.sender_data);
  ENC_CHECK(sender.has_value());
  auto opened = open_content(sealed, *sender, maker.keys->messages);
  ENC_CHECK(opened.has_value());
  return encoded(opened->content);
}

void Ledger::demand(bool holds, std::string_view what) {
  if (!holds) violations_.emplace_back(what);
}

const Letter& Ledger::post(Letter letter) {
  if (letter.kind == LetterKind::commit) {
    letter.next = history_after(letter.history, letter.signed_commit);
    ++tally.commits;
    auto& followers = continued_[to_bytes(letter.history.view())];
    if (followers.insert(to_bytes(letter.next.view())).second && followers.size() == 2) ++tally.forks;
  }
  letters_.push_back(std::move(letter));
  const Letter& posted = letters_.back();
  by_bytes_.emplace(posted.bytes, &posted);
  return posted;
}

const Letter* Ledger::find(BytesView bytes) const {
  auto found = by_bytes_.find(to_bytes(bytes));
  return found == by_bytes_.end() ? nullptr : found->second;
}

void Ledger::admit(const Credential& person, const PublicKeyBytes& key) {
  admitted_.emplace(encoded(person), to_bytes(key.view()));
}

bool Ledger::is_admitted(const LeafNode& leaf) const {
  return admitted_.contains({encoded(leaf->credential), to_bytes(leaf->signature_key.view())});
}

void Ledger::entered(const History& history, const Group& group) {
  const Bytes authenticator = to_bytes(group.epoch_authenticator());
  const Bytes context = encoded(group.context());
  EpochFacts& facts = epochs_[to_bytes(history.view())];
  if (facts.members == 0) {
    facts.authenticator = authenticator;
    facts.context = context;
  }
  demand(facts.authenticator == authenticator, "members of one history have two epoch authenticators");
  demand(facts.context == context, "members of one history have two GroupContexts");
  if (++facts.members == 2) ++tally.epochs;
  const auto [known, is_new] = histories_.emplace(authenticator, to_bytes(history.view()));
  demand(is_new || equal(known->second, history.view()), "members of two histories have one epoch authenticator");
  for (std::uint32_t i = 0; i < group.tree().leaf_count().value; ++i) {
    const LeafNode* leaf = group.tree().leaf({i});
    demand(leaf == nullptr || is_admitted(*leaf), "a leaf is a stranger's");
  }
  demand(Group::decode(group.encode().view()).has_value(), "a group can't be loaded again");
}

void Ledger::encrypted(GroupState before, const PrivateMessage& message, const Group& after) {
  demand(after.state_counter() > before.counter, "a key was used and the counter stayed");
  auto sender = open_sender_data(message, suite, before.keys->secrets.sender_data);
  if (!sender || sender->leaf != before.own_leaf) return demand(false, "a message doesn't name its sender");
  auto reached =
      before.keys->messages.ratchet(sender->leaf, ratchet_of(message.content_type)).reach(suite, sender->generation);
  if (!reached) return demand(false, "a message's key was used up before");
  MessageKey& key = reached->key;
  for (std::size_t i = 0; i < sender->reuse_guard.size(); ++i) key.nonce.span()[i] ^= sender->reuse_guard[i];
  Bytes pair = to_bytes(key.key.view());
  pair.insert(pair.end(), key.nonce.view().begin(), key.nonce.view().end());
  demand(keys_.insert(std::move(pair)).second, "a key and nonce were used twice");
  // The guard would hide a key that is used twice; the key itself must be new as well.
  demand(keys_.insert(to_bytes(key.key.view())).second, "a message key was used twice");
}

}  // namespace encuentro::fuzz
