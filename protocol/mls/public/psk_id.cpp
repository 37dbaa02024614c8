#include "protocol/mls/public/psk_id.h"

namespace encuentro::mls {

void PreSharedKeyId::encode(codec::Writer& writer) const {
  writer.number(type);
  if (type == PskType::external) {
    writer.opaque(psk_id);
  } else {
    writer.number(usage);
    writer.opaque(psk_group_id);
    writer.u64(psk_epoch.value);
  }
  writer.opaque(psk_nonce);
}

Result<PreSharedKeyId> PreSharedKeyId::decode(codec::Reader& reader) {
  PreSharedKeyId out;
  TRY(out.type, reader.number<PskType>());
  switch (out.type) {
    case PskType::external: {
      TRY(out.psk_id, decode_opaque(reader));
      break;
    }
    case PskType::resumption: {
      TRY(out.usage, reader.number<ResumptionPskUsage>());
      if (out.usage < ResumptionPskUsage::application || out.usage > ResumptionPskUsage::branch) {
        return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(out.usage));
      }
      TRY(out.psk_group_id, decode_opaque(reader));
      TRY(std::uint64_t epoch, reader.u64());
      out.psk_epoch = Epoch(epoch);
      break;
    }
    default:
      return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(out.type));
  }
  TRY(out.psk_nonce, decode_opaque(reader));
  return out;
}

}  // namespace encuentro::mls
