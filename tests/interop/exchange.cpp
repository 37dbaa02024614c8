#include "tests/interop/exchange.h"

#include <algorithm>
#include <stdexcept>

namespace encuentro::interop {
namespace {

constexpr std::array<const char*, step_kinds> step_names = {"add",      "add by reference",
                                                            "update",   "update by reference",
                                                            "remove",   "remove by reference",
                                                            "a PSK",    "an external join",
                                                            "a resync", "messages"};

[[noreturn]] void disagree(const std::string& what) { throw std::runtime_error("disagreement: " + what); }

}  // namespace

const char* name_of(Step step) { return step_names[static_cast<std::size_t>(step)]; }

Exchange::Exchange(Settings settings, PeerProcess& peer, std::uint64_t now_s)
    : settings_(settings), random_(settings.seed), peer_(peer), now_s_(now_s) {
  for (const char* id : {"first", "second"}) {
    Bytes secret(32);
    random_.fill(secret);
    peer_.ask({{"op", "psk"}, {"client", -1}, {"id", to_hex(as_bytes(id))}, {"secret", to_hex(secret)}});
    psks_.push_back({to_bytes(as_bytes(id)), SecretBytes(secret)});
  }
  Bytes group_id(16);
  random_.fill(group_id);
  members_.push_back(newcomer(settings.we_create));
  members_.front()->create(group_id);
  // Two of each side, so that every step has a committer and receivers on both.
  while (count(true) < 2 || count(false) < 2) {
    add(*members_.front(), false);
    check_agreement();
  }
}

std::size_t Exchange::count(bool ours) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(members_, [&](const Member& member) { return member->ours() == ours; }));
}

Participant& Exchange::any_of(bool ours, const Participant* other_than) {
  std::vector<Participant*> fitting;
  for (const Member& member : members_) {
    if (member->ours() == ours && member.get() != other_than) fitting.push_back(member.get());
  }
  return *fitting.at(below(fitting.size()));
}

Participant& Exchange::anybody_but(const Participant& one) {
  for (;;) {
    Participant& member = *members_[below(members_.size())];
    if (&member != &one) return member;
  }
}

// Somebody whose side stays at two or more; nobody removes itself.
Participant* Exchange::removable(const Participant& committer) {
  std::vector<Participant*> fitting;
  for (const Member& member : members_) {
    if (member.get() != &committer && count(member->ours()) > 2) fitting.push_back(member.get());
  }
  return fitting.empty() ? nullptr : fitting[below(fitting.size())];
}

Exchange::Member Exchange::newcomer(bool ours) {
  std::string name = (ours ? "our-" : "ts-") + std::to_string(names_++);
  if (!ours) return std::make_unique<PeerClient>(name, settings_.suite, peer_);
  return std::make_unique<OurClient>(name, settings_.suite, random_, now_s_, psks_);
}

bool Exchange::possible(Step step, bool by_us) const {
  switch (step) {
    case Step::add:
    case Step::add_proposed:
    case Step::join:
      return members_.size() < settings_.members_max;
    case Step::remove:
    case Step::remove_proposed:
      return count(true) > 2 || count(false) > 2;
    case Step::update_proposed:  // ts-mls commits Updates of others but makes none
      return count(true) > (by_us ? 1u : 0u);
    default:
      return true;
  }
}

void Exchange::step() {
  Step chosen = Step::messages;
  bool by_us = coin();
  if (coin()) {  // what came least often, so that everything comes often enough
    std::size_t least = ~std::size_t{0};
    for (std::size_t kind = 0; kind < step_kinds; ++kind) {
      for (bool side : {false, true}) {
        auto candidate = static_cast<Step>(kind);
        if (!possible(candidate, side) || done(candidate, side) >= least) continue;
        least = done(candidate, side);
        chosen = candidate;
        by_us = side;
      }
    }
  } else {
    do chosen = static_cast<Step>(below(step_kinds));
    while (!possible(chosen, by_us));
  }
  try {
    run(chosen, by_us);
    check_agreement();
  } catch (const std::exception& error) {
    throw std::runtime_error(std::string(name_of(chosen)) + " by " + (by_us ? "us" : "ts-mls") + " in epoch " +
                             std::to_string(epoch_) + ": " + error.what());
  }
  ++done_[static_cast<std::size_t>(chosen)][by_us];
  if (below(4) == 0) static_cast<OurClient&>(any_of(true)).store_and_load();
}

void Exchange::run(Step step, bool by_us) {
  Participant& actor = any_of(by_us);
  switch (step) {
    case Step::add:
      return add(actor, false);
    case Step::add_proposed:
      return add(actor, true);
    case Step::update:
      return update(actor, false);
    case Step::update_proposed:
      return update(actor, true);
    case Step::remove:
      return remove(actor, false);
    case Step::remove_proposed:
      return remove(actor, true);
    case Step::psk:
      return psk(actor);
    case Step::join:
      return join(by_us);
    case Step::resync:
      return resync(actor);
    case Step::messages:
      return messages(actor);
  }
}

void Exchange::propose(Participant& proposer, const ProposalWish& wish) {
  Bytes message = proposer.propose(wish, coin());
  for (const Member& member : members_) {
    if (member.get() != &proposer) member->receive_handshake(message);
  }
}

