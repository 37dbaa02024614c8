// Finds the node that holds a public key, and knows whether any key is held twice (RFC 9420 §7.3, §12.4.2),
// both without walking the tree. A table of node numbers with open addressing; the keys stay in the nodes
// and are read back through `key_of(node)`.
#pragma once

#include <optional>

#include "protocol/base/bytes.h"

namespace encuentro::mls {

class KeyIndex {
 public:
  // How many entries have a key that an earlier entry has too.
  std::uint32_t duplicates() const { return duplicates_; }

  template <class KeyOf>
  std::optional<std::uint32_t> find(BytesView key, KeyOf key_of) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t i = home(key); slots_[i] != empty_slot; i = next(i)) {
      if (equal(key_of(slots_[i]), key)) return slots_[i];
    }
    return std::nullopt;
  }

  // `key_of(node)` need not answer for the node that is being inserted.
  template <class KeyOf>
  void insert(BytesView key, std::uint32_t node, KeyOf key_of) {
    if (2 * (size_ + 1) > slots_.size()) grow(key_of);
    bool held = false;
    std::size_t i = home(key);
    for (; slots_[i] != empty_slot; i = next(i)) held = held || equal(key_of(slots_[i]), key);
    slots_[i] = node;
    ++size_;
    if (held) ++duplicates_;
  }

  // Takes `node` out, whose key is still the one it was inserted with.
  template <class KeyOf>
  void erase(BytesView key, std::uint32_t node, KeyOf key_of) {
    std::size_t i = home(key);
    while (slots_[i] != node) {
      ENC_CHECK(slots_[i] != empty_slot);
      i = next(i);
    }
    close_gap(i, key_of);
    --size_;
    if (find(key, key_of)) --duplicates_;
  }

 private:
  static constexpr std::uint32_t empty_slot = 0xffffffff;

  std::size_t next(std::size_t i) const { return (i + 1) & (slots_.size() - 1); }
  std::size_t home(BytesView key) const { return hash(key) & (slots_.size() - 1); }

  // Members choose their keys, so where a key falls depends on where the program was loaded: nobody can
  // prepare keys that fall together.
  static std::size_t hash(BytesView key);

  // Moves later entries of the same run back, so that no search ends early at the freed slot.
  template <class KeyOf>
  void close_gap(std::size_t gap, KeyOf key_of) {
    for (std::size_t i = next(gap); slots_[i] != empty_slot; i = next(i)) {
      std::size_t wanted = home(key_of(slots_[i]));
      if (((i - wanted) & (slots_.size() - 1)) >= ((i - gap) & (slots_.size() - 1))) {
        slots_[gap] = slots_[i];
        gap = i;
      }
    }
    slots_[gap] = empty_slot;
  }

  template <class KeyOf>
  void grow(KeyOf key_of) {
    std::vector<std::uint32_t> old = std::move(slots_);
    slots_.assign(old.empty() ? 16 : 2 * old.size(), empty_slot);
    for (std::uint32_t node : old) {
      if (node == empty_slot) continue;
      std::size_t i = home(key_of(node));
      while (slots_[i] != empty_slot) i = next(i);
      slots_[i] = node;
    }
  }

  std::vector<std::uint32_t> slots_;  // a power of two, at most half full
  std::size_t size_ = 0;
  std::uint32_t duplicates_ = 0;
};

}  // namespace encuentro::mls
