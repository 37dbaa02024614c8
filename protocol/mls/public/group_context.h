// The state all members of an epoch agree on (RFC 9420 §8.1).
#pragma once

#include "protocol/crypto/suite.h"
#include "protocol/mls/public/extension.h"

namespace encuentro::mls {

// struct { ProtocolVersion version = mls10; CipherSuite cipher_suite; opaque group_id<V>; uint64 epoch;
//          opaque tree_hash<V>; opaque confirmed_transcript_hash<V>; Extension extensions<V>; } GroupContext
struct GroupContext {
  ProtocolVersion version = ProtocolVersion::mls10;
  crypto::Suite cipher_suite{};
  Bytes group_id;
  Epoch epoch;
  Digest tree_hash;
  Digest confirmed_transcript_hash;
  ExtensionList extensions;

  void encode(codec::Writer& writer) const;
  // Errors: unknown_version, unsupported_suite (none of RFC 9420's).
  static Result<GroupContext> decode(codec::Reader& reader);
  friend bool operator==(const GroupContext&, const GroupContext&) = default;
};

}  // namespace encuentro::mls
