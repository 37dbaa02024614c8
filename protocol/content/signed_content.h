// Content signed by its author inside the seal, so that who holds the channel's keys still can't put words into
// another's mouth (FORMATS §5). The signature covers where it was said: channel, group, epoch, heads.
#pragma once

#include "protocol/content/content.h"
#include "protocol/record/log_entry.h"

namespace encuentro::content {

struct SignedContent {
  std::uint16_t kind = 0;  // Kind, or one of a later version
  Bytes body;              // Content, encoded; of another form for kinds this client doesn't know
  crypto::Ed25519Signature signature;
  friend bool operator==(const SignedContent&, const SignedContent&) = default;

  // Under the clear envelope it came in; label "content". Errors: bad_signature.
  Status verify(const record::EntryHeader& header, const crypto::Ed25519PublicKey& key) const;
};

SignedContent sign_content(const record::EntryHeader& header, Kind kind, const Content& content,
                           const crypto::Ed25519Key& key);

// Padded (Padmé) with zeros. Errors: too_large (over limits::body_bytes_max: a person can write that much).
Result<SecretBytes> encode_padded(const SignedContent& content);
// Errors: malformed (padding that isn't zero), and those of the decoder.
Result<SignedContent> decode_signed_content(BytesView plaintext);

}  // namespace encuentro::content
