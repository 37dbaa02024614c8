#include "protocol/mls/member/key_package_secrets.h"

#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

Result<Bytes> again(BytesView input) {
  TRY(KeyPackageSecrets secrets, KeyPackageSecrets::decode(input));
  return to_bytes(secrets.encode().view());
}

}  // namespace

TEST_CASE("a KeyPackage is made with its private keys") {
  Meeting meeting;
  MemberIdentity identity = meeting.new_identity();
  KeyPackageSecrets own = KeyPackageSecrets::generate(suite, identity, {5, 6}, {}, meeting.random);
  CHECK(check_key_package_signatures(own.key_package).has_value());
  CHECK(own.key_package.leaf()->lifetime == Lifetime{5, 6});
  CHECK(own.key_package.leaf()->credential == identity.credential);
  CHECK(own.key_package->init_key != own.key_package.leaf()->encryption_key);
  tests::check_decoder(to_bytes(own.encode().view()), again);
}

TEST_CASE("R-MLS-124 private keys belong to the KeyPackage's public ones") {
  Meeting meeting;
  MemberIdentity identity = meeting.new_identity();
  KeyPackageSecrets own = meeting.new_key_package(identity);
  KeyPackageSecrets other = meeting.new_key_package(meeting.new_identity());
  auto assembled = [&](const auto& init, const auto& leaf, const auto& signing) {
    return KeyPackageSecrets::assemble(own.key_package, init.view(), leaf.view(), signing.seed.view());
  };
  CHECK(assembled(own.init_key, own.encryption_key, own.signing_key).has_value());
  refused(assembled(other.init_key, own.encryption_key, own.signing_key), Rule::private_keys_match);
  refused(assembled(own.init_key, other.encryption_key, own.signing_key), Rule::private_keys_match);
  refused(assembled(own.init_key, own.encryption_key, other.signing_key), Rule::private_keys_match);
}

TEST_CASE("private keys that are none are refused") {
  Meeting meeting;
  KeyPackageSecrets own = meeting.new_key_package(meeting.new_identity());
  const Bytes longer(67, 1);
  CHECK(KeyPackageSecrets::assemble(own.key_package, longer, longer, longer).error().code == Code::bad_key);
  CHECK(KeyPackageSecrets::assemble(own.key_package, {}, {}, {}).error().code == Code::bad_key);
}

TEST_CASE("the library's capabilities list what it supports, without defaults") {
  Capabilities capabilities = library_capabilities({suite}, {private_extension});
  CHECK(capabilities.supports(suite));
  CHECK(capabilities.supports(private_extension));
  CHECK(capabilities.supports(CredentialType::basic));
  CHECK(capabilities.proposals.empty());
}

}  // namespace encuentro::mls::member::testing
