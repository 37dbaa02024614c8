// One encoding for all structs that cross the core's port or lie in its store. A struct lists its members once,
//
//   struct Send { ChannelId channel; std::string body;  static constexpr auto fields = std::tuple(&Send::channel,
//   &Send::body); };
//
// and `encode_fields` / `decode_fields` do the rest: numbers big-endian, bool one byte, text and bytes opaque<V>, ids
// and enums plain, optional with a presence byte, vectors behind a byte length, variants as uint16 index (from 1) and
// value. The same bytes serve WebAssembly, the page of `encuentro ui` and the store; JSON is made at the edges.
#pragma once

#include <string>
#include <tuple>
#include <variant>

#include "protocol/base/time.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::client::core {

inline constexpr std::size_t field_bytes_max = 64u * 1024 * 1024;

// Reads values into their places. After the first failure nothing more is read, so that nobody asks between two
// members of a struct: `end` says how it went. Errors: malformed, too_large, and those of codec::Reader.
class FieldReader {
 public:
  explicit FieldReader(BytesView input) : reader_(input) {}

  std::uint64_t number(std::size_t bytes);  // 0 after a failure, as the next are empty
  bool flag();
  std::size_t choice(std::size_t count);  // of a variant: its index, from 0
  Timestamp time();
  BytesView raw(std::size_t bytes);
  BytesView opaque();

  // The contents of a vector. Who has read them hands the reader back to `leave`.
  FieldReader enter() { return FieldReader(opaque()); }
  void leave(const FieldReader& contents) {
    if (status_) status_ = contents.status_;
  }
  bool has_more() const { return status_ && !reader_.at_end(); }
  // Whether all is read and nothing is left over.
  Status end() const { return status_ ? reader_.end() : status_; }

 private:
  template <class T>
  T taken(Result<T> result) {
    if (result) return *result;
    status_ = std::unexpected(result.error());
    return {};
  }

  codec::Reader reader_;
  Status status_;
};

void write_number(codec::Writer& w, std::uint64_t value, std::size_t bytes);

template <class T>
concept HasFields = requires { T::fields; };

template <class T>
struct FieldCodec;

template <class T>
void write_field(codec::Writer& w, const T& value) {
  FieldCodec<T>::write(w, value);
}
// `place` is as it was made.
template <class T>
void read_field(FieldReader& r, T& place) {
  FieldCodec<T>::read(r, place);
}

template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>)
struct FieldCodec<T> {
  static void write(codec::Writer& w, T value) { write_number(w, static_cast<std::uint64_t>(value), sizeof(T)); }
  static void read(FieldReader& r, T& place) {
    if constexpr (std::is_same_v<T, bool>) {
      place = r.flag();
    } else {
      place = static_cast<T>(r.number(sizeof(T)));
    }
  }
};

template <>
struct FieldCodec<std::string> {
  static void write(codec::Writer& w, const std::string& value) { w.text(value); }
  static void read(FieldReader& r, std::string& place) { place = as_text(r.opaque()); }
};

template <>
struct FieldCodec<Bytes> {
  static void write(codec::Writer& w, const Bytes& value) { w.opaque(value); }
  static void read(FieldReader& r, Bytes& place) { place = to_bytes(r.opaque()); }
};

template <class Tag, std::size_t N>
struct FieldCodec<Id<Tag, N>> {
  static void write(codec::Writer& w, const Id<Tag, N>& value) { w.id(value); }
  static void read(FieldReader& r, Id<Tag, N>& place) {
    if (BytesView bytes = r.raw(N); !bytes.empty()) place = Id<Tag, N>(bytes);
  }
};

template <class Tag>
struct FieldCodec<Count<Tag>> {
  static void write(codec::Writer& w, Count<Tag> value) { write_number(w, value.value, 8); }
  static void read(FieldReader& r, Count<Tag>& place) { place.value = r.number(8); }
};

template <>
struct FieldCodec<Timestamp> {
  static void write(codec::Writer& w, Timestamp value) { write_number(w, static_cast<std::uint64_t>(value.ms), 8); }
  static void read(FieldReader& r, Timestamp& place) { place = r.time(); }
};

template <class T>
struct FieldCodec<std::optional<T>> {
  static void write(codec::Writer& w, const std::optional<T>& value) { w.optional(value, write_field<T>); }
  static void read(FieldReader& r, std::optional<T>& place) {
    if (r.flag()) read_field(r, place.emplace());
  }
};

template <class T>
struct FieldCodec<std::vector<T>> {
  static void write(codec::Writer& w, const std::vector<T>& value) { w.vector(value, write_field<T>); }
  static void read(FieldReader& r, std::vector<T>& place) {
    FieldReader items = r.enter();
    while (items.has_more()) read_field(items, place.emplace_back());
    r.leave(items);
  }
};

template <class... Ts>
struct FieldCodec<std::variant<Ts...>> {
  using Variant = std::variant<Ts...>;
  static void write(codec::Writer& w, const Variant& value) {
    write_number(w, value.index() + 1, 2);
    std::visit([&](const auto& known) { write_field(w, known); }, value);
  }
  static void read(FieldReader& r, Variant& place) {
    using Read = void (*)(FieldReader&, Variant&);
    constexpr Read reads[] = {read_one<Ts>...};
    reads[r.choice(sizeof...(Ts))](r, place);
  }

 private:
  template <class T>
  static void read_one(FieldReader& r, Variant& place) {
    read_field(r, place.template emplace<T>());
  }
};

template <HasFields T>
struct FieldCodec<T> {
  static void write(codec::Writer& w, const T& value) {
    std::apply([&](auto... member) { (write_field(w, value.*member), ...); }, T::fields);
  }
  static void read(FieldReader& r, T& place) {
    std::apply([&](auto... member) { (read_field(r, place.*member), ...); }, T::fields);
  }
};

template <class T>
Bytes encode_fields(const T& value) {
  codec::Writer w;
  write_field(w, value);
  return w.take();
}

template <class T>
Result<T> decode_fields(BytesView bytes) {
  Result<T> out{std::in_place};
  FieldReader reader(bytes);
  read_field(reader, *out);
  if (Status read = reader.end(); !read) out = std::unexpected(read.error());
  return out;
}

}  // namespace encuentro::client::core
