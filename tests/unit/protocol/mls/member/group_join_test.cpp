#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

// A Welcome that can be taken apart and put together again differently.
struct Invitation {
  explicit Invitation(std::size_t members = 2) : meeting(members) {
    newcomer = meeting.new_identity();
    secrets = meeting.new_key_package(newcomer);
    CommitOptions options{.force_path = true};
    options.proposals.push_back({Add{secrets.key_package}});
    bundle = meeting.commit(0, options);
    welcome = welcome_of(bundle);
    told = must(
        open_group_secrets(welcome, welcome.secrets[0], secrets.init_key.view(), secrets.key_package->init_key.view()));
    info = must(open_group_info(welcome, key()));
  }

  WelcomeSecret key() const {
    return welcome_secret(suite, member_secret(suite, told.joiner_secret, PskSecret::zero(32)));
  }
  // What a malicious member 0 sends.
  Welcome sealed() {
    info.sign(meeting.seats[0].identity.signing_key);
    Welcome out;
    out.cipher_suite = suite;
    out.encrypted_group_info = seal_group_info(suite, key(), info);
    out.secrets.push_back(
        must(seal_group_secrets(suite, secrets.key_package, told, out.encrypted_group_info, meeting.random)));
    return out;
  }
  KeyPackageSecrets own() const { return must(KeyPackageSecrets::decode(secrets.encode().view())); }
  Result<Group> join(const Welcome& with, const JoinParameters& parameters = {}) {
    return Group::join(with, own(), parameters);
  }

  Meeting meeting;
  MemberIdentity newcomer;
  KeyPackageSecrets secrets;
  CommitBundle bundle;
  Welcome welcome;
  GroupSecrets told;
  GroupInfo info;
};

}  // namespace

TEST_CASE("joining by a Welcome, also by one that was put together again") {
  Invitation invitation;
  CHECK(invitation.join(invitation.welcome).has_value());
  CHECK(invitation.join(invitation.sealed()).has_value());
}

