#include "protocol/mls/public/transcript.h"

namespace encuentro::mls {

Digest confirmed_transcript_hash(crypto::Suite suite, const Digest& interim_before,
                                 const AuthenticatedContent& commit) {
  ENC_CHECK(commit.content.type() == ContentType::commit);
  codec::Writer writer;
  writer.number(commit.wire_format);
  commit.content.encode(writer);
  writer.opaque(commit.auth.signature);
  return crypto::hash(suite, {interim_before.view(), writer.view()});
}

Digest interim_transcript_hash(crypto::Suite suite, const Digest& confirmed, const Digest& confirmation_tag) {
  codec::Writer writer;
  writer.opaque(confirmation_tag.view());
  return crypto::hash(suite, {confirmed.view(), writer.view()});
}

}  // namespace encuentro::mls
