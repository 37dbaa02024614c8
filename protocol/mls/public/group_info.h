// What a newcomer is told of a group, signed by a member (RFC 9420 §12.4.3).
#pragma once

#include "protocol/crypto/signature.h"
#include "protocol/mls/public/group_context.h"
#include "protocol/mls/public/tree_math.h"

namespace encuentro::mls {

// struct { GroupContext group_context; Extension extensions<V>; MAC confirmation_tag; uint32 signer;
//          opaque signature<V>; } GroupInfo; GroupInfoTBS is all of it but the signature.
struct GroupInfo {
  GroupContext group_context;
  ExtensionList extensions;
  Digest confirmation_tag;
  LeafIndex signer;
  Bytes signature;

  // Fills `signature` (label "GroupInfoTBS").
  void sign(const crypto::SigningKey& key);
  // Errors: bad_signature, bad_key. `signature_key` is the signer's leaf's.
  Status verify(BytesView signature_key) const;

  void encode(codec::Writer& writer) const;
  static Result<GroupInfo> decode(codec::Reader& reader);

 private:
  void encode_to_be_signed(codec::Writer& writer) const;
};

}  // namespace encuentro::mls
