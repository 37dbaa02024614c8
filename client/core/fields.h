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

template <class T>
concept HasFields = requires { T::fields; };

template <class T>
struct FieldCodec;

template <class T>
void write_field(codec::Writer& w, const T& value) {
  FieldCodec<T>::write(w, value);
}
template <class T>
Result<T> read_field(codec::Reader& r) {
  return FieldCodec<T>::read(r);
}

template <class T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>)
struct FieldCodec<T> {
  static void write(codec::Writer& w, T value) {
    auto number = static_cast<std::uint64_t>(value);
    for (std::size_t i = sizeof(T); i-- > 0;) w.u8(static_cast<std::uint8_t>(number >> (8 * i)));
  }
  static Result<T> read(codec::Reader& r) {
    TRY(BytesView bytes, r.raw(sizeof(T)));
    std::uint64_t number = 0;
    for (std::uint8_t byte : bytes) number = number << 8 | byte;
    if (std::is_same_v<T, bool> && number > 1) return fail(Code::malformed, "flag", 1, number);
    return static_cast<T>(number);
  }
};

template <>
struct FieldCodec<std::string> {
  static void write(codec::Writer& w, const std::string& value) { w.text(value); }
  static Result<std::string> read(codec::Reader& r) {
    TRY(BytesView bytes, r.opaque(field_bytes_max));
    return std::string(as_text(bytes));
  }
};

template <>
struct FieldCodec<Bytes> {
  static void write(codec::Writer& w, const Bytes& value) { w.opaque(value); }
  static Result<Bytes> read(codec::Reader& r) {
    TRY(BytesView bytes, r.opaque(field_bytes_max));
    return to_bytes(bytes);
  }
};

template <class Tag, std::size_t N>
struct FieldCodec<Id<Tag, N>> {
  static void write(codec::Writer& w, const Id<Tag, N>& value) { w.id(value); }
  static Result<Id<Tag, N>> read(codec::Reader& r) { return r.id<Id<Tag, N>>(); }
};

template <class Tag>
struct FieldCodec<Count<Tag>> {
  static void write(codec::Writer& w, Count<Tag> value) { w.u64(value.value); }
  static Result<Count<Tag>> read(codec::Reader& r) {
    TRY(std::uint64_t value, r.u64());
    return Count<Tag>{value};
  }
};

template <>
struct FieldCodec<Timestamp> {
  static void write(codec::Writer& w, Timestamp value) { w.u64(static_cast<std::uint64_t>(value.ms)); }
  static Result<Timestamp> read(codec::Reader& r) {
    TRY(std::uint64_t ms, r.u64());
    if (ms > INT64_MAX) return fail(Code::malformed, "time");
    return Timestamp{static_cast<std::int64_t>(ms)};
  }
};

template <class T>
struct FieldCodec<std::optional<T>> {
  static void write(codec::Writer& w, const std::optional<T>& value) { w.optional(value, write_field<T>); }
  static Result<std::optional<T>> read(codec::Reader& r) { return r.optional<T>(read_field<T>); }
};

template <class T>
struct FieldCodec<std::vector<T>> {
  static void write(codec::Writer& w, const std::vector<T>& value) { w.vector(value, write_field<T>); }
  static Result<std::vector<T>> read(codec::Reader& r) {
    return r.vector<T>(field_bytes_max, field_bytes_max, read_field<T>);
  }
};

template <class... Ts>
struct FieldCodec<std::variant<Ts...>> {
  using Variant = std::variant<Ts...>;
  static void write(codec::Writer& w, const Variant& value) {
    w.u16(static_cast<std::uint16_t>(value.index() + 1));
    std::visit([&](const auto& known) { write_field(w, known); }, value);
  }
  static Result<Variant> read(codec::Reader& r) {
    TRY(std::uint16_t index, r.u16());
    using Read = Result<Variant> (*)(codec::Reader&);
    constexpr Read reads[] = {read_one<Ts>...};
    if (index == 0 || index > sizeof...(Ts)) return fail(Code::unknown_kind, "variant", sizeof...(Ts), index);
    return reads[index - 1](r);
  }

 private:
  template <class T>
  static Result<Variant> read_one(codec::Reader& r) {
    TRY(T value, read_field<T>(r));
    return Variant(std::move(value));
  }
};

template <HasFields T>
struct FieldCodec<T> {
  static void write(codec::Writer& w, const T& value) {
    std::apply([&](auto... member) { (write_field(w, value.*member), ...); }, T::fields);
  }
  static Result<T> read(codec::Reader& r) {
    T value{};
    Status status;
    auto read_into = [&](auto& place) {
      if (!status) return;
      auto result = read_field<std::remove_reference_t<decltype(place)>>(r);
      if (result) {
        place = std::move(*result);
      } else {
        status = std::unexpected(result.error());
      }
    };
    std::apply([&](auto... member) { (read_into(value.*member), ...); }, T::fields);
    if (!status) return std::unexpected(status.error());
    return value;
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
  return codec::decode_all<T>(bytes, [](codec::Reader& r) { return read_field<T>(r); });
}

}  // namespace encuentro::client::core
