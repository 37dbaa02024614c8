// What every newcomer checks besides the tree (RFC 9420 §12.4.3), whichever way it comes in.
#pragma once

#include "protocol/mls/member/group.h"
#include "protocol/mls/member/group_secrets.h"

namespace encuentro::mls::member {

// R-MLS-114.
Status check_group_id_is_new(BytesView group_id, std::span<const Bytes> current_groups);

// How a Welcome's PSKs tie the new group to an old one.
struct Succession {
  ResumptionPskUsage usage = ResumptionPskUsage::application;  // application: to none
  Bytes group_id{};                                            // whose PSK it is, and of which epoch
  Epoch epoch{};
};
// R-MLS-112.
Result<Succession> succession_of(std::span<const PreSharedKeyId> psks);
// R-MLS-118 to 122, 126. Errors: invalid_welcome, also when there is a tie and no predecessor was given.
Status check_succession(Succession succession, const GroupContext& context, const RatchetTree& tree,
                        const Group* predecessor);

}  // namespace encuentro::mls::member
