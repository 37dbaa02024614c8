// The profile's key-value store on disk: one SQLite file, every change a transaction that is synced before
// `commit` returns. It sees only what the core has sealed already: opaque keys, ciphertext values.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/base/error.h"

namespace encuentro::client::cli::profile {

struct Change {
  Bytes key;
  std::optional<Bytes> value;  // nothing: erase
};

class Store {
 public:
  // Makes the file (mode 0600) if it isn't there. Errors: storage_failed.
  static Result<Store> open(const std::filesystem::path& file);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // All or nothing; on disk when it returns. Errors: storage_full, storage_failed (nothing changed then).
  Status commit(const std::vector<Change>& changes);
  Result<std::optional<Bytes>> get(BytesView key);
  // Every pair in key order whose key begins with `prefix`; stops early when `visit` returns false.
  Status scan(BytesView prefix, const std::function<bool(BytesView key, BytesView value)>& visit);
  // Removes all and overwrites the freed pages.
  Status clear();

 private:
  struct Database;
  explicit Store(std::unique_ptr<Database> database);
  std::unique_ptr<Database> database_;
};

}  // namespace encuentro::client::cli::profile
