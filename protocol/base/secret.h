// Secrets wipe themselves, are moved and never copied, can't be printed or compared by accident, and
// never grow (growth would leave an unwiped copy behind). R45, R46, R47.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "protocol/base/bytes.h"

namespace encuentro {

// Overwrites memory in a way the compiler must not remove.
void wipe(void* data, std::size_t size);

// Exactly N bytes of key material. `Tag` makes each purpose a type of its own: a function that takes an
// EpochSecret cannot be handed an ExporterSecret.
template <std::size_t N, class Tag = void>
class Secret {
 public:
  static constexpr std::size_t bytes = N;

  Secret() = default;
  // Copies from a view on purpose: decoding and key generation end here. The source is the caller's to wipe.
  explicit Secret(BytesView source) {
    ENC_CHECK(source.size() == N);
    std::copy(source.begin(), source.end(), data_.begin());
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept : data_(other.data_) { wipe(other.data_.data(), N); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      data_ = other.data_;
      wipe(other.data_.data(), N);
    }
    return *this;
  }
  ~Secret() { wipe(data_.data(), N); }

  // A copy one asks for by name.
  Secret duplicate() const { return Secret(view()); }

  BytesView view() const { return {data_.data(), N}; }
  MutableBytes span() { return {data_.data(), N}; }

 private:
  std::array<std::uint8_t, N> data_{};
};

// Up to `Capacity` bytes: secrets whose length is a property of the cipher suite (32, 48 or 64 for
// hash-sized ones). Empty means "not there", e.g. after being consumed.
template <class Tag, std::size_t Capacity = 64>
class SizedSecret {
 public:
  static constexpr std::size_t capacity = Capacity;

  SizedSecret() = default;
  explicit SizedSecret(BytesView source) : size_(static_cast<std::uint16_t>(source.size())) {
    ENC_CHECK(source.size() <= Capacity);
    std::copy(source.begin(), source.end(), data_.begin());
  }
  static SizedSecret zero(std::size_t size) {
    SizedSecret secret;
    secret.resize(size);
    return secret;
  }
  SizedSecret(const SizedSecret&) = delete;
  SizedSecret& operator=(const SizedSecret&) = delete;
  SizedSecret(SizedSecret&& other) noexcept : data_(other.data_), size_(other.size_) { other.clear(); }
  SizedSecret& operator=(SizedSecret&& other) noexcept {
    if (this != &other) {
      data_ = other.data_;
      size_ = other.size_;
      other.clear();
    }
    return *this;
  }
  ~SizedSecret() { clear(); }

  SizedSecret duplicate() const { return SizedSecret(view()); }
  // Sets the length of an empty secret whose bytes the caller then fills through `span()`.
  void resize(std::size_t size) {
    ENC_CHECK(size <= Capacity);
    size_ = static_cast<std::uint16_t>(size);
  }
  void clear() {
    wipe(data_.data(), Capacity);
    size_ = 0;
  }

  BytesView view() const { return {data_.data(), size_}; }
  MutableBytes span() { return {data_.data(), size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  std::array<std::uint8_t, Capacity> data_{};
  std::uint16_t size_ = 0;
};

// A plaintext or serialized key of any length: allocated once, wiped, never grown.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t size) : data_(size) {}
  explicit SecretBytes(BytesView source) : data_(source.begin(), source.end()) {}
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  SecretBytes(SecretBytes&& other) noexcept : data_(std::exchange(other.data_, {})) {}
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      clear();
      data_ = std::exchange(other.data_, {});
    }
    return *this;
  }
  ~SecretBytes() { clear(); }

  SecretBytes duplicate() const { return SecretBytes(view()); }
  // Cuts the tail off (after an AEAD removed its tag); never grows.
  void shrink(std::size_t size) {
    ENC_CHECK(size <= data_.size());
    wipe(data_.data() + size, data_.size() - size);
    data_.resize(size);
  }
  void clear() {
    if (!data_.empty()) wipe(data_.data(), data_.size());
    data_.clear();
  }

  BytesView view() const { return data_; }
  MutableBytes span() { return data_; }
  std::size_t size() const { return data_.size(); }
  bool empty() const { return data_.empty(); }

 private:
  Bytes data_;
};

}  // namespace encuentro