void Exchange::deliver_commit(BytesView commit, const Participant* from) {
  for (const Member& member : members_) {
    if (member.get() != from) member->receive_handshake(commit);
  }
}

void Exchange::settle_tree() {
  if (count(true) == 0) return;  // a group that is ts-mls's alone so far
  std::set<std::uint32_t> leaves = static_cast<OurClient&>(any_of(true)).unmerged_leaves();
  for (const Member& member : members_) {
    if (leaves.contains(member->view().leaf)) update(*member, false);
  }
}

void Exchange::add(Participant& committer, bool proposed) {
  // At the start the side that is missing, then mostly somebody who reads the other implementation's Welcome.
  bool ours = count(true) < 2 || (count(false) >= 2 && (below(4) == 0) == committer.ours());
  if (!ours) settle_tree();
  Member joiner = newcomer(ours);
  ProposalWish wish{.kind = ProposalWish::Kind::add, .key_package = joiner->key_package()};
  std::vector<ProposalWish> wishes;
  if (proposed) {
    propose(anybody_but(committer), wish);
  } else {
    wishes.push_back(std::move(wish));
  }
  bool tree_inside = coin();
  Committed committed = committer.commit(wishes, coin(), tree_inside);
  if (!committed.welcome) disagree("no Welcome for an Add");
  deliver_commit(committed.commit, &committer);
  joiner->join(*committed.welcome, tree_inside ? BytesView{} : BytesView(committed.tree));
  if (joiner->ours() != committer.ours()) ++welcomed_[joiner->ours()];
  members_.push_back(std::move(joiner));
}

void Exchange::update(Participant& committer, bool proposed) {
  if (proposed) propose(any_of(true, &committer), {.kind = ProposalWish::Kind::update});
  deliver_commit(committer.commit({}, coin(), coin()).commit, &committer);
}

void Exchange::remove(Participant& committer, bool proposed) {
  Participant* target = removable(committer);
  if (!target) return update(committer, false);
  ProposalWish wish{.kind = ProposalWish::Kind::remove, .leaf = target->view().leaf};
  std::vector<ProposalWish> wishes;
  if (proposed) {
    propose(anybody_but(committer), wish);
  } else {
    wishes.push_back(wish);
  }
  deliver_commit(committer.commit(wishes, coin(), coin()).commit, &committer);
  if (target->view().active) disagree(target->name() + " doesn't know that it was removed");
  std::erase_if(members_, [&](const Member& member) { return member.get() == target; });
}

void Exchange::psk(Participant& committer) {
  Bytes nonce(32);
  random_.fill(nonce);
  ProposalWish wish{.kind = ProposalWish::Kind::psk, .psk = {psks_[below(psks_.size())].id, nonce}};
  deliver_commit(committer.commit({wish}, coin(), coin()).commit, &committer);
}

void Exchange::join(bool by_us) {
  if (!by_us) settle_tree();
  bool tree_inside = coin();
  Published published = members_[below(members_.size())]->group_info(tree_inside);
  Member joiner = newcomer(by_us);
  Bytes commit =
      joiner->join_externally(published.group_info, tree_inside ? BytesView{} : BytesView(published.tree), false);
  deliver_commit(commit, nullptr);
  members_.push_back(std::move(joiner));
}

void Exchange::resync(Participant& member) {
  if (!member.ours()) settle_tree();
  bool tree_inside = coin();
  Published published = anybody_but(member).group_info(tree_inside);
  Bytes commit =
      member.join_externally(published.group_info, tree_inside ? BytesView{} : BytesView(published.tree), true);
  deliver_commit(commit, &member);
}

// A few at once, which everybody gets in an order of its own.
void Exchange::messages(Participant& sender) {
  std::vector<std::pair<Bytes, Bytes>> sent;  // plaintext, message
  for (std::size_t i = 0, n = 1 + below(4); i < n; ++i) {
    Bytes plaintext(below(600));
    random_.fill(plaintext);
    Bytes message = sender.send(plaintext);
    sent.emplace_back(std::move(plaintext), std::move(message));
  }
  for (const Member& member : members_) {
    if (member.get() == &sender) continue;
    for (std::size_t i = sent.size(); i > 1; --i) std::swap(sent[i - 1], sent[below(i)]);
    for (const auto& [plaintext, message] : sent) {
      if (member->receive(message) != plaintext) disagree(member->name() + " read something else");
    }
  }
}

void Exchange::check_agreement() {
  View first = members_.front()->view();
  for (const Member& member : members_) {
    View view = member->view();
    if (!view.active) disagree(member->name() + " thinks that it is out");
    if (view.epoch != first.epoch) disagree(member->name() + " is in epoch " + std::to_string(view.epoch));
    if (view.authenticator != first.authenticator || view.authenticator.empty()) {
      disagree(member->name() + " has another epoch authenticator");
    }
  }
  epoch_ = first.epoch;
  if (count(true) == 0 || count(false) == 0) return;
  if (any_of(true).export_secret("interop", as_bytes("context"), 32) !=
      any_of(false).export_secret("interop", as_bytes("context"), 32)) {
    disagree("the exported secrets differ");
  }
}

std::size_t Exchange::least_done() const {
  std::size_t least = std::min(welcomed_[0], welcomed_[1]);
  for (const auto& sides : done_) least = std::min({least, sides[0], sides[1]});
  return least;
}

}  // namespace encuentro::interop
