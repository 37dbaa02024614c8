// The name of a pre-shared key (RFC 9420 §8.4). The key itself is mls/member's.
#pragma once

#include "protocol/mls/public/wire.h"

namespace encuentro::mls {

enum class PskType : std::uint8_t { external = 1, resumption = 2 };
enum class ResumptionPskUsage : std::uint8_t { application = 1, reinit = 2, branch = 3 };

// struct { PSKType psktype;
//          select { external: opaque psk_id<V>;
//                   resumption: ResumptionPSKUsage usage; opaque psk_group_id<V>; uint64 psk_epoch; }
//          opaque psk_nonce<V>; } PreSharedKeyID
struct PreSharedKeyId {
  PskType type = PskType::external;
  Bytes psk_id;                                                // external
  ResumptionPskUsage usage = ResumptionPskUsage::application;  // resumption
  Bytes psk_group_id;                                          // resumption
  Epoch psk_epoch;                                             // resumption
  Bytes psk_nonce;

  void encode(codec::Writer& writer) const;
  static Result<PreSharedKeyId> decode(codec::Reader& reader);
  friend bool operator==(const PreSharedKeyId&, const PreSharedKeyId&) = default;
};

}  // namespace encuentro::mls
