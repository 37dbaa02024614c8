// Who may include what: the table of docs/ARCHITECTURE.md, in this one place as data.
#pragma once

#include "tests/tidy/repository.h"

namespace encuentro::tidy {

// Rules: `arrow` (a folder includes one it may not know), `pure` (a core folder includes threads, files, clocks or a
// library), `library` (OpenSSL, libsodium, RocksDB or Boost outside its folders), `root` (an include not written from
// the root).
Findings check_arrows(const File& file);

// Names of clocks in the core folders: time arrives as an argument there (rule `pure`).
Findings check_clocks(const File& file);

}  // namespace encuentro::tidy
