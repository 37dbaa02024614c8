#include "protocol/mls/public/transcript.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {

TEST_CASE("the confirmed transcript hash covers content and signature, not the tag") {
  TestGroup test(2);
  AuthenticatedContent commit = test.commit(0, {});
  Digest before(Bytes(32, 1));
  Digest hash = confirmed_transcript_hash(suite, before, commit);
  AuthenticatedContent other = commit;
  other.auth.confirmation_tag.data()[0] ^= 1;
  CHECK(confirmed_transcript_hash(suite, before, other) == hash);
  other.auth.signature[0] ^= 1;
  CHECK(confirmed_transcript_hash(suite, before, other) != hash);
  other = commit;
  other.wire_format = WireFormat::private_message;
  CHECK(confirmed_transcript_hash(suite, before, other) != hash);
  CHECK(confirmed_transcript_hash(suite, Digest(), commit) != hash);
}

TEST_CASE("the interim transcript hash adds the tag") {
  Digest confirmed(Bytes(32, 1));
  Bytes tag{3, 7, 8, 9};  // opaque<V>
  Digest expected = crypto::hash(suite, {confirmed.view(), tag});
  CHECK(interim_transcript_hash(suite, confirmed, Digest(Bytes{7, 8, 9})) == expected);
}

}  // namespace encuentro::mls::testing
