#include "client/core/vault.h"

#include <algorithm>
#include <map>
#include <string>

#include "protocol/base/sorting.h"
#include "protocol/crypto/aead.h"
#include "protocol/crypto/kdf.h"

namespace encuentro::client::core {
namespace {

constexpr std::string_view profile_row_name = "profile";
constexpr std::uint16_t profile_version = 1;
constexpr std::string_view computer_row_name = "computer";
constexpr std::size_t row_salt_bytes = 24;
constexpr std::uint8_t zero_nonce[12] = {};
constexpr auto aead = crypto::AeadAlgorithm::chacha20poly1305;

using RowKey = Secret<32, struct RowKeyTag>;

// The views are into `plain`.
struct OpenedRow {
  SecretBytes plain;
  std::string_view name;
  BytesView value;
};

// A row is sealed under a key of its own salt, so the nonce can be zero however often rows are rewritten.
RowKey row_key(const StoreKey& key, BytesView salt) {
  RowKey derived;
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, key.view(), {as_bytes("Encuentro 1.0 row"), salt}, derived.span());
  return derived;
}

using ComputerRowKey = Secret<32, struct ComputerRowKeyTag>;

// The salt is new for each credential, so the nonce can be zero.
ComputerRowKey computer_row_key(const ComputerSecret& secret, BytesView salt) {
  ComputerRowKey derived;
  crypto::hkdf_expand(crypto::HashAlgorithm::sha256, secret.view(), {as_bytes("Encuentro 1.0 computer"), salt},
                      derived.span());
  return derived;
}

const Row* row_of(const std::vector<Row>& rows, std::string_view name) {
  auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return equal(row.name, as_bytes(name)); });
  return found == rows.end() ? nullptr : &*found;
}

bool lies_in_clear(const Row& row) {
  return equal(row.name, as_bytes(profile_row_name)) || equal(row.name, as_bytes(computer_row_name));
}

// By name. Errors: malformed (a name twice).
Result<std::vector<OpenedRow*>> in_order(std::vector<OpenedRow>& rows) {
  std::vector<OpenedRow*> ordered;
  ordered.reserve(rows.size());
  for (OpenedRow& row : rows) ordered.push_back(&row);
  put_in_order(ordered, [](const auto* a, const auto* b) { return a->name < b->name; });
  auto twice = std::adjacent_find(ordered.begin(), ordered.end(),
                                  [](const auto* a, const auto* b) { return a->name == b->name; });
  if (twice != ordered.end()) return fail(Code::malformed, "row twice");
  return ordered;
}

// The store's key from one of the rows in clear, which holds it sealed beside `readable`.
Result<StoreKey> opened_key(BytesView row_key, BytesView readable, BytesView sealed_key) {
  auto opened = crypto::open(aead, row_key, zero_nonce, readable, sealed_key);
  if (!opened || opened->size() != StoreKey::bytes) return fail(Code::wrong_passphrase);
  return StoreKey(opened->view());
}

}  // namespace

struct Vault::Profile {
  std::uint16_t version = profile_version;
  std::uint32_t passes = 0;
  std::uint32_t memory_kib = 0;
  crypto::Argon2Salt salt;
  Bytes sealed_key;
  static constexpr auto fields =
      std::tuple(&Profile::version, &Profile::passes, &Profile::memory_kib, &Profile::salt, &Profile::sealed_key);
};

Result<Vault> Vault::create(BytesView passphrase, crypto::Argon2Parameters cost, Random& random) {
  StoreKey key;
  random.fill(key.span());
  std::array<std::uint8_t, crypto::Argon2Salt::bytes> salt_bytes;
  random.fill(salt_bytes);
  crypto::Argon2Salt salt(salt_bytes);
  TRY(crypto::PasswordKey password_key, crypto::argon2id(passphrase, salt, cost));
  Vault vault(std::move(key), random);
  vault.put_profile(password_key, salt, cost);
  return vault;
}

Result<Vault::Profile> Vault::read_profile(const std::vector<Row>& rows) {
  const Row* found = row_of(rows, profile_row_name);
  if (found == nullptr) return fail(Code::no_profile);
  codec::Reader version(found->value);
  TRY(std::uint16_t written, version.u16());
  if (written != profile_version) return fail(Code::unknown_version, "profile", profile_version, written);
  return decode_fields<Profile>(found->value);
}

Result<Vault> Vault::open(std::vector<Row> rows, BytesView passphrase, Random& random,
                          const std::function<Status(std::string_view, BytesView)>& each) {
  TRY(Profile profile, read_profile(rows));
  TRY(StoreKey key, open_key(profile, passphrase));
  return load(std::move(rows), std::move(key), profile, random, each);
}

Result<Vault> Vault::open_by_computer(std::vector<Row> rows, const ComputerSecret& secret, Random& random,
                                      const std::function<Status(std::string_view, BytesView)>& each) {
  TRY(Profile profile, read_profile(rows));
  const Row* row = row_of(rows, computer_row_name);
  if (row == nullptr) return fail(Code::not_found, "computer");
  TRY(ComputerRow computer, decode_fields<ComputerRow>(row->value));
  if (computer.version != ComputerRow().version) return fail(Code::unknown_version, "computer");
  ComputerRowKey row_key = computer_row_key(secret, computer.salt.view());
  TRY(StoreKey key, opened_key(row_key.view(), computer.credential, computer.sealed_key));
  return load(std::move(rows), std::move(key), profile, random, each);
}

