// Sealing and opening of records and links of `shared` channels (FORMATS §5). Every record and link has a key
// and a commitment of its own; the commitment is compared before anything is decrypted.
#pragma once

#include "protocol/base/random.h"
#include "protocol/content/archive_key.h"
#include "protocol/content/signed_content.h"

namespace encuentro::content {

// The body of a record entry with this header. `plaintext` is encode_padded()'s.
record::RecordBody seal_record(const ArchiveKey& key, const record::EntryHeader& header,
                               const std::vector<UploadId>& pins, const SecretBytes& plaintext, Random& random);
// Errors: bad_tag (commitment or tag), malformed (not the shared form).
Result<SecretBytes> open_record(const ArchiveKey& key, const record::EntryHeader& header,
                                const record::RecordBody& body);

// The older epoch's key sealed under the newer's.
record::Link seal_link(const ArchiveKey& newer_key, const record::GroupEpoch& newer, const ArchiveKey& older_key,
                       const record::GroupEpoch& older, Random& random);
// A link counts only if the key it opens is the one the older epoch's signed GroupInfo commits to.
// Errors: bad_link (rule: "commitment", "tag" or "wrong key").
Result<ArchiveKey> open_link(const ArchiveKey& newer_key, const record::Link& link, const Commitment& older_commitment);

}  // namespace encuentro::content
