// Extensions (RFC 9420 §13): typed, length-prefixed data, so unknown ones are carried without being read.
#pragma once

#include "protocol/mls/public/wire.h"

namespace encuentro::mls {

enum class ExtensionType : std::uint16_t {
  application_id = 1,
  ratchet_tree = 2,
  required_capabilities = 3,
  external_pub = 4,
  external_senders = 5,
};

// §7.2: the types of RFC 9420 itself, which everybody supports and nobody lists in capabilities.
constexpr bool is_default(ExtensionType type) {
  auto value = static_cast<std::uint16_t>(type);
  return value >= 1 && value <= 5;
}

struct Extension {
  ExtensionType type{};
  Bytes data;

  void encode(codec::Writer& writer) const;
  static Result<Extension> decode(codec::Reader& reader);
  friend bool operator==(const Extension&, const Extension&) = default;
};

// Extension extensions<V>, in the order of the wire. At most one of each type: a list with two is malformed.
struct ExtensionList {
  std::vector<Extension> items;

  const Extension* find(ExtensionType type) const;
  bool contains(ExtensionType type) const { return find(type) != nullptr; }
  // Replaces the data of `type` or appends it.
  void set(ExtensionType type, BytesView data);
  // Decodes the extension's data as a T that has the structures' decode(); nothing when it isn't there.
  template <class T>
  Result<std::optional<T>> get(ExtensionType type) const {
    const Extension* extension = find(type);
    if (extension == nullptr) return std::optional<T>{};
    TRY(T value, decoded<T>(extension->data));
    return std::optional<T>{std::move(value)};
  }

  void encode(codec::Writer& writer) const;
  static Result<ExtensionList> decode(codec::Reader& reader);
  friend bool operator==(const ExtensionList&, const ExtensionList&) = default;
};

}  // namespace encuentro::mls
