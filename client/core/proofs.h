// What authors signed inside the seal, kept or opened anew: the proof that an export carries of who wrote what.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// A record of a sealed channel was opened: its key is gone, its author's signature stays.
void keep_signature(CoreState& state, Channel& channel, Seq seq, const crypto::Ed25519Signature& signature);

// Of an opened record; of a shared channel from its log and the archive key, of a sealed one from what was kept.
// Nothing where neither is there.
std::optional<SignedRecord> signed_record(const Channel& channel, const Record& record);

}  // namespace encuentro::client::core
