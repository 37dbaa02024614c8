#include "client/core/identity.h"

#include "protocol/record/log_entry.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using client::core::Identity;

TEST_CASE("an identity is stored whole and read back only whole") {
  SeededRandom random(90);
  Identity me;
  me.self.network = random.id<NetworkId>();
  me.self.fingerprint = random.id<Hash32>();
  me.self.member = random.id<MemberId>();
  me.self.address = "localhost:8443";
  me.self.spki = random.id<Hash32>();
  me.key = crypto::ed25519_generate(random);
  me.directory_key = roster::DirectoryKey(random.id<Hash32>().view());
  me.root_keys.push_back(crypto::ed25519_generate(random));
  me.entered = true;
  Bytes whole = to_bytes(me.encode().view());
  check_decoder(whole, [](BytesView bytes) -> Result<Bytes> {
    TRY(Identity read, Identity::decode(bytes));
    return to_bytes(read.encode().view());
  });
  auto read = Identity::decode(whole);
  REQUIRE(read);
  CHECK(read->self.device == record::device_id(me.key.public_key));
  CHECK(read->self.holds_root);
  CHECK(read->entered);
  whole[1] = 2;
  CHECK(code_of(Identity::decode(whole)) == Code::unknown_version);
}