TEST_CASE("GREASE is carried wherever the unknown may stand (§13.5)") {
  Meeting meeting(1);
  MemberIdentity newcomer = meeting.new_identity();
  for (std::uint16_t value : {0x0a0a, 0x7a7a, 0xeaea}) {
    REQUIRE(is_grease(value));
    newcomer.capabilities.versions.push_back(ProtocolVersion{value});
    newcomer.capabilities.cipher_suites.push_back(crypto::Suite{value});
    newcomer.capabilities.extensions.push_back(ExtensionType{value});
    newcomer.capabilities.proposals.push_back(ProposalType{value});
    newcomer.capabilities.credentials.push_back(CredentialType{value});
  }
  newcomer.leaf_extensions.set(ExtensionType{0x0a0a}, Bytes{1});
  ExtensionList in_key_package;
  in_key_package.set(ExtensionType{0x7a7a}, {});
  const GroupInfoExtensions in_group_info = [](const EpochExporter&) -> Result<ExtensionList> {
    return ExtensionList{{{ExtensionType{0xeaea}, {1, 2}}}};
  };
  KeyPackageSecrets secrets =
      KeyPackageSecrets::generate(suite, newcomer, {0, 4'000'000'000}, in_key_package, meeting.random);
  CommitOptions options{.group_info = in_group_info, .tree_in_group_info = true, .welcome_extensions = in_group_info};
  options.proposals.push_back({Add{secrets.key_package}});
  CommitBundle bundle = meeting.commit(0, options);
  meeting.seats.push_back({newcomer.duplicate(), must(Group::join(welcome_of(bundle), std::move(secrets), {}))});
  meeting.check_agreement();
  const GroupInfo info = group_info_of(*bundle.group_info);
  CHECK(info.extensions.contains(ExtensionType{0xeaea}));

  ExternalJoinParameters parameters;
  parameters.identity = std::move(newcomer);
  parameters.identity.signing_key = meeting.new_identity().signing_key;
  ExternalJoin joined = must(Group::join_externally(info, parameters, meeting.random));
  meeting.seats.push_back({std::move(parameters.identity), std::move(joined.group)});
  meeting.deliver(2, joined.bundle.commit);
  for (std::size_t i = 0; i < 3; ++i) meeting.commit(i);
  meeting.check_agreement();
  CHECK((*meeting.group(0).tree().leaf(meeting.leaf(1)))->extensions.contains(ExtensionType{0x0a0a}));
}

TEST_CASE("R-MLS-110 a Welcome has an entry for the KeyPackage") {
  Invitation invitation;
  KeyPackageSecrets other = invitation.meeting.new_key_package(invitation.newcomer);
  refused(Group::join(invitation.welcome, std::move(other), {}), Rule::welcome_names_us);
}

TEST_CASE("R-MLS-111 a Welcome's cipher suite is the KeyPackage's") {
  Invitation invitation;
  invitation.welcome.cipher_suite = crypto::Suite::x25519_aes128gcm_sha256_ed25519;
  refused(invitation.join(invitation.welcome), Rule::welcome_suite);
}

#ifndef ENCUENTRO_WASM
// In WebAssembly there is one suite, so that no other can stand in a GroupInfo that is read.
TEST_CASE("R-MLS-113 a GroupInfo's cipher suite is the KeyPackage's") {
  Invitation invitation;
  invitation.info.group_context.cipher_suite = crypto::Suite::x25519_aes128gcm_sha256_ed25519;
  refused(invitation.join(invitation.sealed()), Rule::group_info_suite);
}
#endif

TEST_CASE("R-MLS-114 the client isn't in a group of this id") {
  Invitation invitation;
  const std::vector<Bytes> current = {{7}, invitation.info.group_context.group_id};
  JoinParameters parameters;
  parameters.current_groups = current;
  refused(invitation.join(invitation.welcome, parameters), Rule::group_id_unique);
  parameters.current_groups = std::span(current).first(1);
  CHECK(invitation.join(invitation.welcome, parameters).has_value());
}

TEST_CASE("R-MLS-115 the tree has the KeyPackage's leaf") {
  Invitation invitation;
  // A second KeyPackage of the same client, which nobody added.
  invitation.secrets = invitation.meeting.new_key_package(invitation.newcomer);
  refused(invitation.join(invitation.sealed()), Rule::own_leaf_in_tree);
}

TEST_CASE("R-MLS-116 the keys of a Welcome's path secret are the tree's") {
  Invitation invitation;
  REQUIRE(invitation.told.path_secret.has_value());
  invitation.told.path_secret->span()[0] ^= 1;
  refused(invitation.join(invitation.sealed()), Rule::welcome_path_keys);
}

TEST_CASE("a path secret of another length is refused") {
  Invitation invitation;
  invitation.told.path_secret = PathSecret(Bytes(31, 1));
  CHECK_FALSE(invitation.join(invitation.sealed()));
}

TEST_CASE("R-MLS-117 a GroupInfo's confirmation tag is that of its epoch") {
  Invitation invitation;
  invitation.info.confirmation_tag.data()[0] ^= 1;
  refused(invitation.join(invitation.sealed()), Rule::welcome_tag);
}

TEST_CASE("R-MLS-125 the PSKs that a Welcome names are there") {
  Invitation invitation;
  PreSharedKeyId id;
  id.psk_id = {5};
  id.psk_nonce.assign(32, 1);
  invitation.told.psks.push_back(id);
  refused(invitation.join(invitation.sealed()), Rule::welcome_psks_available);
}

TEST_CASE("a Welcome that was changed isn't opened") {
  Invitation invitation;
  Welcome welcome = invitation.welcome;
  welcome.encrypted_group_info.back() ^= 1;
  CHECK_FALSE(invitation.join(welcome));
  welcome = invitation.welcome;
  welcome.secrets[0].encrypted_group_secrets.ciphertext[0] ^= 1;
  CHECK_FALSE(invitation.join(welcome));
  // Without the tree, nor one beside it.
  std::erase_if(invitation.info.extensions.items, [](const auto& e) { return e.type == ExtensionType::ratchet_tree; });
  CHECK_FALSE(invitation.join(invitation.sealed()));
}

}  // namespace encuentro::mls::member::testing
