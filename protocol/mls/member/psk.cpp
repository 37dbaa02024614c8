#include "protocol/mls/member/psk.h"

#include "protocol/codec/writer.h"
#include "protocol/crypto/kdf.h"

namespace encuentro::mls::member {

namespace {

// struct { PreSharedKeyID id; uint16 index; uint16 count; } PSKLabel
Bytes psk_label(const PreSharedKeyId& id, std::size_t index, std::size_t count) {
  codec::Writer writer;
  id.encode(writer);
  writer.u16(static_cast<std::uint16_t>(index));
  writer.u16(static_cast<std::uint16_t>(count));
  return writer.take();
}

}  // namespace

std::optional<BytesView> PskSource::find(const PreSharedKeyId& id) const {
  if (id.type == PskType::external) {
    for (const ExternalPsk& psk : external) {
      if (psk.id == id.psk_id) return psk.secret.view();
    }
    return std::nullopt;
  }
  for (const ResumptionPsk& psk : resumption) {
    if (psk.epoch == id.psk_epoch && psk.group_id == id.psk_group_id) return psk.secret.view();
  }
  return std::nullopt;
}

PskSecret psk_secret(crypto::Suite suite, std::span<const PskInput> psks) {
  ENC_CHECK(psks.size() <= 0xffff);
  const crypto::SuiteParameters& parameters = crypto::parameters(suite);
  const PskSecret zero = PskSecret::zero(parameters.hash_bytes);
  PskSecret chained = zero.duplicate();
  for (std::size_t i = 0; i < psks.size(); ++i) {
    PskSecret extracted = PskSecret::zero(parameters.hash_bytes);
    crypto::hkdf_extract(parameters.hash, zero.view(), psks[i].secret, extracted.span());
    auto input = crypto::expand_with_label<SizedSecret<struct PskInputTag>>(
        suite, extracted.view(), "derived psk", psk_label(psks[i].id, i, psks.size()), parameters.hash_bytes);
    PskSecret next = PskSecret::zero(parameters.hash_bytes);
    crypto::hkdf_extract(parameters.hash, input.view(), chained.view(), next.span());
    chained = std::move(next);
  }
  return chained;
}

Result<PskSecret> psk_secret_of(crypto::Suite suite, std::span<const PreSharedKeyId> ids, const PskSource& own,
                                const PskSource& lent, Rule rule) {
  if (ids.size() > 0xffff) return fail(Code::too_large, "", 0xffff, ids.size());
  std::vector<PskInput> inputs;
  inputs.reserve(ids.size());
  for (const PreSharedKeyId& id : ids) {
    std::optional<BytesView> secret = own.find(id);
    if (!secret) secret = lent.find(id);
    if (!secret && enforced(rule)) return broken(rule);
    if (!secret) secret = BytesView{};
    inputs.push_back({id, *secret});
  }
  return psk_secret(suite, inputs);
}

}  // namespace encuentro::mls::member
