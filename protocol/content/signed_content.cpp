#include "protocol/content/signed_content.h"

#include <algorithm>

#include "protocol/base/limits.h"
#include "protocol/record/padding.h"

namespace encuentro::content {
namespace {

constexpr std::string_view content_label = "content";

Bytes statement(const record::EntryHeader& header, std::uint16_t kind, BytesView body) {
  codec::Writer w(body.size() + 256);
  w.id(header.channel);
  header.at.encode(w);
  w.id(header.device);
  w.id(header.id);
  header.roster.encode(w);
  header.seen.encode(w);
  w.u16(kind);
  w.opaque(body);
  return w.take();
}

std::size_t vector_bytes(std::size_t length) { return length + (length < 64 ? 1 : length < 16384 ? 2 : 4); }

// How many zeros bring `base` bytes and the padding's own header to a Padmé size. Some totals can't be met
// because the header grows; then the next size is taken.
std::size_t padding_for(std::size_t base) {
  for (std::size_t target = record::padded_bytes(base + 1);; target = record::padded_bytes(target + 1)) {
    for (std::size_t header : {1u, 2u, 4u}) {
      if (target < base + header) continue;
      std::size_t zeros = target - base - header;
      if (base + vector_bytes(zeros) == target) return zeros;
    }
  }
}

}  // namespace

Status SignedContent::verify(const record::EntryHeader& header, const crypto::Ed25519PublicKey& key) const {
  return crypto::verify_as_encuentro(key, content_label, header.network, statement(header, kind, body), signature);
}

SignedContent sign_content(const record::EntryHeader& header, Kind kind, const Content& content,
                           const crypto::Ed25519Key& key) {
  SignedContent result{static_cast<std::uint16_t>(kind), encode(content), {}};
  result.signature =
      crypto::sign_as_encuentro(key, content_label, header.network, statement(header, result.kind, result.body));
  return result;
}

Result<SecretBytes> encode_padded(const SignedContent& content) {
  if (content.body.size() > limits::body_bytes_max) {
    return fail(Code::too_large, "content", limits::body_bytes_max, content.body.size());
  }
  codec::Writer w(content.body.size() * 9 / 8 + 512);
  w.u16(content.kind);
  w.opaque(content.body);
  w.id(content.signature);
  w.opaque(Bytes(padding_for(w.size()), 0));
  Bytes plain = w.take();
  SecretBytes padded(plain);
  wipe(plain.data(), plain.size());
  return padded;
}

Result<SignedContent> decode_signed_content(BytesView plaintext) {
  return codec::decode_all<SignedContent>(plaintext, [](codec::Reader& r) -> Result<SignedContent> {
    SignedContent content;
    TRY(content.kind, r.u16());
    TRY(BytesView body, r.opaque(limits::body_bytes_max));
    content.body = to_bytes(body);
    TRY(content.signature, r.id<crypto::Ed25519Signature>());
    TRY(BytesView padding, r.opaque(limits::entry_bytes_max));
    if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; })) {
      return fail(Code::malformed, "padding");
    }
    return content;
  });
}

}  // namespace encuentro::content
