#include "protocol/mls/public/leaf_rules.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {
namespace {

// Adds a client whose leaf was edited before signing, to a group of two.
void add_refused(Rule rule, const EditLeaf& edit, const ExtensionList& context = {},
                 const LifetimePolicy& policy = {}) {
  TestGroup test(1, context);
  Client newcomer;
  refused(test.stage(test.commit(0, {newcomer.add(edit)}), policy), rule);
}

RequiredCapabilities requires_odd_proposal() { return {{}, {odd_proposal}, {}}; }

}  // namespace

TEST_CASE("R-MLS-10 a leaf's signature verifies") {
  TestGroup test(3);
  Client stranger;
  CommitEdits edits;
  edits.leaf_signer = &stranger.key;
  refused(test.stage(test.commit(0, {}, edits)), Rule::leaf_signature);
}

TEST_CASE("R-MLS-11 a leaf has the required capabilities") {
  TestGroup test(2);
  ExtensionList context = required({{}, {}, {CredentialType::x509}});
  auto with_x509 = [](LeafNodeContent& leaf) { leaf.capabilities.credentials.push_back(CredentialType::x509); };
  // Required from the same Commit on: the path's own leaf has it, an added one hasn't.
  TestGroup alone(1);
  Client newcomer;
  CommitEdits edits;
  edits.leaf = with_x509;
  refused(alone.stage(alone.commit(0, {extensions(context), newcomer.add()}, edits)), Rule::leaf_required_capabilities);
  accepted(alone.stage(alone.commit(0, {extensions(context), newcomer.add(with_x509)}, edits)));
}

TEST_CASE("R-MLS-12 all members support a leaf's credential type") {
  add_refused(Rule::leaf_credential_supported, [](LeafNodeContent& leaf) {
    leaf.credential = {X509Credential{{{1, 2, 3}}}};
    leaf.capabilities.credentials.push_back(CredentialType::x509);
  });
}

TEST_CASE("R-MLS-13 a leaf supports the credential types in use") {
  auto with_x509 = [](LeafNodeContent& leaf) { leaf.capabilities.credentials.push_back(CredentialType::x509); };
  // All can read X.509, the newcomer can't read basic credentials.
  TestGroup test(1);
  CommitEdits edits;
  edits.leaf = with_x509;
  test.must(test.commit(0, {}, edits));
  Client newcomer;
  auto only_x509 = [](LeafNodeContent& leaf) {
    leaf.credential = {X509Credential{{{1, 2, 3}}}};
    leaf.capabilities.credentials = {CredentialType::x509};
  };
  refused(test.stage(test.commit(0, {newcomer.add(only_x509)}, edits)), Rule::leaf_supports_credentials);
  // §7.2: its own type too.
  auto unlisted = [](LeafNodeContent& leaf) { leaf.credential = {X509Credential{{{1, 2, 3}}}}; };
  refused(test.stage(test.commit(0, {newcomer.add(unlisted)}, edits)), Rule::leaf_supports_credentials);
}

