// The profile's store as the core sees it: rows with readable names and values, sealed before they leave. Whoever keeps
// the rows (a file, IndexedDB) sees opaque names and ciphertext. One row, "profile", is in clear: the passphrase's
// Argon2id parameters and the store's random key, sealed under what they give (R44). Changing the passphrase rewrites
// that row alone. A second row in clear, "computer", may hold the same key sealed under what an authenticator of this
// computer answers (computer_key.h): a second way in, never the only one.
#pragma once

#include <functional>
#include <string_view>
#include <unordered_set>

#include "client/core/computer_key.h"
#include "client/core/effects.h"
#include "protocol/base/random.h"
#include "protocol/crypto/password.h"

namespace encuentro::client::core {

using StoreKey = Secret<32, struct StoreKeyTag>;

class Vault {
 public:
  // Both gather their writes in the transaction that `take` hands out.
  static Result<Vault> create(BytesView passphrase, crypto::Argon2Parameters cost, Random& random);
  // Opens every row and gives its name and value to `each`, in the order of names. A row's sealed form goes as soon as
  // it is open: of a profile of years there is no room for both. Errors: no_profile, unknown_version, wrong_passphrase,
  // malformed (a row that doesn't open: the store was damaged).
  static Result<Vault> open(std::vector<Row> rows, BytesView passphrase, Random& random,
                            const std::function<Status(std::string_view, BytesView)>& each);
  // The same by the second way. Errors: as open; wrong_passphrase (another authenticator's answer), not_found (there is
  // no second way).
  static Result<Vault> open_by_computer(std::vector<Row> rows, const ComputerSecret& secret, Random& random,
                                        const std::function<Status(std::string_view, BytesView)>& each);
  Status change_passphrase(BytesView old_passphrase, BytesView new_passphrase);
  // Only who knows the passphrase adds a way that does without it. Takes the place of the one before.
  Status keep_computer(BytesView passphrase, const ComputerKey& key, const ComputerSecret& secret);
  void forget_computer();

  void put(std::string_view name, BytesView value);
  void erase(std::string_view name);
  // Everything gathered since the last time, as one transaction; the last write of a name counts.
  Transaction take();

 private:
  struct Profile;
  Vault(StoreKey key, Random& random) : key_(std::move(key)), random_(&random) {}
  Bytes row_name(std::string_view name) const;
  Row sealed(std::string_view name, BytesView value) const;
  Status open_row(const Row& row, SecretBytes& out) const;
  static Result<Profile> read_profile(const std::vector<Row>& rows);
  static Result<StoreKey> open_key(const Profile& profile, BytesView passphrase);
  static Result<Vault> load(std::vector<Row> rows, StoreKey key, const Profile& profile, Random& random,
                            const std::function<Status(std::string_view, BytesView)>& each);
  void put_profile(const crypto::PasswordKey& password_key, const crypto::Argon2Salt& salt,
                   crypto::Argon2Parameters cost);

  StoreKey key_;
  Random* random_;
  Row profile_;
  std::vector<std::pair<Bytes, std::optional<Bytes>>> pending_;  // no value: erase
};

}  // namespace encuentro::client::core
