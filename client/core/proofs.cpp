#include "client/core/proofs.h"

#include "protocol/content/seal.h"
#include "protocol/content/signed_content.h"

namespace encuentro::client::core {
namespace {

std::optional<Bytes> opened_anew(const Channel& channel, const Record& record) {
  auto entry = record::decode_log_entry(channel.rows[record.seq.value - 1].entry);
  auto body = entry ? entry->parsed() : Result<record::Body>(fail(Code::malformed));
  if (!body || !std::holds_alternative<record::RecordBody>(*body)) return std::nullopt;
  auto key = channel.keys.find(EpochKey::of(entry->header.at));
  if (key == channel.keys.end()) return std::nullopt;
  auto plaintext = content::open_record(key->second, entry->header, std::get<record::RecordBody>(*body));
  return plaintext ? std::optional(to_bytes(plaintext->view())) : std::nullopt;
}

}  // namespace

void keep_signature(CoreState& state, Channel& channel, Seq seq, const crypto::Ed25519Signature& signature) {
  channel.signatures[seq] = signature;
  store_signature(*state.vault, channel, seq);
}

std::optional<SignedRecord> signed_record(const Channel& channel, const Record& record) {
  if (record.reading != Reading::opened) return std::nullopt;
  if (channel.shared()) {
    auto plaintext = opened_anew(channel, record);
    return plaintext ? std::optional(SignedRecord{record.seq, std::move(*plaintext)}) : std::nullopt;
  }
  auto kept = channel.signatures.find(record.seq);
  if (kept == channel.signatures.end()) return std::nullopt;
  content::SignedContent signed_content{record.kind, content::encode(record.content), kept->second};
  auto plaintext = content::encode_padded(signed_content);
  return plaintext ? std::optional(SignedRecord{record.seq, to_bytes(plaintext->view())}) : std::nullopt;
}

}  // namespace encuentro::client::core
