// The archive key A_n of an epoch of a `shared` channel (FORMATS §4): from it every record of the epoch and the
// links to older epochs open. It leaves memory only sealed, in a link or in the client's own store.
#pragma once

#include "protocol/base/secret.h"
#include "protocol/record/heads.h"

namespace encuentro::content {

using ArchiveKey = Secret<32, struct ArchiveKeyTag>;

// A_n = MLS-Exporter(archive_exporter_label, archive_exporter_context(at), 32): the call is the MLS member's.
inline constexpr std::string_view archive_exporter_label = "encuentro archive";
Bytes archive_exporter_context(const record::GroupEpoch& at);

// What the epoch's signed GroupInfo carries (extension 0xF0E2): who opens a link compares.
Commitment archive_commitment(const ArchiveKey& key, const record::GroupEpoch& at);

}  // namespace encuentro::content
