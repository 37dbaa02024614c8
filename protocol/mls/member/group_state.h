// What a Group consists of, and how it is stored. Only the files that make up Group (group*.cpp) include this.
#pragma once

#include "protocol/mls/member/group.h"
#include "protocol/mls/member/path_keys.h"
#include "protocol/mls/member/private_protection.h"
#include "protocol/mls/member/secret_tree.h"

namespace encuentro::mls::member {

// Everything secret of one epoch.
struct EpochKeys {
  EpochSecrets secrets;  // `encryption` is empty: it went into `messages`
  SecretTree messages;
  PathKeys path;
};

// An epoch that isn't entered yet.
struct StagedEpoch {
  StagedChange change;
  // None when the Commit removes us.
  std::optional<EpochKeys> keys;
  // The own leaf's new one, if the Commit changes it.
  std::optional<crypto::SigningKey> signing_key;
};

struct PendingCommit {
  StagedCommit staged;
  Bytes message;  // as handed to the delivery service
};

// The private half of an own Update proposal that somebody may commit.
struct HeldUpdate {
  PublicKeyBytes encryption_key;
  crypto::HpkePrivateKey private_key;
  std::optional<crypto::SigningKey> signing_key;
};

// A handshake message of the current epoch, readable now. Its signature isn't verified yet.
struct OpenedHandshake {
  AuthenticatedContent content;
  // It came as a PrivateMessage: what GroupState::consume is told when its key shall be gone.
  std::optional<HashRatchet::Reached> reached;
};

struct GroupState {
  PublicGroup shared;
  LeafIndex own_leaf;
  crypto::SigningKey signing_key;
  GroupOptions options;
  // None before an external join is merged and after a Commit removed us.
  std::optional<EpochKeys> keys;
  std::vector<ResumptionPsk> past;  // the oldest first
  std::vector<HeldUpdate> updates;
  std::optional<PendingCommit> pending;
  std::uint64_t counter = 0;

  crypto::Suite suite() const { return shared.suite(); }
  // Fails when there is no epoch to work in. Errors: removed_from_group.
  Status demand_active() const;
  // Those, and that nothing of our own is pending and no ReInit ended the group.
  Status demand_can_change() const;
  // This group's resumption PSKs: past epochs' and the current one's.
  std::vector<ResumptionPsk> own_psks() const;
  void enter(StagedEpoch epoch);

  // group_framing.cpp: to and from MLSMessage, by the keys of the current epoch (§6.2, §6.3).
  FramedContent framed(const Framing& framing) const;
  Result<Bytes> seal(AuthenticatedContent content, Random& random);
  Result<OpenedHandshake> open(const MlsMessage& message);
  Result<OpenedContent> open_private(const PrivateMessage& message);
  void consume(const Sender& sender, ContentType type, HashRatchet::Reached reached);

  static StagedEpoch& epoch_of(StagedCommit& staged) { return *staged.epoch_; }
  static StagedCommit staged_commit(StagedEpoch epoch);
  static Group group(GroupState state);
  static const GroupState& of(const Group& group) { return *group.state_; }
  static GroupState take(Group&& group) { return std::move(*group.state_); }

  // uint16 version = 1; uint64 counter; PublicGroup; uint32 own_leaf; opaque signing_seed<V>; options; optional keys;
  // past<V>; updates<V>; optional pending. Written so that no secret is left behind in memory.
  SecretBytes encode() const;
  // The state's public part is believed: keep it where nobody else writes. Errors: unknown_version, malformed, ...
  static Result<GroupState> decode(BytesView input);

 private:
  Status demand_consistent();
};

}  // namespace encuentro::mls::member
