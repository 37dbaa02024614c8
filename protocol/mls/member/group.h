// One member's view of one MLS group (RFC 9420): start here.
//
// A group's life, in the order of the calls below
//
//   born       create()             epoch 0 with one member, its creator (§11)
//   entered    join()               by a Welcome that an existing member sent (§12.4.3.1)
//              join_externally()    by oneself, with a published GroupInfo (§12.4.3.2); also the way back in for
//                                   a device that lost its state (resync: it removes its own old leaf)
//   proposed   propose()            changes somebody may commit: Add, Update, Remove, PreSharedKey, ReInit,
//              propose_update()     GroupContextExtensions (§12.1); held by reference until the epoch ends
//              handle_proposal()    the same from others, also from external senders (§12.1.8)
//   committed  commit()             makes the next epoch out of proposals and, where needed, a new path of keys
//                                   (§12.4.1). The group stays where it is: the new epoch is PENDING until the
//                                   delivery service has ordered the message.
//              merge_pending()      it came back: enter the epoch
//              drop_pending()       somebody else's came first: forget it
//              stage() → merge()    the Commit of somebody else (§12.4.2): checked wholly, laid open as a
//                                   StagedCommit for the application's policy, entered only by merge(). Dropping
//                                   the StagedCommit leaves the group as it was.
//   spoken     protect()            application data, encrypted by the sender's ratchet (§6.3, §9, §15)
//              unprotect()          each message opens once: its key is gone afterwards
//   used       exporter(), epoch_authenticator(), resumption_psk(), group_info() (§8.5 to §8.7, §12.4.3)
//   succeeded  a ReInit or a branch is a new group: create() or join() with the old one's resumption_psk()
//              (§11.2, §11.3); a group whose Commit held a ReInit sends nothing any more
//   left       stage() of a Commit that removes us gives removes_us(); merge() of it leaves a group that can do
//              nothing but be looked at and destroyed
//
// Stored and loaded: encode() and decode(). Consumed keys are neither in memory nor in what is stored. Keys
// that are used twice break confidentiality, so an old copy must never run on: each change raises
// state_counter(), and the caller compares it with what it knows elsewhere.
//
// Judged here: everything RFC 9420 lets a member judge (rules R-MLS-nn in mls/public/rules.h). NOT judged
// here: whether a credential is true and who may do what. That is the caller's, between stage() and merge().
// Not thread-safe; one owner. No clocks: lifetimes are judged by the time given in. All randomness comes in.
#pragma once

#include <functional>
#include <memory>

#include "protocol/mls/member/exporter.h"
#include "protocol/mls/member/key_package_secrets.h"
#include "protocol/mls/member/psk.h"
#include "protocol/mls/public/public_group.h"

namespace encuentro::mls::member {

class Group;
struct GroupState;   // group_state.h
struct StagedEpoch;  // group_state.h

inline constexpr std::uint32_t past_psks_max = 4096;
inline constexpr std::uint32_t padding_multiple_max = 1u << 16;

// Choices of this member alone, never sent. Above the bounds: a programmer error; malformed in a stored group.
struct GroupOptions {
  // How many past epochs' resumption PSKs are kept, at most past_psks_max; the current epoch's is always there.
  std::uint32_t past_resumption_psks = 0;
  // PrivateMessage contents are padded with zeros to a multiple of this (§15.1), at most padding_multiple_max; 0 and
  // 1 pad nothing.
  std::uint32_t padding_multiple = 0;

