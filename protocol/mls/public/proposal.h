// The seven proposals of RFC 9420 §12.1, and how a Commit names them (§12.4).
#pragma once

#include <variant>

#include "protocol/mls/public/key_package.h"
#include "protocol/mls/public/psk_id.h"

namespace encuentro::mls {

struct Add {
  KeyPackage key_package;

  void encode(codec::Writer& writer) const { key_package.encode(writer); }
  static Result<Add> decode(codec::Reader& reader);
};

struct Update {
  LeafPointer leaf_node;

  void encode(codec::Writer& writer) const { leaf_node->encode(writer); }
  static Result<Update> decode(codec::Reader& reader);
};

struct Remove {
  LeafIndex removed;

  void encode(codec::Writer& writer) const { writer.u32(removed.value); }
  static Result<Remove> decode(codec::Reader& reader);
};

struct PreSharedKey {
  PreSharedKeyId psk;

  void encode(codec::Writer& writer) const { psk.encode(writer); }
  static Result<PreSharedKey> decode(codec::Reader& reader);
};

// struct { opaque group_id<V>; ProtocolVersion version; CipherSuite cipher_suite; Extension extensions<V>; }
struct ReInit {
  Bytes group_id;
  ProtocolVersion version = ProtocolVersion::mls10;
  crypto::Suite cipher_suite{};
  ExtensionList extensions;

  void encode(codec::Writer& writer) const;
  static Result<ReInit> decode(codec::Reader& reader);
};

struct ExternalInit {
  Bytes kem_output;

  void encode(codec::Writer& writer) const { writer.opaque(kem_output); }
  static Result<ExternalInit> decode(codec::Reader& reader);
};

struct GroupContextExtensions {
  ExtensionList extensions;

  void encode(codec::Writer& writer) const { extensions.encode(writer); }
  static Result<GroupContextExtensions> decode(codec::Reader& reader);
};

// struct { ProposalType proposal_type; select { ... } } Proposal. A type that isn't known can't be read, its
// length isn't told: unknown_kind. The alternatives stand in the order of ProposalType.
struct Proposal {
  std::variant<Add, Update, Remove, PreSharedKey, ReInit, ExternalInit, GroupContextExtensions> value;

  ProposalType type() const { return static_cast<ProposalType>(value.index() + 1); }
  template <class T>
  const T* as() const {
    return std::get_if<T>(&value);
  }

  void encode(codec::Writer& writer) const;
  static Result<Proposal> decode(codec::Reader& reader);
};

// The hash of the AuthenticatedContent that carried a proposal (§5.2); framing.h computes it.
struct ProposalRef {
  Digest hash;
  friend auto operator<=>(const ProposalRef&, const ProposalRef&) = default;
};

// struct { ProposalOrRefType type; select { proposal(1): Proposal; reference(2): ProposalRef; } } ProposalOrRef
struct ProposalOrRef {
  std::variant<Proposal, ProposalRef> value;

  void encode(codec::Writer& writer) const;
  static Result<ProposalOrRef> decode(codec::Reader& reader);
};

}  // namespace encuentro::mls
