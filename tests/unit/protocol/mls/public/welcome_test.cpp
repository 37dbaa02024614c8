#include "protocol/mls/public/welcome.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("a Welcome: valid, cut, longer, a reference too long") {
  Welcome welcome;
  welcome.cipher_suite = suite;
  check_encoding(welcome);
  welcome.secrets = {{Digest(Bytes(32, 1)), {Bytes(32, 2), Bytes(40, 3)}}, {Digest(Bytes(32, 2)), {{}, {}}}};
  welcome.encrypted_group_info.assign(70, 4);
  check_encoding(welcome);
  check_encoding(welcome.secrets[0]);
  codec::Writer writer;
  writer.opaque(Bytes(Digest::capacity + 1, 1));
  check_refused<EncryptedGroupSecrets>(writer.view(), Code::too_large);
}

TEST_CASE("a Welcome of another suite is read: whose it is decides the reader") {
  Welcome welcome;
  welcome.cipher_suite = crypto::Suite{0x1a1a};
  check_encoding(welcome);
}

}  // namespace encuentro::mls::testing
