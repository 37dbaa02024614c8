// One case of a vector file while it is checked: fields read from JSON, and the first demand that isn't met as
// text. No exceptions, so that the same files run in WebAssembly.
#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "protocol/base/error.h"
#include "protocol/base/random.h"
#include "protocol/crypto/suite.h"
#include "protocol/mls/public/tree_math.h"

namespace encuentro::vectors {

using Json = nlohmann::json;

template <class T>
using Taken = std::expected<T, std::string>;
using Verdict = Taken<void>;

inline std::string describe(const std::string& text) { return text; }
inline std::string describe(const Error& error) {
  std::string out(name(error.code));
  if (*error.rule != '\0') out += std::string(" ") + error.rule;
  return out + " (expected " + std::to_string(error.expected) + ", got " + std::to_string(error.got) + ")";
}

// The fields of one JSON object. The JSON must outlive it.
class Fields {
 public:
  explicit Fields(const Json& object) : object_(&object) {}

  bool is_null(const char* field) const { return !object_->contains(field) || (*object_)[field].is_null(); }
  Taken<Bytes> bytes(const char* field) const;
  // Bytes that fit into a T: a digest or a secret.
  template <class T>
  Taken<T> sized(const char* field) const {
    Taken<Bytes> value = bytes(field);
    if (!value) return std::unexpected(value.error());
    if (value->size() > T::capacity) return std::unexpected(std::string("too long: ") + field);
    return T(BytesView(*value));
  }
  // A private key. Some generators write the big-endian integer of a NIST curve without its leading zero bytes;
  // they are put back.
  Taken<Bytes> private_key(const char* field, crypto::Suite suite) const;
  Taken<std::uint64_t> number(const char* field) const;
  Taken<std::string> text(const char* field) const;
  Taken<Fields> object(const char* field) const;
  Taken<std::vector<Fields>> objects(const char* field) const;
  // The array itself, for arrays of numbers, texts and nulls.
  Taken<const Json*> array(const char* field) const;
  Taken<crypto::Suite> suite() const;

 private:
  Taken<const Json*> find(const char* field) const;

  const Json* object_;
};

Taken<Bytes> bytes_of(const Json& hex_text);

// Checks one case. `random` is for the cases that also generate.
using Verify = Verdict (*)(const Fields& vector, Random& random);

}  // namespace encuentro::vectors

#define VECTOR_CONCAT_2(a, b) a##b
#define VECTOR_CONCAT(a, b) VECTOR_CONCAT_2(a, b)
#define VECTOR_TAKE_2(tmp, declaration, ...)                                                                      \
  auto tmp = (__VA_ARGS__);                                                                                       \
  if (!tmp) return std::unexpected(std::string(#__VA_ARGS__ ": ") + ::encuentro::vectors::describe(tmp.error())); \
  declaration = std::move(*tmp)
// TAKE(auto x, f()); declares x, or ends the case with what f() failed with.
#define TAKE(declaration, ...) VECTOR_TAKE_2(VECTOR_CONCAT(taken_, __LINE__), declaration, __VA_ARGS__)
#define TAKE_OK(...)                                                                                                 \
  do {                                                                                                               \
    if (auto taken_status = (__VA_ARGS__); !taken_status)                                                            \
      return std::unexpected(std::string(#__VA_ARGS__ ": ") + ::encuentro::vectors::describe(taken_status.error())); \
  } while (false)
#define EXPECT(...)                                                                   \
  do {                                                                                \
    if (!(__VA_ARGS__)) return std::unexpected(std::string("not so: " #__VA_ARGS__)); \
  } while (false)
