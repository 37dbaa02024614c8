#include "protocol/mls/public/credential.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("a basic credential: valid, cut, longer") {
  Bytes bytes = check_encoding(Credential::basic(Bytes{1, 2, 3}));
  CHECK(bytes == Bytes{0, 1, 3, 1, 2, 3});
}

TEST_CASE("an X.509 credential: valid, cut, longer, too many certificates") {
  CHECK(check_encoding(Credential{X509Credential{{{1}, {2, 3}}}}) == Bytes{0, 2, 5, 1, 1, 2, 2, 3});
  X509Credential many;
  many.certificates.resize(limits::certificates_max);
  check_encoding(Credential{many});
  many.certificates.emplace_back();
  check_refused<Credential>(encoded(Credential{many}), Code::too_large);
}

TEST_CASE("a credential of unknown type can't be read") {
  check_refused<Credential>(Bytes{0, 3, 0}, Code::unknown_kind);
  check_refused<Credential>(Bytes{0x1a, 0x1a, 0}, Code::unknown_kind);
}

TEST_CASE("a credential's length has one form and a limit") {
  check_refused<Credential>(Bytes{0, 1, 0x40, 1, 7}, Code::not_minimal);
  check_refused<Credential>(Bytes{0, 1, 0xc0}, Code::malformed);
  check_refused<Credential>(Bytes{0, 1, 0xbf, 0xff, 0xff, 0xff, 7}, Code::too_large);
}

}  // namespace encuentro::mls::testing
