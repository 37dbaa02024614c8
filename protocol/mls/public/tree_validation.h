// What a joiner checks of a tree that somebody gave it (RFC 9420 §12.4.3.1, §7.9.2), besides its leaves
// (leaf_rules.h) and what RatchetTree::load already checked.
#pragma once

#include "protocol/mls/public/ratchet_tree.h"

namespace encuentro::mls {

// R-MLS-94, 95: the unmerged leaves of each parent are members below it, also listed in between. These hold
// before parent hashes can be looked at. Errors: invalid_tree.
Status check_unmerged_leaves(const RatchetTree& tree);

// R-MLS-93: each parent that isn't blank is parent-hash valid, by exactly one chain. Cost: two hashes a
// parent, more where leaves are unmerged. Errors: invalid_tree.
Status check_parent_hashes(RatchetTree& tree);

// R-MLS-21, 22, 96: no signature key and no encryption key twice. Errors: invalid_leaf, invalid_tree.
Status check_keys_unique(const RatchetTree& tree);

// All of the above.
Status check_tree(RatchetTree& tree);

}  // namespace encuentro::mls
