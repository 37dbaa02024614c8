// PublicMessage (RFC 9420 §6.2): readable, signed, and from members also with a membership tag, which shows
// outsiders' forgeries before any signature is looked at.
#pragma once

#include "protocol/mls/member/key_schedule.h"
#include "protocol/mls/public/framing.h"

namespace encuentro::mls::member {

// MAC(membership_key, AuthenticatedContentTBM). `context` is the epoch's the message is sent in.
Digest membership_tag(crypto::Suite suite, const MembershipKey& key, const AuthenticatedContent& content,
                      const GroupContext& context);

// Frames signed content, with the tag if the sender is a member. Application data never goes out readable (§6):
// malformed.
Result<PublicMessage> protect_public(AuthenticatedContent content, const MembershipKey& key,
                                     const GroupContext& context);
// Checks form and, for members, the tag (R-MLS-83, R-MLS-100); the signature is the caller's next step.
// Errors: bad_tag, malformed.
Result<AuthenticatedContent> unprotect_public(const PublicMessage& message, const MembershipKey& key,
                                              const GroupContext& context);

}  // namespace encuentro::mls::member