  bool are_bounded() const { return past_resumption_psks <= past_psks_max && padding_multiple <= padding_multiple_max; }
};

// How a proposal or Commit is sent, and what travels beside it readable and authenticated (§6).
struct Framing {
  WireFormat wire_format = WireFormat::public_message;  // or private_message
  Bytes authenticated_data{};
};

// Extensions for a GroupInfo, made with the exporter of the epoch it tells of: so that it can carry commitments
// to that epoch's keys, before anybody has entered it.
using GroupInfoExtensions = std::function<Result<ExtensionList>(const EpochExporter&)>;

struct CreateParameters {
  crypto::Suite suite = crypto::encuentro_suite;
  Bytes group_id{};
  ExtensionList extensions{};  // of the GroupContext
  MemberIdentity identity{};
  Lifetime lifetime{};  // of the creator's leaf
  GroupOptions options{};
};

struct JoinParameters {
  // The tree, when it comes beside the Welcome or GroupInfo and not as their ratchet_tree extension.
  const RatchetTreeNodes* tree = nullptr;
  PskSource psks{};
  // The old group, when this one is its ReInit's successor or a branch of it (§11.2, §11.3): its resumption PSKs
  // are used and what the two groups must have in common is checked. Clients are taken for the same when their
  // credentials are equal.
  const Group* predecessor = nullptr;
  // Ids of the groups this client is in (§12.4.3 forbids to join a second one of the same id).
  std::span<const Bytes> current_groups{};
  LifetimePolicy lifetime{};
  GroupOptions options{};
};

struct ExternalJoinParameters {
  MemberIdentity identity{};
  const RatchetTreeNodes* tree = nullptr;
  // The own former leaf, removed by the same Commit (resync, §12.4.3.2).
  std::optional<LeafIndex> replaces{};
  std::vector<PreSharedKeyId> use_psks{};  // injected by the joiner; an empty nonce is drawn
  PskSource psks{};
  std::span<const Bytes> current_groups{};
  LifetimePolicy lifetime{};
  GroupOptions options{};
  Bytes authenticated_data{};
  GroupInfoExtensions group_info{};  // wanted if set, as in CommitOptions
  bool tree_in_group_info = false;
};

struct CommitOptions {
  std::vector<ProposalRef> references{};  // held proposals, in this order ..
  std::vector<Proposal> proposals{};      // .. and then these by value. An empty PSK nonce is drawn.
  // A path also where §12.4 doesn't demand one. (It is always there when it does, as for an empty Commit.)
  bool force_path = false;
  Framing framing{};
  PskSource psks{};  // secrets of committed PreSharedKey proposals
  // If set: a signed GroupInfo of the new epoch with external_pub and what the function returns.
  GroupInfoExtensions group_info{};
  bool tree_in_group_info = false;
  bool tree_in_welcome = true;
  // If set: extensions of the Welcome's GroupInfo besides the tree.
  GroupInfoExtensions welcome_extensions{};
  // A new signing key, credential and capabilities for the own leaf. Forces a path.
  const MemberIdentity* new_identity = nullptr;
  LifetimePolicy lifetime{};
};

// What a Commit's maker hands to the delivery service, each encoded as MLSMessage.
struct CommitBundle {
  Bytes commit;
  std::optional<Bytes> welcome;     // there if somebody was added: one for all newcomers
  std::optional<Bytes> group_info;  // there if asked for
};

// A Commit that passed every rule, laid open. Holds the new epoch, not the group.
class StagedCommit {
 public:
  StagedCommit(StagedCommit&&) noexcept;
  StagedCommit& operator=(StagedCommit&&) noexcept;
  ~StagedCommit();

  // Who committed what: leaves added, removed, updated (with credentials before and after), new GroupContext
  // extensions, PSKs, a ReInit, and each proposal with its sender.
  const CommitEffect& effect() const;
  // The context of the epoch it leads to.
  const GroupContext& context() const;
  BytesView authenticated_data() const;

  bool removes_us() const;
  // Of the new epoch, before it is entered. Programmer error when removes_us().
  EpochExporter exporter() const;
  BytesView epoch_authenticator() const;
  // What the new epoch's GroupInfo must name for external joiners (§8.3).
  PublicKeyBytes external_key() const;

 private:
  friend class Group;
  friend struct GroupState;
  explicit StagedCommit(std::unique_ptr<StagedEpoch> epoch);
  std::unique_ptr<StagedEpoch> epoch_;
};

// An application message that was opened.
struct OpenedMessage {
  LeafIndex sender;
  std::uint32_t generation = 0;
  SecretBytes plaintext;
  Bytes authenticated_data;
};

struct ExternalJoin;

class Group {
 public:
  // --- Born and entered -------------------------------------------------------------------------------

  // Epoch 0 (§11). Errors: unsupported_suite, invalid_leaf (the own leaf doesn't meet the group's extensions).
  static Result<Group> create(CreateParameters parameters, Random& random);
  // Checks the Welcome, GroupInfo, tree and every leaf (§12.4.3.1). `secrets` are consumed.
  // Errors: invalid_welcome, invalid_tree, invalid_leaf, bad_signature, bad_tag, missing_psk, ... with the rule.
  static Result<Group> join(const Welcome& welcome, KeyPackageSecrets secrets, const JoinParameters& parameters);
  // Builds an external Commit (§12.4.3.2). The group returned is pending: it waits for its own Commit.
  static Result<ExternalJoin> join_externally(const GroupInfo& group_info, const ExternalJoinParameters& parameters,
                                              Random& random);

  Group(Group&&) noexcept;
  Group& operator=(Group&&) noexcept;
  ~Group();

  // --- Looked at --------------------------------------------------------------------------------------

