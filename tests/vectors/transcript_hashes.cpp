#include "protocol/mls/public/transcript.h"

#include "protocol/mls/member/key_schedule.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

Verdict verify_transcript_hashes(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(auto confirmation_key, vector.sized<mls::member::ConfirmationKey>("confirmation_key"));
  TAKE(Bytes content_bytes, vector.bytes("authenticated_content"));
  TAKE(Digest interim_before, vector.sized<Digest>("interim_transcript_hash_before"));
  TAKE(Bytes confirmed_after, vector.bytes("confirmed_transcript_hash_after"));
  TAKE(Bytes interim_after, vector.bytes("interim_transcript_hash_after"));
  TAKE(auto content, mls::decoded<mls::AuthenticatedContent>(content_bytes));
  EXPECT(mls::encoded(content) == content_bytes);
  EXPECT(content.content.type() == mls::ContentType::commit);
  const Digest confirmed = mls::confirmed_transcript_hash(suite, interim_before, content);
  EXPECT(equal(confirmed.view(), confirmed_after));
  EXPECT(content.auth.confirmation_tag == mls::member::confirmation_tag(suite, confirmation_key, confirmed));
  EXPECT(equal(mls::interim_transcript_hash(suite, confirmed, content.auth.confirmation_tag).view(), interim_after));
  return {};
}

}  // namespace encuentro::vectors
