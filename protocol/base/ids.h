// Identifiers and counters that can't be mistaken for each other: comparing a MemberId with a DeviceId,
// or adding two epochs, does not compile.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>

#include "protocol/base/bytes.h"

namespace encuentro {

template <class Tag, std::size_t N>
class Id {
 public:
  static constexpr std::size_t bytes = N;

  constexpr Id() = default;
  explicit constexpr Id(const std::array<std::uint8_t, N>& value) : value_(value) {}
  explicit Id(BytesView source) {
    ENC_CHECK(source.size() == N);
    std::copy(source.begin(), source.end(), value_.begin());
  }

  BytesView view() const { return {value_.data(), N}; }
  bool is_zero() const { return *this == Id{}; }

  friend constexpr bool operator==(const Id&, const Id&) = default;
  friend constexpr auto operator<=>(const Id&, const Id&) = default;

 private:
  std::array<std::uint8_t, N> value_{};
};

template <class Tag>
struct Count {
  std::uint64_t value = 0;

  constexpr Count() = default;
  explicit constexpr Count(std::uint64_t v) : value(v) {}
  constexpr Count next() const { return Count{value + 1}; }

  friend constexpr bool operator==(Count, Count) = default;
  friend constexpr auto operator<=>(Count, Count) = default;
};

using NetworkId = Id<struct NetworkTag, 16>;
using MemberId = Id<struct MemberTag, 16>;
using DeviceId = Id<struct DeviceTag, 16>;  // first 16 bytes of the hash of the device's signature key
using InviteId = Id<struct InviteTag, 16>;
using ChannelId = Id<struct ChannelTag, 16>;
using RecordId = Id<struct RecordTag, 16>;  // chosen by the author; store-once is by (device, id)
using UploadId = Id<struct UploadTag, 16>;
using Hash32 = Id<struct Hash32Tag, 32>;  // SHA-256
using BlobId = Id<struct BlobTag, 32>;    // SHA-256 of the blob's bytes
using Commitment = Id<struct CommitmentTag, 32>;
using Salt = Id<struct SaltTag, 32>;

using Epoch = Count<struct EpochTag>;          // MLS epoch of one group
using Seq = Count<struct SeqTag>;              // place in a channel's log; the first entry is 1
using RosterSeq = Count<struct RosterSeqTag>;  // place in the roster; genesis is 1

}  // namespace encuentro

template <class Tag, std::size_t N>
struct std::hash<encuentro::Id<Tag, N>> {
  // Ids are random or hashes, so their first bytes spread well enough.
  std::size_t operator()(const encuentro::Id<Tag, N>& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.view().data(), sizeof value < N ? sizeof value : N);
    return value;
  }
};
