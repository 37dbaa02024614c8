#include "protocol/crypto/sodium/large_pages.h"

#include <sys/mman.h>

namespace encuentro::crypto::sodium {
namespace {

thread_local bool wanted = false;

}  // namespace

LargePages::LargePages() { wanted = true; }
LargePages::~LargePages() { wanted = false; }

}  // namespace encuentro::crypto::sodium

// The linker's --wrap=mmap leads the calls of what is linked statically, libsodium's among them, to the first of these
// and gives the system's own as the second; the names are the linker's.
extern "C" {

// NOLINTNEXTLINE(bugprone-reserved-identifier)
void* __real_mmap(void* address, size_t bytes, int protection, int flags, int file, off_t offset);

// NOLINTNEXTLINE(bugprone-reserved-identifier)
void* __wrap_mmap(void* address, size_t bytes, int protection, int flags, int file, off_t offset) {
  if (!encuentro::crypto::sodium::wanted) return __real_mmap(address, bytes, protection, flags, file, offset);
  // Filled before it could be said which pages are wanted, they would all be small.
  void* memory = __real_mmap(address, bytes, protection, flags & ~MAP_POPULATE, file, offset);
  if (memory != MAP_FAILED) ::madvise(memory, bytes, MADV_HUGEPAGE);
  return memory;
}
}
