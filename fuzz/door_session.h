// A client's core behind its door (client/wasm/door.h), run by a script: encoded calls, each behind its length as
// uint32. Keeps what the core stores, as a browser would; the same script does the same every time.
#pragma once

#include <map>

#include "client/wasm/door.h"
#include "tests/support/seeded_random.h"

namespace encuentro::fuzz {

inline constexpr Timestamp session_start{1'764'000'000'000};

class DoorSession {
 public:
  DoorSession();  // with a profile

  // As it was put; nothing is done of a call that would only cost time: costs of Argon2id from elsewhere.
  // Times are brought into the same few decades. Answers what the door answered.
  Bytes call(BytesView encoded);
  void run(BytesView script);
  // Whether what was stored opens again.
  bool opens_again() const;
  std::vector<client::core::Row> rows() const;
  std::string passphrase() const;  // as the door hands it on

 private:
  void keep(const client::core::Effects& effects);

  tests::SeededRandom random_{1};
  client::wasm::Door door_;
  std::string passphrase_;
  std::map<Bytes, Bytes> rows_;
};

}  // namespace encuentro::fuzz