Result<StoreKey> Vault::open_key(const Profile& profile, BytesView passphrase) {
  crypto::Argon2Parameters cost{profile.passes, profile.memory_kib};
  TRY(crypto::PasswordKey password_key, crypto::argon2id(passphrase, profile.salt, cost));
  return opened_key(password_key.view(), profile.salt.view(), profile.sealed_key);
}

Result<Vault> Vault::load(std::vector<Row> rows, StoreKey key, const Profile& profile, Random& random,
                          const std::function<Status(std::string_view, BytesView)>& each) {
  Vault vault(std::move(key), random);
  vault.profile_ = {to_bytes(as_bytes(profile_row_name)), encode_fields(profile)};
  std::vector<OpenedRow> opened_rows;
  opened_rows.reserve(rows.size());
  for (Row& row : rows) {
    if (lies_in_clear(row)) continue;
    // That the readable name is this row's says the tag: the sealed name is what was authenticated with it.
    OpenedRow one;
    TRY_OK(vault.open_row(row, one.plain));
    row = {};
    codec::Reader r(one.plain.view());
    TRY(BytesView sealed_name, r.opaque(256));
    one.name = as_text(sealed_name);
    one.value = r.rest();
    opened_rows.push_back(std::move(one));
  }
  TRY(std::vector<OpenedRow*> ordered, in_order(opened_rows));
  for (OpenedRow* one : ordered) {
    TRY_OK(each(one->name, one->value));
    one->plain = {};  // what is loaded next takes its place, rather than memory never touched before
  }
  return vault;
}

Status Vault::change_passphrase(BytesView old_passphrase, BytesView new_passphrase) {
  TRY(Profile profile, decode_fields<Profile>(profile_.value));
  TRY_OK(open_key(profile, old_passphrase));
  crypto::Argon2Parameters cost{profile.passes, profile.memory_kib};
  std::array<std::uint8_t, crypto::Argon2Salt::bytes> salt_bytes;
  random_->fill(salt_bytes);
  crypto::Argon2Salt salt(salt_bytes);
  TRY(crypto::PasswordKey new_key, crypto::argon2id(new_passphrase, salt, cost));
  put_profile(new_key, salt, cost);
  return {};
}

Status Vault::keep_computer(BytesView passphrase, const ComputerKey& key, const ComputerSecret& secret) {
  TRY(Profile profile, decode_fields<Profile>(profile_.value));
  TRY_OK(open_key(profile, passphrase));
  ComputerRowKey row_key = computer_row_key(secret, key.salt.view());
  ComputerRow computer{ComputerRow().version, key.credential, key.salt,
                       crypto::seal(aead, row_key.view(), zero_nonce, key.credential, key_.view())};
  pending_.emplace_back(to_bytes(as_bytes(computer_row_name)), encode_fields(computer));
  return {};
}

void Vault::forget_computer() { pending_.emplace_back(to_bytes(as_bytes(computer_row_name)), std::nullopt); }

void Vault::put_profile(const crypto::PasswordKey& password_key, const crypto::Argon2Salt& salt,
                        crypto::Argon2Parameters cost) {
  Profile profile{profile_version, cost.passes, cost.memory_kib, salt,
                  crypto::seal(aead, password_key.view(), zero_nonce, salt.view(), key_.view())};
  profile_ = {to_bytes(as_bytes(profile_row_name)), encode_fields(profile)};
  pending_.emplace_back(profile_.name, profile_.value);
}

Bytes Vault::row_name(std::string_view name) const {
  constexpr std::uint8_t label[] = {'n', 'a', 'm', 'e'};
  Digest digest = crypto::mac(crypto::HashAlgorithm::sha256, key_.view(), {BytesView(label), as_bytes(name)});
  return to_bytes(digest.view().first(16));
}

Row Vault::sealed(std::string_view name, BytesView value) const {
  codec::Writer plain(value.size() + name.size() + 8);
  plain.text(name);
  plain.raw(value);
  Bytes content = plain.take();
  Row row{row_name(name), Bytes(row_salt_bytes)};
  random_->fill(row.value);
  RowKey key = row_key(key_, row.value);
  Bytes ciphertext = crypto::seal(aead, key.view(), zero_nonce, row.name, content);
  wipe(content.data(), content.size());
  row.value.insert(row.value.end(), ciphertext.begin(), ciphertext.end());
  return row;
}

Status Vault::open_row(const Row& row, SecretBytes& out) const {
  if (row.value.size() < row_salt_bytes) return fail(Code::malformed, "row");
  BytesView value(row.value);
  RowKey key = row_key(key_, value.first(row_salt_bytes));
  auto opened = crypto::open(aead, key.view(), zero_nonce, row.name, value.subspan(row_salt_bytes));
  if (!opened) return fail(Code::malformed, "row");
  out = std::move(*opened);
  return {};
}

void Vault::put(std::string_view name, BytesView value) {
  Row row = sealed(name, value);
  pending_.emplace_back(std::move(row.name), std::move(row.value));
}

void Vault::erase(std::string_view name) { pending_.emplace_back(row_name(name), std::nullopt); }

Transaction Vault::take() {
  std::map<Bytes, std::optional<Bytes>> last;
  for (auto& [name, value] : pending_) last[name] = std::move(value);
  pending_.clear();
  Transaction transaction;
  for (auto& [name, value] : last) {
    if (value) {
      transaction.puts.push_back({name, std::move(*value)});
    } else {
      transaction.erases.push_back(name);
    }
  }
  return transaction;
}

}  // namespace encuentro::client::core
