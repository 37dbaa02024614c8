// What a client supports (RFC 9420 §7.2), what a group demands (§11.1) and who may send from outside
// (§12.1.8.1). Unknown and GREASE values stand in these lists untouched.
#pragma once

#include "protocol/crypto/suite.h"
#include "protocol/mls/public/credential.h"
#include "protocol/mls/public/extension.h"

namespace encuentro::mls {

enum class ProposalType : std::uint16_t {
  add = 1,
  update = 2,
  remove = 3,
  psk = 4,
  reinit = 5,
  external_init = 6,
  group_context_extensions = 7,
};

constexpr bool is_default(ProposalType type) {
  auto value = static_cast<std::uint16_t>(type);
  return value >= 1 && value <= 7;
}

// struct { ProtocolVersion versions<V>; CipherSuite cipher_suites<V>; ExtensionType extensions<V>;
//          ProposalType proposals<V>; CredentialType credentials<V>; } Capabilities
struct Capabilities {
  std::vector<ProtocolVersion> versions;
  std::vector<crypto::Suite> cipher_suites;
  std::vector<ExtensionType> extensions;
  std::vector<ProposalType> proposals;
  std::vector<CredentialType> credentials;

  // Default extension and proposal types count as supported without being listed (§7.2).
  bool supports(ProtocolVersion version) const;
  bool supports(crypto::Suite suite) const;
  bool supports(ExtensionType type) const;
  bool supports(ProposalType type) const;
  bool supports(CredentialType type) const;

  void encode(codec::Writer& writer) const;
  static Result<Capabilities> decode(codec::Reader& reader);
  friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

// struct { ExtensionType extension_types<V>; ProposalType proposal_types<V>; CredentialType credential_types<V>; }
struct RequiredCapabilities {
  std::vector<ExtensionType> extension_types;
  std::vector<ProposalType> proposal_types;
  std::vector<CredentialType> credential_types;

  bool met_by(const Capabilities& capabilities) const;

  void encode(codec::Writer& writer) const;
  static Result<RequiredCapabilities> decode(codec::Reader& reader);
  friend bool operator==(const RequiredCapabilities&, const RequiredCapabilities&) = default;
};

// struct { SignaturePublicKey signature_key; Credential credential; } ExternalSender
struct ExternalSender {
  PublicKeyBytes signature_key;
  Credential credential;

  void encode(codec::Writer& writer) const;
  static Result<ExternalSender> decode(codec::Reader& reader);
  friend bool operator==(const ExternalSender&, const ExternalSender&) = default;
};

// ExternalSender external_senders<V>: the data of the extension of that name.
struct ExternalSenders {
  std::vector<ExternalSender> items;

  void encode(codec::Writer& writer) const { encode_vector(writer, items); }
  static Result<ExternalSenders> decode(codec::Reader& reader);
};

// struct { HPKEPublicKey external_pub; } ExternalPub
struct ExternalPub {
  PublicKeyBytes external_pub;

  void encode(codec::Writer& writer) const { writer.opaque(external_pub.view()); }
  static Result<ExternalPub> decode(codec::Reader& reader);
};

}  // namespace encuentro::mls
