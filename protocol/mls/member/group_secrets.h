// What a Welcome tells each newcomer in secret (RFC 9420 §12.4.3.1).
#pragma once

#include "protocol/mls/member/key_schedule.h"
#include "protocol/mls/member/update_path.h"
#include "protocol/mls/public/group_info.h"
#include "protocol/mls/public/welcome.h"

namespace encuentro::mls::member {

// struct { opaque joiner_secret<V>; optional<PathSecret> path_secret; PreSharedKeyID psks<V>; } GroupSecrets
// PathSecret is struct { opaque path_secret<V>; }.
struct GroupSecrets {
  JoinerSecret joiner_secret;
  std::optional<PathSecret> path_secret;
  std::vector<PreSharedKeyId> psks;

  SecretBytes encode() const;
  static Result<GroupSecrets> decode(BytesView input);
};

// Encrypts the secrets to one newcomer's init key. `encrypted_group_info` is what binds the two parts together.
Result<EncryptedGroupSecrets> seal_group_secrets(crypto::Suite suite, const KeyPackage& newcomer,
                                                 const GroupSecrets& secrets, BytesView encrypted_group_info,
                                                 Random& random);
// Errors: bad_tag, bad_key, malformed.
Result<GroupSecrets> open_group_secrets(const Welcome& welcome, const EncryptedGroupSecrets& entry,
                                        BytesView init_private, BytesView init_public);

// The GroupInfo under the key that the joiner secret and the PSKs give.
Bytes seal_group_info(crypto::Suite suite, const WelcomeSecret& welcome_secret, const GroupInfo& group_info);
// Errors: bad_tag, and those of decoding.
Result<GroupInfo> open_group_info(const Welcome& welcome, const WelcomeSecret& welcome_secret);

}  // namespace encuentro::mls::member
