// The sealed invitation of new members (RFC 9420 §12.4.3.1). Opening it is mls/member's.
#pragma once

#include "protocol/mls/public/commit.h"

namespace encuentro::mls {

// struct { KeyPackageRef new_member; HPKECiphertext encrypted_group_secrets; } EncryptedGroupSecrets
struct EncryptedGroupSecrets {
  Digest new_member;
  crypto::HpkeCiphertext encrypted_group_secrets;

  void encode(codec::Writer& writer) const;
  static Result<EncryptedGroupSecrets> decode(codec::Reader& reader);
};

// struct { CipherSuite cipher_suite; EncryptedGroupSecrets secrets<V>; opaque encrypted_group_info<V>; } Welcome
struct Welcome {
  crypto::Suite cipher_suite{};
  std::vector<EncryptedGroupSecrets> secrets;
  Bytes encrypted_group_info;

  void encode(codec::Writer& writer) const;
  static Result<Welcome> decode(codec::Reader& reader);
};

}  // namespace encuentro::mls
