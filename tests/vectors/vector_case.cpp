#include "tests/vectors/vector_case.h"

namespace encuentro::vectors {

Taken<Bytes> bytes_of(const Json& hex_text) {
  Bytes out;
  if (!hex_text.is_string() || !from_hex(hex_text.get_ref<const std::string&>(), out)) {
    return std::unexpected("not hexadecimal");
  }
  return out;
}

Taken<const Json*> Fields::find(const char* field) const {
  if (!object_->is_object() || !object_->contains(field)) return std::unexpected(std::string("no field ") + field);
  return &(*object_)[field];
}

Taken<Bytes> Fields::bytes(const char* field) const {
  TAKE(const Json* value, find(field));
  return bytes_of(*value);
}

Taken<Bytes> Fields::private_key(const char* field, crypto::Suite suite) const {
  TAKE(Bytes key, bytes(field));
  std::size_t length = key.size();
  switch (crypto::parameters(suite).kem) {
    case crypto::KemAlgorithm::p256:
      length = 32;
      break;
    case crypto::KemAlgorithm::p384:
      length = 48;
      break;
    case crypto::KemAlgorithm::p521:
      length = 66;
      break;
    case crypto::KemAlgorithm::x25519:
    case crypto::KemAlgorithm::x448:
      break;
  }
  if (key.size() < length) key.insert(key.begin(), length - key.size(), 0);
  return key;
}

Taken<std::uint64_t> Fields::number(const char* field) const {
  TAKE(const Json* value, find(field));
  if (!value->is_number_unsigned()) return std::unexpected(std::string("not a number: ") + field);
  return value->get<std::uint64_t>();
}

Taken<std::string> Fields::text(const char* field) const {
  TAKE(const Json* value, find(field));
  if (!value->is_string()) return std::unexpected(std::string("not a text: ") + field);
  return value->get<std::string>();
}

Taken<Fields> Fields::object(const char* field) const {
  TAKE(const Json* value, find(field));
  return Fields(*value);
}

Taken<const Json*> Fields::array(const char* field) const {
  TAKE(const Json* value, find(field));
  if (!value->is_array()) return std::unexpected(std::string("not an array: ") + field);
  return value;
}

Taken<std::vector<Fields>> Fields::objects(const char* field) const {
  TAKE(const Json* items, array(field));
  std::vector<Fields> out;
  out.reserve(items->size());
  for (const Json& item : *items) out.emplace_back(item);
  return out;
}

Taken<crypto::Suite> Fields::suite() const {
  TAKE(std::uint64_t value, number("cipher_suite"));
  auto suite = static_cast<crypto::Suite>(value);
  if (value > 0xffff || !crypto::supported(suite)) return std::unexpected("unsupported suite " + std::to_string(value));
  return suite;
}

}  // namespace encuentro::vectors
