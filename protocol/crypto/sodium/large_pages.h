// The memory that Argon2id walks through, in large pages. libsodium maps it inside a call and has no door for whose
// memory it takes; in pages of 4 KiB the system's part of that is a quarter of the time an unlocking takes
// (docs/decisions/0028-large-pages-for-unlocking.md).
#pragma once

namespace encuentro::crypto::sodium {

#ifdef ENCUENTRO_WASM
struct LargePages {};
#else
// While it lives, what libsodium maps on this thread is asked for in large pages. A system that has none gives the
// usual ones.
class LargePages {
 public:
  LargePages();
  ~LargePages();
  LargePages(const LargePages&) = delete;
  LargePages& operator=(const LargePages&) = delete;
};
#endif

}  // namespace encuentro::crypto::sodium
