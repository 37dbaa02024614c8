#include "fuzz/mls_network/delivery.h"

#include <algorithm>

namespace encuentro::fuzz {

using namespace mls;
using namespace mls::member;

namespace {

// What a refused message must leave as it was.
struct Look {
  explicit Look(const Group& group)
      : authenticator(group.is_active() ? to_bytes(group.epoch_authenticator()) : Bytes{}),
        context(encoded(group.context())),
        tree(group.encoded_tree()),
        held(group.held_proposals().size()),
        has_pending(group.has_pending()) {}
  bool operator==(const Look&) const = default;

  Bytes authenticator;
  Bytes context;
  Bytes tree;
  std::size_t held;
  bool has_pending;
};

bool holds(const Group& group, const ProposalRef& reference) {
  const auto& held = group.held_proposals();
  return std::any_of(held.begin(), held.end(), [&](const HeldProposal& entry) { return entry.reference == reference; });
}

bool holds_all(const Group& group, const std::vector<ProposalRef>& references) {
  return std::all_of(references.begin(), references.end(), [&](const auto& entry) { return holds(group, entry); });
}

// Whether the seat has no ground to refuse: a member sent it where the seat stands, and it is new to it.
bool must_be_accepted(const Seat& seat, const Letter* letter) {
  if (letter == nullptr || letter->room != seat.room || letter->history != seat.history) return false;
  if (!seat.is_live() || letter->seat == seat.number || seat.taken.contains(letter)) return false;
  if (letter->kind != LetterKind::commit) return true;
  return !letter->needs_past && holds_all(*seat.group, letter->references);
}

// What the caller of a client decides: nobody enters who isn't admitted, and nobody's place is taken by another.
bool policy_allows(const World& world, const CommitEffect& effect) {
  for (const auto* changes : {&effect.added, &effect.updated}) {
    for (const LeafChange& change : *changes) {
      if (!world.ledger.is_admitted(*change.after)) return false;
      if (change.before != nullptr && (*change.before)->credential != (*change.after)->credential) return false;
    }
  }
  if (!effect.is_external()) return true;
  return std::all_of(effect.removed.begin(), effect.removed.end(), [&](const LeafChange& change) {
    return (*change.before)->credential == (*effect.added.back().after)->credential;
  });
}

// An external Commit's signature doesn't cover its confirmation tag, and whom it removes has no key to check that: the
// one part of an accepted message that may be forged, and it only tells those who are out.
bool differs_in_tag_alone(const World& world, const Seat& seat, const MlsMessage& message) {
  const auto* told = message.as<PublicMessage>();
  if (told == nullptr || told->content.sender.type != SenderType::new_member_commit) return false;
  const auto& letters = world.ledger.letters();
  return std::any_of(letters.begin(), letters.end(), [&](const Letter& letter) {
    if (letter.kind != LetterKind::commit || letter.room != seat.room || letter.history != seat.history) return false;
    auto sent = decoded<MlsMessage>(letter.bytes);
    const auto* content = sent ? sent->as<PublicMessage>() : nullptr;
    return content != nullptr && encoded(content->content) == encoded(told->content) &&
           content->auth.signature == told->auth.signature;
  });
}

void enter(World& world, Seat& seat, const History& next, bool was_in) {
  seat.history = next;
  seat.epochs_passed = was_in ? seat.epochs_passed + 1 : 0;
  world.ledger.entered(next, *seat.group);
}

bool take_own_commit(World& world, Seat& seat, const Letter* letter) {
  const bool was_in = seat.group->is_active();
  seat.group->merge_pending();
  enter(world, seat, letter->next, was_in);
  return true;
}

bool take_commit(World& world, Seat& seat, const MlsMessage& message, const Letter* letter) {
  auto staged = seat.group->stage(message, world.psks());
  if (!staged) return false;
  if (world.plan.chance(32)) {
    // To stage changes nothing, so it can be done again.
    auto again = seat.group->stage(message, world.psks());
    world.ledger.demand(again && again->context() == staged->context(), "a Commit staged twice isn't the same");
    if (again) staged = std::move(again);
  }
  if (!policy_allows(world, staged->effect())) return false;
  const bool removed = staged->removes_us();
  seat.group->merge(std::move(*staged));
  if (removed) {
    world.ledger.demand(!seat.group->is_active(), "a removed member is still in");
    seat.group.reset();
    return true;
  }
  // Null was sent by nobody: a violation that deliver() names.
  if (letter != nullptr) enter(world, seat, letter->next, true);
  return true;
}

bool take_application(World& world, Seat& seat, const PrivateMessage& message, const Letter* letter) {
  auto opened = seat.group->unprotect(message);
  if (!opened) return false;
  world.ledger.demand(letter != nullptr && equal(opened->plaintext.view(), letter->plaintext), "a message was changed");
  ++world.ledger.tally.opened;
  return true;
}

bool take(World& world, Seat& seat, const MlsMessage& message, BytesView bytes, const Letter* letter) {
  if (letter != nullptr && seat.group->is_pending(bytes)) return take_own_commit(world, seat, letter);
  const auto* sealed = message.as<PrivateMessage>();
  const auto* readable = message.as<PublicMessage>();
  if (sealed == nullptr && readable == nullptr) return false;
  const ContentType type = sealed != nullptr ? sealed->content_type : readable->content.type();
  if (type == ContentType::commit) return take_commit(world, seat, message, letter);
  if (type == ContentType::proposal) return seat.group->handle_proposal(message).has_value();
  return sealed != nullptr && take_application(world, seat, *sealed, letter);
}

}  // namespace

bool deliver(World& world, Seat& seat, BytesView bytes) {
  if (!seat.group) return false;
  Ledger& ledger = world.ledger;
  auto message = decoded<MlsMessage>(bytes);
  if (!message) {
    ++ledger.tally.rejections;
    return false;
  }
  const Letter* letter = ledger.find(bytes);
  const bool must = must_be_accepted(seat, letter);
  const bool comes_from_here =
      letter != nullptr && letter->room == seat.room &&
      (letter->history == seat.history || (letter->is_from_outside() && letter->epoch == seat.group->epoch()));
  const Look before(*seat.group);
  const std::uint64_t counter = seat.group->state_counter();
  if (take(world, seat, *message, bytes, letter)) {
    const bool learnt_it_is_out = !seat.group && differs_in_tag_alone(world, seat, *message);
    ledger.demand(comes_from_here || learnt_it_is_out, "accepted what nobody sent in this epoch");
    ledger.demand(!seat.group || seat.group->state_counter() > counter, "a change didn't raise the counter");
    seat.taken.insert(letter);
    return true;
  }
  ++ledger.tally.rejections;
  ledger.demand(!must, "refused what a member sent");
  ledger.demand(Look(*seat.group) == before, "a refused message changed the group");
  return false;
}

void deliver_commit(World& world, Seat& seat, const Letter& commit) {
  Plan& plan = world.plan;
  if (plan.chance(20)) return;  // lost
  if (plan.chance(24)) deliver(world, seat, damaged(world, commit.bytes));
  if (seat.group && seat.number != commit.seat && !plan.chance(16)) {
    for (const Letter& letter : world.ledger.letters()) {
      const bool wanted = std::count(commit.references.begin(), commit.references.end(), letter.reference) != 0;
      if (letter.kind == LetterKind::proposal && wanted && !holds(*seat.group, letter.reference)) {
        deliver(world, seat, letter.bytes);
      }
    }
  }
  deliver(world, seat, commit.bytes);
  if (plan.chance(16)) deliver(world, seat, commit.bytes);
}

void deliver_welcome(World& world, const Letter& commit, BytesView key_package_reference) {
  Plan& plan = world.plan;
  const auto found = world.published.find(to_bytes(key_package_reference));
  if (found == world.published.end() || plan.chance(16)) return;
  auto join = [&](BytesView bytes) -> Result<Group> {
    TRY(MlsMessage message, decoded<MlsMessage>(bytes));
    const auto* welcome = message.as<Welcome>();
    if (welcome == nullptr) return fail(Code::unknown_kind);
    TRY(KeyPackageSecrets secrets, KeyPackageSecrets::decode(found->second.secrets.view()));
    JoinParameters parameters;
    parameters.psks = world.psks();
    parameters.options = group_options;
    // Only the founding Commit's Welcome is tied to the old group; who comes later joins as anybody does.
    const auto& origins = world.rooms[commit.room].origins;
    const auto origin = commit.epoch == Epoch{0} ? origins.find(found->second.person) : origins.end();
    if (origin != origins.end() && world.seats[origin->second].group) {
      parameters.predecessor = &*world.seats[origin->second].group;
    }
    return Group::join(*welcome, std::move(secrets), parameters);
  };
  auto joined = plan.chance(32) ? join(damaged(world, *commit.welcome)) : fail(Code::none);
  if (!joined) {
    ++world.ledger.tally.rejections;
    joined = join(*commit.welcome);
  }
  world.ledger.demand(joined || commit.needs_past, "refused to join by a member's Welcome");
  if (!joined) return;
  Seat& seat = world.sit(found->second.person, commit.room, std::move(*joined), commit.next);
  world.published.erase(found);
  ++world.ledger.tally.joins;
  world.ledger.entered(seat.history, *seat.group);
}

void catch_up(World& world, Seat& seat) {
  for (std::size_t steps = 0; steps < 6 && seat.group; ++steps) {
    std::vector<const Letter*> next;
    for (const Letter& letter : world.ledger.letters()) {
      const bool here = letter.room == seat.room && letter.history == seat.history;
      if (letter.kind == LetterKind::commit && here) next.push_back(&letter);
    }
    if (next.empty()) return;
    const History before = seat.history;
    deliver_commit(world, seat, *next[world.plan.below(next.size())]);
    if (seat.history == before) return;
  }
}

Bytes damaged(World& world, BytesView bytes) {
  Plan& plan = world.plan;
  Bytes out = to_bytes(bytes);
  const std::size_t place = (plan.byte() * 256u + plan.byte()) % out.size();
  switch (plan.below(6)) {
    case 0:
      out.resize(place);
      break;
    case 1:
      out.push_back(plan.byte());
      break;
    case 2: {
      const auto& letters = world.ledger.letters();
      const Bytes& other = letters[plan.below(letters.size())].bytes;
      out.resize(place);
      if (place < other.size()) out.insert(out.end(), other.begin() + static_cast<std::ptrdiff_t>(place), other.end());
      break;
    }
    case 3:  // where tags are
      out[out.size() - 1 - place % std::min<std::size_t>(out.size(), 33)] ^= 1;
      break;
    default:
      out[place] ^= static_cast<std::uint8_t>(1u << plan.below(8));
  }
  return out;
}

void disturb(World& world) {
  Plan& plan = world.plan;
  const auto& letters = world.ledger.letters();
  std::vector<Seat*> seats = world.live_seats();
  if (letters.empty() || seats.empty()) return;
  for (std::size_t times = 1 + plan.below(6); times > 0; --times) {
    // The newest are the likeliest to do harm.
    const std::size_t back = plan.chance(128) ? plan.byte() : plan.below(12);
    const Letter& letter = letters[letters.size() - 1 - back % letters.size()];
    Seat& seat = *seats[plan.below(seats.size())];
    const bool whole = plan.chance(128);
    const BytesView bytes = letter.welcome && plan.chance(32) ? BytesView(*letter.welcome) : BytesView(letter.bytes);
    deliver(world, seat, whole ? to_bytes(bytes) : damaged(world, bytes));
  }
}

}  // namespace encuentro::fuzz
