#include "protocol/mls/member/public_protection.h"
#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

TEST_CASE("R-MLS-104 a Commit's confirmation tag is the new epoch's") {
  Meeting meeting(2);
  CommitBundle bundle = must(meeting.group(0).commit({}, meeting.random));
  MlsMessage message = message_of(bundle.commit);
  auto& commit = std::get<PublicMessage>(message.value);
  commit.auth.confirmation_tag.data()[0] ^= 1;
  // An insider can make the membership tag fit.
  GroupState forger = state_of(meeting.group(0));
  commit.membership_tag =
      membership_tag(suite, forger.keys->secrets.membership, commit.authenticated(), forger.shared.context());
  refused(meeting.group(1).stage(message), Rule::confirmation_tag);
}

TEST_CASE("R-MLS-104 a Commit with another PSK than ours") {
  Meeting meeting(2);
  auto lend = [](std::uint8_t key) {
    std::vector<ExternalPsk> out;
    out.push_back({{5}, SecretBytes(BytesView(Bytes{1, 2, key}))});
    return out;
  };
  const std::vector<ExternalPsk> theirs = lend(3);
  const std::vector<ExternalPsk> ours = lend(4);
  PreSharedKey psk;
  psk.psk.psk_id = {5};
  CommitOptions options;
  options.proposals.push_back({psk});
  options.psks = {theirs, {}};
  CommitBundle bundle = must(meeting.group(0).commit(options, meeting.random));
  refused(meeting.group(1).stage(message_of(bundle.commit), {ours, {}}), Rule::confirmation_tag);
}

TEST_CASE("R-MLS-105 the PSKs of committed PreSharedKeys are there") {
  Meeting meeting(2);
  std::vector<ExternalPsk> lent;
  lent.push_back({{5}, SecretBytes(BytesView(Bytes{1, 2, 3}))});
  PreSharedKey psk;
  psk.psk.psk_id = {5};
  CommitOptions options;
  options.proposals.push_back({psk});
  refused(meeting.group(0).commit(options, meeting.random), Rule::psks_available);
  options.psks = {lent, {}};
  CommitBundle bundle = must(meeting.group(0).commit(options, meeting.random));
  refused(meeting.group(1).stage(message_of(bundle.commit)), Rule::psks_available);
  CHECK(meeting.group(1).stage(message_of(bundle.commit), {lent, {}}).has_value());
}

TEST_CASE("R-MLS-107 an own Update that is committed has its private key here") {
  Meeting meeting(3);
  // A copy of member 1 proposes what member 1 knows nothing of.
  Group thief = clone_of(meeting.group(1));
  Bytes proposal = must(thief.propose_update({}, meeting.random));
  ProposalRef reference = must(meeting.group(0).handle_proposal(message_of(proposal)));
  must(meeting.group(1).handle_proposal(message_of(proposal)));
  must(meeting.group(2).handle_proposal(message_of(proposal)));
  CommitBundle bundle = must(meeting.group(0).commit({.references = {reference}}, meeting.random));
  refused(meeting.group(1).stage(message_of(bundle.commit)), Rule::own_update_key);
  CHECK(meeting.group(2).stage(message_of(bundle.commit)).has_value());
  CHECK(thief.stage(message_of(bundle.commit)).has_value());
}

TEST_CASE("resumption PSKs of past epochs, as many as are kept") {
  Meeting meeting(3, {.past_resumption_psks = 2});
  auto use = [&](Epoch epoch) {
    PreSharedKey psk;
    psk.psk.type = PskType::resumption;
    psk.psk.psk_group_id = meeting.group(0).context().group_id;
    psk.psk.psk_epoch = epoch;
    CommitOptions options;
    options.proposals.push_back({psk});
    return options;
  };
  meeting.commit(0);
  meeting.commit(1);
  const Epoch now = meeting.group(0).epoch();
  meeting.commit(0, use(now));
  meeting.commit(1, use(now));
  meeting.check_agreement();
  auto kept = [&] {
    std::vector<Epoch> out;
    for (const ResumptionPsk& psk : state_of(meeting.group(0)).past) out.push_back(psk.epoch);
    return out;
  };
  CHECK(kept() == std::vector<Epoch>{now, now.next()});
  meeting.commit(2);
  CHECK(kept() == std::vector<Epoch>{now.next(), now.next().next()});
}

TEST_CASE("a Commit of another epoch, another group or other kind is refused") {
  Meeting meeting(2);
  CommitBundle old = meeting.commit(0);
  CHECK_FALSE(meeting.group(1).stage(message_of(old.commit)));
  Meeting other(2, {}, 2, {9});
  CommitBundle foreign = must(other.group(0).commit({}, other.random));
  CHECK_FALSE(meeting.group(1).stage(message_of(foreign.commit)));
  Bytes proposal = must(meeting.group(0).propose({Remove{meeting.leaf(1)}}, {}, meeting.random));
  CHECK_FALSE(meeting.group(1).stage(message_of(proposal)));
  CHECK_FALSE(meeting.group(1).stage(message_of(must(meeting.group(0).group_info({}, true)))));
}

TEST_CASE("two members who commit at once: whoever comes first wins") {
  Meeting meeting(3);
  CommitBundle first = must(meeting.group(0).commit({}, meeting.random));
  CommitBundle second = must(meeting.group(1).commit({}, meeting.random));
  meeting.deliver(0, first.commit);
  meeting.check_agreement();
  CHECK_FALSE(meeting.group(2).stage(message_of(second.commit)));
}

}  // namespace encuentro::mls::member::testing
