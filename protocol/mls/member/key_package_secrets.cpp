#include "protocol/mls/member/key_package_secrets.h"

#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

Capabilities library_capabilities(std::vector<crypto::Suite> suites, std::vector<ExtensionType> extensions) {
  return {.versions = {ProtocolVersion::mls10},
          .cipher_suites = std::move(suites),
          .extensions = std::move(extensions),
          .proposals = {},
          .credentials = {CredentialType::basic, CredentialType::x509}};
}

KeyPackageSecrets KeyPackageSecrets::generate(crypto::Suite suite, const MemberIdentity& identity, Lifetime lifetime,
                                              ExtensionList key_package_extensions, Random& random) {
  crypto::HpkeKeyPair init = crypto::hpke_generate(suite, random);
  crypto::HpkeKeyPair leaf = crypto::hpke_generate(suite, random);
  LeafNodeContent leaf_content{.encryption_key = leaf.public_key,
                               .signature_key = identity.signing_key.public_key,
                               .credential = identity.credential,
                               .capabilities = identity.capabilities,
                               .source = LeafNodeSource::key_package,
                               .lifetime = lifetime,
                               .parent_hash = {},
                               .extensions = identity.leaf_extensions};
  KeyPackageContent content;
  content.cipher_suite = suite;
  content.init_key = init.public_key;
  content.leaf_node =
      std::make_shared<const LeafNode>(LeafNode::sign(std::move(leaf_content), suite, identity.signing_key));
  content.extensions = std::move(key_package_extensions);
  return {KeyPackage::sign(std::move(content), identity.signing_key), std::move(init.private_key),
          std::move(leaf.private_key), identity.signing_key.duplicate()};
}

Result<KeyPackageSecrets> KeyPackageSecrets::assemble(KeyPackage key_package, BytesView init_key,
                                                      BytesView encryption_key, BytesView signing_key) {
  const crypto::Suite suite = key_package->cipher_suite;
  if (!crypto::supported(suite)) return fail(Code::unsupported_suite);
  if (init_key.size() > crypto::HpkePrivateKey::capacity || encryption_key.size() > crypto::HpkePrivateKey::capacity) {
    return fail(Code::bad_key);
  }
  TRY(crypto::SigningKey signing, crypto::signing_key_from_seed(suite, signing_key));
  TRY(crypto::HpkePublicKey init_public, crypto::hpke_public_key(suite, init_key));
  TRY(crypto::HpkePublicKey leaf_public, crypto::hpke_public_key(suite, encryption_key));
  TRY_OK(demand(Rule::private_keys_match, init_public == key_package->init_key &&
                                              leaf_public == key_package.leaf()->encryption_key &&
                                              signing.public_key == key_package.leaf()->signature_key));
  return KeyPackageSecrets{std::move(key_package), crypto::HpkePrivateKey(init_key),
                           crypto::HpkePrivateKey(encryption_key), std::move(signing)};
}

SecretBytes KeyPackageSecrets::encode() const {
  // Room for everything from the start: a writer that grows would leave keys behind.
  codec::Writer writer(key_package.encoding().size() + 3 * 72);
  key_package.encode(writer);
  writer.opaque(init_key.view());
  writer.opaque(encryption_key.view());
  writer.opaque(signing_key.seed.view());
  Bytes bytes = writer.take();
  SecretBytes out(bytes);
  wipe(bytes.data(), bytes.size());
  return out;
}

Result<KeyPackageSecrets> KeyPackageSecrets::decode(BytesView input) {
  codec::Reader reader(input);
  TRY(KeyPackage key_package, KeyPackage::decode(reader));
  TRY(BytesView init_key, reader.opaque(crypto::HpkePrivateKey::capacity));
  TRY(BytesView encryption_key, reader.opaque(crypto::HpkePrivateKey::capacity));
  TRY(BytesView signing_key, reader.opaque(crypto::HpkePrivateKey::capacity));
  TRY_OK(reader.end());
  return assemble(std::move(key_package), init_key, encryption_key, signing_key);
}

}  // namespace encuentro::mls::member