  const GroupContext& context() const;
  const RatchetTree& tree() const;
  LeafIndex own_leaf() const;
  Epoch epoch() const { return context().epoch; }
  // False once a Commit removed us or, for an external join, before it was merged.
  bool is_active() const;
  // The ReInit that ended this group, or null.
  const ReInit* reinit() const;
  // Grows by one at each change of state (also of ratchets). A copy with a smaller one is an old copy.
  std::uint64_t state_counter() const;

  // --- Proposals (§12.1) ------------------------------------------------------------------------------

  // Signs and frames; holds the proposal for commit(). Not for Update (below) nor ExternalInit. `lifetime` is for the
  // KeyPackage of an Add. Errors: invalid_proposal, pending_commit; those of the rules for the proposal's contents.
  Result<Bytes> propose(Proposal proposal, const Framing& framing, Random& random, const LifetimePolicy& lifetime = {});
  // A fresh leaf key. `new_identity` also replaces signing key and credential when the update is committed.
  Result<Bytes> propose_update(const Framing& framing, Random& random, const MemberIdentity* new_identity = nullptr);
  // Checks and holds the proposal of a member, external sender or newcomer. The reference names it.
  // Errors: wrong_group, wrong_epoch, bad_signature, bad_tag, invalid_proposal.
  Result<ProposalRef> handle_proposal(const MlsMessage& message, const LifetimePolicy& lifetime = {});
  // Those of this epoch that can be committed by reference.
  const std::vector<HeldProposal>& held_proposals() const;
  // Not to be committed by this member. One that the pending Commit refers to stays as long as that is pending.
  void forget_proposal(const ProposalRef& reference);

  // --- Commits (§12.4) --------------------------------------------------------------------------------

  // Errors: invalid_proposal, invalid_commit, pending_commit, missing_psk, removed_from_group.
  Result<CommitBundle> commit(const CommitOptions& options, Random& random);
  bool has_pending() const;
  // Whether these are the bytes of the pending Commit.
  bool is_pending(BytesView message) const;
  // What the pending Commit does, as a receiver would see it. Programmer error unless has_pending().
  const StagedCommit& pending() const;
  // Enters the pending epoch: its message came back from the delivery service. Programmer error without one.
  void merge_pending();
  // Forgets it. Its keys are wiped; an externally joining group is then of no use.
  void drop_pending();

  // Checks somebody else's Commit of this epoch, up to its confirmation tag. The group is unchanged.
  // Errors: those of the rules; wrong_epoch for Commits that come late or early.
  Result<StagedCommit> stage(const MlsMessage& message, const PskSource& psks = {},
                             const LifetimePolicy& lifetime = {});
  // Enters the staged epoch; an own pending Commit is dropped, held proposals are forgotten.
  // Programmer error if the group has moved since it was staged.
  void merge(StagedCommit staged);

  // --- Application data (§6.3, §15) -------------------------------------------------------------------

  // An encoded MLSMessage. Errors: removed_from_group, invalid_proposal (proposals are held: §12.4 lets nobody
  // send application data before they are committed).
  Result<Bytes> protect(BytesView plaintext, BytesView authenticated_data, Random& random);
  // Errors: wrong_group, wrong_epoch, key_consumed (a replay), generation_too_far, bad_tag, bad_signature.
  Result<OpenedMessage> unprotect(const PrivateMessage& message);

  // --- Keys and facts for others (§8.5 to §8.7, §12.4.3) ----------------------------------------------

  EpochExporter exporter() const;
  BytesView epoch_authenticator() const;
  PublicKeyBytes external_key() const;  // of this epoch (§8.3)
  ResumptionPsk resumption_psk() const;
  // Signed, with external_pub (and the tree if asked), for external joiners. An encoded MLSMessage.
  Result<Bytes> group_info(const ExtensionList& extensions, bool with_tree) const;
  // The tree alone, as the ratchet_tree extension has it, for those who hand it over separately.
  Bytes encoded_tree() const;

  // --- Stored (format: group_state.h) -----------------------------------------------------------------

  SecretBytes encode() const;
  static Result<Group> decode(BytesView input);

 private:
  friend struct GroupState;
  explicit Group(std::unique_ptr<GroupState> state);
  std::unique_ptr<GroupState> state_;
};

struct ExternalJoin {
  Group group;  // pending: merge_pending() when the Commit came back
  CommitBundle bundle;
};

// --- Successors -----------------------------------------------------------------------------------------

// The PreSharedKeyID by which a successor's first Commit and Welcome prove the descent from an epoch of
// another group (§11.2 reinit, §11.3 branch). Its nonce is drawn at the Commit.
PreSharedKeyId successor_psk_id(const ResumptionPsk& psk, ResumptionPskUsage usage);

}  // namespace encuentro::mls::member
