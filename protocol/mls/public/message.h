// The outermost structure: anything MLS that travels (RFC 9420 §6).
#pragma once

#include "protocol/mls/public/framing.h"
#include "protocol/mls/public/welcome.h"

namespace encuentro::mls {

// struct { ProtocolVersion version = mls10; WireFormat wire_format; select { ... } } MLSMessage
struct MlsMessage {
  std::variant<PublicMessage, PrivateMessage, Welcome, GroupInfo, KeyPackage> value;  // in WireFormat's order

  WireFormat wire_format() const { return static_cast<WireFormat>(value.index() + 1); }
  template <class T>
  const T* as() const {
    return std::get_if<T>(&value);
  }

  void encode(codec::Writer& writer) const;
  // Errors: unknown_version, unknown_kind, and those of what is inside.
  static Result<MlsMessage> decode(codec::Reader& reader);
};

}  // namespace encuentro::mls