TEST_CASE("R-MLS-14 the time is within a leaf's lifetime") {
  LifetimePolicy late{Timestamp{2'000'001'000}, ~std::uint64_t{0}};
  LifetimePolicy early{Timestamp{999'000}, ~std::uint64_t{0}};
  LifetimePolicy last{Timestamp{2'000'000'999}, ~std::uint64_t{0}};
  add_refused(Rule::leaf_lifetime_now, {}, {}, late);
  add_refused(Rule::leaf_lifetime_now, {}, {}, early);
  TestGroup test(1);
  accepted(test.stage(test.commit(0, {Client().add()}), last));
}

TEST_CASE("R-MLS-15 a lifetime isn't longer than the maximum") {
  add_refused(Rule::leaf_lifetime_total, {}, {}, {std::nullopt, 1'998'999});
  TestGroup test(1);
  accepted(test.stage(test.commit(0, {Client().add()}), {std::nullopt, 1'999'000}));
}

TEST_CASE("R-MLS-16 a leaf's extensions are in its capabilities") {
  add_refused(Rule::leaf_extensions_listed, [](LeafNodeContent& leaf) { leaf.extensions.set(odd_extension, {}); });
  TestGroup test(1);
  accepted(test.stage(test.commit(0, {Client().add([](LeafNodeContent& leaf) {
                                    leaf.extensions.set(odd_extension, {});
                                    leaf.extensions.set(ExtensionType::application_id, {});
                                    leaf.capabilities.extensions = {odd_extension, ExtensionType{0x1a1a}};
                                  })})));
}

TEST_CASE("R-MLS-16 a KeyPackage's extensions are in its leaf's capabilities") {
  TestGroup test(1);
  auto odd_package = [](KeyPackageContent& package) { package.extensions.set(odd_extension, {}); };
  auto listed = [](LeafNodeContent& leaf) { leaf.capabilities.extensions = {odd_extension}; };
  auto unlisted = [](LeafNodeContent& leaf) { leaf.capabilities.extensions.clear(); };
  refused(test.stage(test.commit(0, {Client().add(unlisted, odd_package)})), Rule::leaf_extensions_listed);
  accepted(test.stage(test.commit(0, {Client().add(listed, odd_package)})));
}

TEST_CASE("R-MLS-17 a KeyPackage's leaf has source key_package") {
  add_refused(Rule::key_package_leaf_source, [](LeafNodeContent& leaf) { leaf.source = LeafNodeSource::update; });
}

TEST_CASE("R-MLS-18 an Update's leaf has source update") {
  TestGroup test(2);
  auto message =
      test.member_proposal(1, test.update(1, [](LeafNodeContent& leaf) { leaf.source = LeafNodeSource::key_package; }));
  refused(test.group().handle_proposal(message, {}), Rule::update_leaf_source);
}

TEST_CASE("R-MLS-19 an Update's encryption key is a new one") {
  TestGroup test(2);
  PublicKeyBytes old = test.group().tree().leaf({1})->content().encryption_key;
  auto message = test.member_proposal(1, test.update(1, [&](LeafNodeContent& leaf) { leaf.encryption_key = old; }));
  refused(test.group().handle_proposal(message, {}), Rule::update_key_differs);
}

TEST_CASE("R-MLS-20 an UpdatePath's leaf has source commit") {
  TestGroup test(1);
  // Alone in the group: the path has no node, so the missing parent hash is the right one.
  CommitEdits edits;
  edits.leaf = [](LeafNodeContent& leaf) { leaf.source = LeafNodeSource::update; };
  refused(test.stage(test.commit(0, {}, edits)), Rule::path_leaf_source);
}

TEST_CASE("R-MLS-21 no two members have one signature key") {
  TestGroup test(3);
  CommitEdits edits;
  edits.leaf = [&](LeafNodeContent& leaf) { leaf.signature_key = test.client(1).key.public_key; };
  edits.leaf_signer = &test.client(1).key;
  refused(test.stage(test.commit(0, {}, edits)), Rule::signature_key_unique);
}

TEST_CASE("R-MLS-22 no two leaves have one encryption key") {
  TestGroup test(3);
  PublicKeyBytes taken = test.group().tree().leaf({2})->content().encryption_key;
  auto same = [&](LeafNodeContent& leaf) { leaf.encryption_key = taken; };
  refused(test.stage(test.commit(0, {Client().add(same)})), Rule::encryption_key_unique);
}

TEST_CASE("R-MLS-23 a leaf supports the GroupContext's extensions") {
  TestGroup test(1);
  auto with_odd = [](LeafNodeContent& leaf) { leaf.capabilities.extensions = {odd_extension}; };
  CommitEdits edits;
  edits.leaf = with_odd;
  ExtensionList context;
  context.set(odd_extension, Bytes{1});
  test.must(test.commit(0, {extensions(context)}, edits));
  refused(test.stage(test.commit(0, {Client().add()}, edits)), Rule::leaf_supports_extensions);
  accepted(test.stage(test.commit(0, {Client().add(with_odd)}, edits)));
}

TEST_CASE("R-MLS-24 a leaf lists the group's version and suite") {
  add_refused(Rule::leaf_supports_suite, [](LeafNodeContent& leaf) { leaf.capabilities.versions.clear(); });
  add_refused(Rule::leaf_supports_suite, [](LeafNodeContent& leaf) {
    leaf.capabilities.cipher_suites = {crypto::Suite::p256_aes128gcm_sha256_p256};
  });
}

TEST_CASE("R-MLS-26 an HPKE key is one of the suite") {
  auto short_key = [](LeafNodeContent& leaf) { leaf.encryption_key.resize(31); };
  auto small_order = [](LeafNodeContent& leaf) { leaf.encryption_key = PublicKeyBytes(Bytes(32, 0)); };
  add_refused(Rule::hpke_key_valid, short_key);
  add_refused(Rule::hpke_key_valid, small_order);
  add_refused(Rule::hpke_key_valid, [](LeafNodeContent& leaf) { leaf.encryption_key.clear(); });

  TestGroup test(4);
  Proposal bad_init = Client().add({}, [](KeyPackageContent& package) { package.init_key.resize(33); });
  refused(test.stage(test.commit(0, {bad_init})), Rule::hpke_key_valid);
  CommitEdits own_leaf;
  own_leaf.leaf = short_key;
  refused(test.stage(test.commit(0, {}, own_leaf)), Rule::hpke_key_valid);
  CommitEdits node;
  node.node_key = [](PublicKeyBytes& key) { key.resize(31); };
  refused(test.stage(test.commit(0, {}, node)), Rule::hpke_key_valid);
}

TEST_CASE("R-MLS-30 a KeyPackage is of the group's version and suite") {
  TestGroup test(1);
  auto other_version = [](KeyPackageContent& package) { package.version = ProtocolVersion{2}; };
  refused(test.stage(test.commit(0, {Client().add({}, other_version)})), Rule::key_package_group);
  // Of another suite, though its leaf lists both.
  Client newcomer;
  static constexpr auto other_suite = crypto::Suite::x25519_aes128gcm_sha256_ed25519;
  auto both = [](LeafNodeContent& leaf) { leaf.capabilities.cipher_suites.push_back(other_suite); };
  KeyPackageContent package = newcomer.key_package(both).content();
  package.cipher_suite = other_suite;
  Proposal other{Add{KeyPackage::assemble(std::move(package), Bytes(64, 1))}};
  refused(test.stage(test.commit(0, {other})), Rule::key_package_group);
}

TEST_CASE("R-MLS-31 a KeyPackage's signature verifies") {
  TestGroup test(1);
  Client newcomer;
  KeyPackage good = newcomer.key_package();
  Bytes signature = to_bytes(good.signature());
  signature[5] ^= 1;
  Proposal bad{Add{KeyPackage::assemble(good.content(), signature)}};
  refused(test.stage(test.commit(0, {bad})), Rule::key_package_signature);
}

TEST_CASE("R-MLS-32 a KeyPackage's two HPKE keys differ") {
  TestGroup test(1);
  auto same = [](KeyPackageContent& package) { package.init_key = package.leaf_node->content().encryption_key; };
  refused(test.stage(test.commit(0, {Client().add({}, same)})), Rule::key_package_init_key);
}

TEST_CASE("required capabilities that can't be read refuse the proposal") {
  ExtensionList broken_list;
  broken_list.set(ExtensionType::required_capabilities, Bytes{1});
  CHECK_FALSE(LeafDemands::of(suite, broken_list).has_value());
  auto demands = LeafDemands::of(suite, required(requires_odd_proposal()));
  REQUIRE(demands);
  CHECK(demands->required.proposal_types == std::vector{odd_proposal});
  CHECK(demands->extensions.empty());
}

}  // namespace encuentro::mls::testing
