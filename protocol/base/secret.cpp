#include "protocol/base/secret.h"

#include <cstring>

namespace encuentro {

void wipe(void* data, std::size_t size) {
  if (size == 0) return;
  std::memset(data, 0, size);
  // The barrier makes the compiler believe that the zeros are read.
  __asm__ __volatile__("" : : "r"(data) : "memory");
}

}  // namespace encuentro
