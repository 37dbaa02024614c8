// Who a leaf claims to be (RFC 9420 §5.3). Whether the claim is true is the caller's question (the roster's
// here): this library carries credentials and compares nothing in them.
#pragma once

#include <variant>

#include "protocol/mls/public/wire.h"

namespace encuentro::mls {

enum class CredentialType : std::uint16_t { basic = 1, x509 = 2 };

struct BasicCredential {
  Bytes identity;
  friend bool operator==(const BasicCredential&, const BasicCredential&) = default;
};

// DER certificates, the leaf's first. Carried, not judged.
struct X509Credential {
  std::vector<Bytes> certificates;
  friend bool operator==(const X509Credential&, const X509Credential&) = default;
};

// struct { CredentialType credential_type; select { basic: opaque identity<V>; x509: Certificate certificates<V> } }
// A type whose body isn't known can't be read: unknown_kind.
struct Credential {
  std::variant<BasicCredential, X509Credential> value;

  static Credential basic(BytesView identity) { return {BasicCredential{to_bytes(identity)}}; }
  CredentialType type() const { return value.index() == 0 ? CredentialType::basic : CredentialType::x509; }

  void encode(codec::Writer& writer) const;
  static Result<Credential> decode(codec::Reader& reader);
  friend bool operator==(const Credential&, const Credential&) = default;
};

}  // namespace encuentro::mls
