// This project's Group as a participant.
#pragma once

#include <set>

#include "protocol/mls/member/group.h"
#include "tests/interop/participant.h"

namespace encuentro::interop {

class OurClient final : public Participant {
 public:
  // `psks` are the external pre-shared keys everybody knows; they outlive the client.
  OurClient(std::string name, crypto::Suite suite, Random& random, std::uint64_t now_s,
            const std::vector<mls::member::ExternalPsk>& psks);

  bool ours() const override { return true; }
  void create(BytesView group_id) override;
  Bytes key_package() override;
  void join(BytesView welcome, BytesView tree) override;
  Published group_info(bool with_tree) override;
  Bytes join_externally(BytesView group_info, BytesView tree, bool resync) override;
  Bytes propose(const ProposalWish& wish, bool in_public) override;
  Committed commit(const std::vector<ProposalWish>& wishes, bool in_public, bool tree_in_welcome) override;
  void receive_handshake(BytesView message) override;
  Bytes send(BytesView plaintext) override;
  Bytes receive(BytesView message) override;
  View view() override;
  Bytes export_secret(std::string_view label, BytesView context, std::size_t size) override;

  // Leaves that some parent node lists as unmerged, as this member sees the tree.
  std::set<std::uint32_t> unmerged_leaves() const;
  // Goes on with what was stored, as after a restart.
  void store_and_load();

 private:
  template <class T>
  T must(Result<T> result, const char* what) const;
  mls::Proposal proposal_of(const ProposalWish& wish) const;
  mls::LifetimePolicy lifetimes() const;
  mls::Lifetime own_lifetime() const;
  mls::member::PskSource psk_source() const { return {.external = psks_, .resumption = {}}; }

  crypto::Suite suite_;
  Random& random_;
  std::uint64_t now_s_;
  const std::vector<mls::member::ExternalPsk>& psks_;
  mls::member::MemberIdentity identity_;
  std::optional<mls::member::KeyPackageSecrets> waiting_;
  std::optional<mls::member::Group> group_;
};

}  // namespace encuentro::interop
