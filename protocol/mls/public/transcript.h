// The two running hashes over a group's Commits (RFC 9420 §8.2). Both need only what is public: the
// confirmation tag is taken as it stands, its truth is mls/member's to check.
#pragma once

#include "protocol/crypto/hash.h"
#include "protocol/mls/public/framing.h"

namespace encuentro::mls {

// Hash(interim_before || ConfirmedTranscriptHashInput). `interim_before` is empty before the first epoch's
// Commit. Programmer error unless `commit` is a Commit.
Digest confirmed_transcript_hash(crypto::Suite suite, const Digest& interim_before, const AuthenticatedContent& commit);

// Hash(confirmed || InterimTranscriptHashInput).
Digest interim_transcript_hash(crypto::Suite suite, const Digest& confirmed, const Digest& confirmation_tag);

}  // namespace encuentro::mls
