// What was sent to whom and when, so that a restart sends nothing twice. Addresses stand in it only as a hash under
// the sender's private key: whoever takes the file without the key can't try addresses.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "protocol/base/bytes.h"
#include "protocol/base/time.h"

namespace encuentro::aviso {

// How one address stands.
struct Standing {
  Timestamp sent;         // of the last mail that went out, or may have; zero: none
  unsigned failures = 0;  // in a row
  Timestamp next_try;     // not before, after a failure
  friend bool operator==(const Standing&, const Standing&) = default;
};

class Ledger {
 public:
  // FOLDER/ledger, or an empty one. `secret` is the sender's private key. The error is a sentence.
  static std::expected<Ledger, std::string> open(std::filesystem::path folder, BytesView secret);

  Standing of(std::string_view address) const;
  // On the disk when it returns true; what is older than a month is forgotten on the way.
  bool put(std::string_view address, const Standing& standing, Timestamp now);

 private:
  std::string name_of(std::string_view address) const;
  bool save() const;

  std::filesystem::path folder_;
  Bytes secret_hash_;
  std::map<std::string, Standing> known_;
};

}  // namespace encuentro::aviso
