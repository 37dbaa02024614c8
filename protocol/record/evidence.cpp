#include "protocol/record/evidence.h"

#include "protocol/base/limits.h"

namespace encuentro::record {

Bytes encode(const Evidence& evidence) {
  codec::Writer w;
  w.u16(1);
  w.number(evidence.what);
  w.id(evidence.channel);
  w.u64(evidence.place.value);
  w.u64(evidence.other_place.value);
  w.id(evidence.own_hash);
  w.id(evidence.claimed_hash);
  w.opaque(evidence.entry);
  w.opaque(evidence.other_entry);
  return w.take();
}

Result<Evidence> decode_evidence(BytesView bytes) {
  return codec::decode_all<Evidence>(bytes, [](codec::Reader& r) -> Result<Evidence> {
    Evidence evidence;
    TRY(std::uint16_t version, r.u16());
    if (version != 1) return fail(Code::unknown_version, "evidence", 1, version);
    TRY(evidence.what, r.number<Code>());
    TRY(evidence.channel, r.id<ChannelId>());
    TRY(std::uint64_t place, r.u64());
    TRY(std::uint64_t other_place, r.u64());
    evidence.place = Seq{place};
    evidence.other_place = Seq{other_place};
    TRY(evidence.own_hash, r.id<Hash32>());
    TRY(evidence.claimed_hash, r.id<Hash32>());
    TRY(BytesView entry, r.opaque(limits::frame_bytes_max));
    TRY(BytesView other, r.opaque(limits::frame_bytes_max));
    evidence.entry = to_bytes(entry);
    evidence.other_entry = to_bytes(other);
    return evidence;
  });
}

}  // namespace encuentro::record
