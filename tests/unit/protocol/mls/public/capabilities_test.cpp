#include "protocol/mls/public/capabilities.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("capabilities: valid, cut, longer, too many, half a value") {
  Capabilities lists;
  check_encoding(lists);
  lists.versions = {ProtocolVersion::mls10};
  lists.cipher_suites = {suite, crypto::Suite{0x0a0a}};
  lists.extensions = {odd_extension};
  lists.proposals = {odd_proposal};
  lists.credentials = {CredentialType::basic};
  check_encoding(lists);
  check_refused<Capabilities>(Bytes{1, 0}, Code::truncated);
  lists.extensions.assign(limits::capabilities_max + 1, odd_extension);
  check_refused<Capabilities>(encoded(lists), Code::too_large);
}

TEST_CASE("default types are supported without being listed") {
  Capabilities none;
  CHECK(none.supports(ExtensionType::external_senders));
  CHECK(none.supports(ProposalType::reinit));
  CHECK_FALSE(none.supports(odd_extension));
  CHECK_FALSE(none.supports(odd_proposal));
  CHECK_FALSE(none.supports(CredentialType::basic));
  CHECK_FALSE(none.supports(suite));
}

TEST_CASE("required capabilities: valid, cut, longer, met and not") {
  RequiredCapabilities required_ones{{odd_extension}, {ProposalType::add}, {CredentialType::basic}};
  check_encoding(required_ones);
  Capabilities lists;
  lists.credentials = {CredentialType::basic};
  CHECK_FALSE(required_ones.met_by(lists));
  lists.extensions = {odd_extension};
  CHECK(required_ones.met_by(lists));
}

TEST_CASE("external senders and external_pub: valid, cut, longer, too many, a key too long") {
  ExternalSenders senders{{{fresh_key(), Credential::basic(Bytes{1})}}};
  check_encoding(senders);
  check_encoding(senders.items[0]);
  check_encoding(ExternalPub{fresh_key()});
  // A copy: assign may not be given an element of the same vector.
  const ExternalSender one = senders.items[0];
  senders.items.assign(limits::external_senders_max + 1, one);
  check_refused<ExternalSenders>(encoded(senders), Code::too_large);
  codec::Writer writer;
  writer.opaque(Bytes(PublicKeyBytes::capacity + 1, 1));
  check_refused<ExternalPub>(writer.view(), Code::too_large);
}

}  // namespace encuentro::mls::testing
