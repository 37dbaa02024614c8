#include "protocol/mls/public/commit_effect.h"

namespace encuentro::mls {
namespace {

template <class T>
const T* first_of(const ProposalList& list) {
  for (const CommittedProposal& entry : list) {
    if (const T* found = entry.proposal->as<T>()) return found;
  }
  return nullptr;
}

}  // namespace

const ReInit* CommitEffect::reinit() const { return first_of<ReInit>(proposals); }

const ExternalInit* CommitEffect::external_init() const { return first_of<ExternalInit>(proposals); }

std::vector<const PreSharedKeyId*> CommitEffect::psks() const {
  std::vector<const PreSharedKeyId*> out;
  for (const CommittedProposal& entry : proposals) {
    if (const auto* found = entry.proposal->as<PreSharedKey>()) out.push_back(&found->psk);
  }
  return out;
}

}  // namespace encuentro::mls
